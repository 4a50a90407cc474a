using System.Collections.Immutable;
using System.Composition;
using AgentLift.CodeFixes.Infrastructure.Logging;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure;

/// <summary>
/// Offers the fixes of the Infrastructure stage. One that needs BaseAgent brings it along. Nothing is offered where the project does not reference the
/// runtime, or where nothing sound can be written.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InfrastructureFix))]
[Shared]
public sealed class InfrastructureFix : CodeFixProvider
{
    private const string BaseAgent = "AgentLift.Runtime.BaseAgent";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleIds.NotABaseAgent, RuleIds.ConsoleLogging];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => StageFixAll.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var project = context.Document.Project;
        var diagnostic = context.Diagnostics[0];
        if (await LiftAsync(project.Solution, [(project.Id, [diagnostic])], diagnostic.Id, context.CancellationToken).ConfigureAwait(false) is not { } lifted)
            return;
        var agent = lifted.Agents.First(item => item.Changed).Agent;
        var title = diagnostic.Id == RuleIds.NotABaseAgent ? $"Derive '{NameOf(agent)}' from BaseAgent" : $"Log through the logger of '{NameOf(agent)}'";
        context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(lifted.Solution), diagnostic.Id), diagnostic);
    }

    /// <summary>Lifts the agents that diagnostics of one rule stand in.</summary>
    /// <returns><see langword="null"/> where nothing would change.</returns>
    internal static async Task<LiftedSolution?> LiftAsync(
        Solution solution, IEnumerable<(ProjectId Project, ImmutableArray<Diagnostic> Diagnostics)> places, string ruleId, CancellationToken cancellationToken)
    {
        var wanted = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var (id, diagnostics) in places)
        {
            if (await solution.GetProject(id)!.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation || compilation.GetTypeByMetadataName(BaseAgent) is null)
                continue;
            foreach (var place in diagnostics.Select(diagnostic => diagnostic.Location))
            {
                var root = await place.SourceTree!.GetRootAsync(cancellationToken).ConfigureAwait(false);
                if (root.FindNode(place.SourceSpan).FirstAncestorOrSelf<ClassDeclarationSyntax>() is { } declaration
                    && compilation.GetSemanticModel(place.SourceTree).GetDeclaredSymbol(declaration, cancellationToken) is { } type)
                {
                    wanted.Add(type);
                }
            }
        }

        if (wanted.Count == 0)
            return null;
        ImmutableArray<IRewriter> rewriters = ruleId == RuleIds.NotABaseAgent ? [new BaseAgentRewriter()] : [new BaseAgentRewriter(), new ConsoleLoggingRewriter()];
        var lifted = await new StageLift(rewriters).ApplyAsync(solution, wanted.Contains, cancellationToken).ConfigureAwait(false);
        return lifted.Agents.Any(agent => agent.Changed) ? lifted : null;
    }

    private static string NameOf(string agent) => agent.Substring(agent.LastIndexOf('.') + 1);
}
