using System.Collections.Immutable;
using AgentLift.CodeFixes.Infrastructure.Hosting;
using AgentLift.CodeFixes.Lifting.Searching;
using AgentLift.Core.Facts;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>What tells whether a rewriter has anything to do with an agent. It holds no compilation, so that it may be kept while passes come and go.</summary>
internal sealed class AgentSigns
{
    private readonly ImmutableHashSet<string> rules;
    private readonly ImmutableArray<SyntaxTree> files;

    public AgentSigns(AgentCode agent)
    {
        rules = [.. agent.Findings.Evidence.Select(evidence => evidence.Rule.Id)];
        files = [.. agent.Type.DeclaringSyntaxReferences.Select(part => part.SyntaxTree)];
        MarkedStage = agent.MarkedStage;
        KeepsOldConstructor = CompatibilityConstructors.Of(agent).Any();
    }

    /// <summary>The stage that its marker claims.</summary>
    public MigrationStage MarkedStage { get; }

    /// <summary>Whether it has a constructor for callers from before its lift.</summary>
    public bool KeepsOldConstructor { get; }

    /// <summary>Whether one of these rules found something in it.</summary>
    public bool Shows(ImmutableArray<string> ruleIds) => ruleIds.Any(rules.Contains);

    /// <summary>Whether one of these names stands anywhere in its files.</summary>
    public bool Mentions(ImmutableArray<string> identifiers) => files.Any(file => TreeNames.Of(file.GetRoot()).Identifiers.Overlaps(identifiers));

    /// <summary>Whether the files that a person wrote of it are the same in a solution, so that a pass that had nothing to do still has nothing to do.</summary>
    public bool HoldIn(Solution solution) => files.Where(HandWritten.Contains).All(file => solution.GetDocument(file) is not null);
}
