using System.Collections.Immutable;
using AgentLift.Core;
using AgentLift.Core.Facts;
using AgentLift.Core.Settings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>What a stage did to one agent.</summary>
/// <param name="Agent">The agent's class, fully named.</param>
/// <param name="Changed">Whether anything was written.</param>
/// <param name="Obstacles">The places left as they are, and why.</param>
public sealed record LiftedAgent(string Agent, bool Changed, ImmutableArray<Obstacle> Obstacles);

/// <summary>A solution after a stage.</summary>
/// <param name="Solution">The edited solution; not compiled yet.</param>
/// <param name="Agents">What happened to each agent, by name.</param>
public sealed record LiftedSolution(Solution Solution, ImmutableArray<LiftedAgent> Agents);

/// <summary>Rewrites all agents of a solution for one stage, in one pass: every rewriter sees the original code, and the edits are applied together.</summary>
internal sealed class StageLift(ImmutableArray<IRewriter> rewriters)
{
    /// <summary>Rewrites the agents that are wanted.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="wanted">Which classes; called with each class that may be an agent.</param>
    /// <param name="cancellationToken">Stops between agents.</param>
    public async Task<LiftedSolution> ApplyAsync(Solution solution, Func<INamedTypeSymbol, bool> wanted, CancellationToken cancellationToken)
    {
        var edits = new SolutionEdits(solution);
        var outcomes = ImmutableArray.CreateBuilder<LiftedAgent>();
        foreach (var project in solution.Projects.OrderBy(project => project.Name, StringComparer.Ordinal))
        {
            if (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation)
                continue;
            var data = FleetData.Read(project.AnalyzerOptions.AdditionalFiles, SettingsOverrides.None, static _ => { }, cancellationToken);
            var reader = new AgentReader(compilation, data, cancellationToken);
            foreach (var (declaration, type) in Classes(compilation, cancellationToken).Where(item => wanted(item.Type)))
            {
                var settings = AgentSettings.Read(project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GetOptions(declaration.SyntaxTree));
                if (reader.Read(type, settings, cancellationToken) is not var (assessment, facts))
                    continue;
                var agent = new AgentCode(solution, compilation, assessment, facts, declaration);
                var draft = new AgentDraft(agent);
                foreach (var rewriter in rewriters)
                    await rewriter.RewriteAsync(agent, draft, cancellationToken).ConfigureAwait(false);
                if (draft.IsBroken)
                    draft.Refuse(string.Empty, assessment.Declaration, "a comment or directive stands where code must change: move it first");
                var taken = !draft.IsEmpty && !draft.IsBroken && edits.TryTake(draft, agent.Style.NewLine);
                outcomes.Add(new LiftedAgent(type.ToDisplayString(), taken, [.. draft.Obstacles]));
            }
        }

        return new LiftedSolution(await edits.ApplyAsync(cancellationToken).ConfigureAwait(false), outcomes.ToImmutable());
    }

    /// <summary>Each class once, at the first part that a person wrote.</summary>
    private static IEnumerable<(ClassDeclarationSyntax Declaration, INamedTypeSymbol Type)> Classes(Compilation compilation, CancellationToken cancellationToken)
    {
        var seen = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var tree in compilation.SyntaxTrees.OrderBy(tree => tree.FilePath, StringComparer.Ordinal).Where(HandWritten.Contains))
        {
            SemanticModel? model = null;
            foreach (var declaration in tree.GetRoot(cancellationToken).DescendantNodes().OfType<ClassDeclarationSyntax>())
            {
                model ??= compilation.GetSemanticModel(tree);
                if (model.GetDeclaredSymbol(declaration, cancellationToken) is { } type && seen.Add(type))
                    yield return (declaration, type);
            }
        }
    }
}
