using System.Collections.Immutable;
using System.Composition;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes;

/// <summary>
/// On the name of an agent: "Lift 'X', stage by stage", with one action for each stage that would change something. A stage brings those before it along. Only
/// safe rewrites are made; what needs a person's eye is offered at its finding.
/// </summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(LiftRefactoring))]
[Shared]
public sealed class LiftRefactoring : CodeRefactoringProvider
{
    private static readonly ImmutableArray<MigrationStage> InOrder = [MigrationStage.Infrastructure, MigrationStage.CoreLogic, MigrationStage.Integration];

    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var document = context.Document;
        var root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<ClassDeclarationSyntax>() is not { } declaration || !declaration.Identifier.Span.IntersectsWith(context.Span))
            return;
        var compilation = await document.Project.GetCompilationAsync(context.CancellationToken).ConfigureAwait(false);
        if (!DiagnosedAgents.HasRuntime(compilation)
            || compilation!.GetSemanticModel(declaration.SyntaxTree).GetDeclaredSymbol(declaration, context.CancellationToken) is not { } type)
        {
            return;
        }

        var name = type.ToDisplayString();
        var options = new LiftOptions(candidate => candidate.ToDisplayString() == name) { OnlyProject = document.Project.Id };
        var actions = ImmutableArray.CreateBuilder<CodeAction>();
        var before = document.Project.Solution;
        foreach (var stage in InOrder)
        {
            // The passes of a stage find nothing to do in what an earlier stage has made, so each stage goes on from the last.
            var lifted = await StageLift.ApplyAsync(before, stage, options, context.CancellationToken).ConfigureAwait(false);
            if (lifted.Agents.Any(agent => agent.Changed))
                actions.Add(CodeAction.Create(TitleOf(stage), _ => Task.FromResult(lifted.Solution), $"{nameof(LiftRefactoring)}.{stage}"));
            before = lifted.Solution;
        }

        if (actions.Count > 0)
            context.RegisterRefactoring(CodeAction.Create($"Lift '{type.Name}', stage by stage", actions.ToImmutable(), isInlinable: false));
    }

    private static string TitleOf(MigrationStage stage) => stage switch
    {
        MigrationStage.Infrastructure => "Infrastructure: base class, lifecycle, logger",
        MigrationStage.CoreLogic => "Core logic: loops and heavy loads",
        _ => "Integration: sockets and stores",
    };
}
