using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Migration.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Migration.Migrating;

/// <summary>What one stage did to one of many agents: texts that no other agent of the round changes.</summary>
/// <param name="Request">Who and what.</param>
/// <param name="Outcome">What the lift says that it did.</param>
/// <param name="Texts">The files as they are afterwards.</param>
internal sealed record JointStep(StepRequest Request, LiftedAgent Outcome, ImmutableArray<DocumentText> Texts)
{
    /// <summary>Whether one of its files is where the compiler found something.</summary>
    public bool Explains(CompilerFinding finding) => Texts.Any(text => text.Path == finding.File);

    /// <summary>A solution with all that some steps write.</summary>
    public static Solution Apply(Solution solution, IEnumerable<JointStep> steps) =>
        steps.SelectMany(step => step.Texts).Aggregate(solution, (edited, text) => edited.WithDocumentText(text.Id, text.Text));

    /// <summary>The steps one upon the other.</summary>
    public static ImmutableArray<LiftStep> Chain(Solution start, IEnumerable<JointStep> steps)
    {
        var chain = ImmutableArray.CreateBuilder<LiftStep>();
        foreach (var step in steps)
        {
            var after = Apply(start, [step]);
            chain.Add(new LiftStep(step.Request, start, after, step.Outcome));
            start = after;
        }

        return chain.ToImmutable();
    }
}

/// <summary>A document's text after a step.</summary>
/// <param name="Id">The document.</param>
/// <param name="Path">Its file.</param>
/// <param name="Text">The text.</param>
internal sealed record DocumentText(DocumentId Id, string Path, SourceText Text);
