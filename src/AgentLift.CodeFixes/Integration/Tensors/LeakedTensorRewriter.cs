using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Detectors.Gpu;
using AgentLift.Core.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.CodeFixes.Integration.Tensors;

/// <summary>AGL6002: a dispose scope in each round of a loop ends the tensors that the round makes, where none of them lives on.</summary>
internal sealed class LeakedTensorRewriter : IRewriter
{
    public ImmutableArray<string> RuleIds { get; } = [Core.Rules.RuleIds.LeakedTensor];

    public string Title => "End the tensors of '{0}' with the round that makes them";

    public bool Concerns(AgentSigns agent) => agent.Shows(RuleIds);

    public Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        var written = new List<(StatementSyntax Loop, string Name)>();
        foreach (var evidence in draft.Fixable(agent.EvidenceOf(Core.Rules.RuleIds.LeakedTensor)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Rewrite(agent, draft, evidence, written) is { } reason)
                draft.Refuse(evidence, reason);
        }

        return Task.CompletedTask;
    }

    /// <returns>Why the loop stays; <see langword="null"/> where it has a scope now.</returns>
    private static string? Rewrite(AgentCode agent, AgentDraft draft, Evidence evidence, List<(StatementSyntax Loop, string Name)> written)
    {
        var node = evidence.Node;
        var model = agent.ModelOf(node);
        if (LoopAround(node) is not { } loop || model.GetOperation(loop) is not ILoopOperation operation || TensorIn(model, node) is not { } tensor)
            return "it is no plain loop";
        var round = TensorRound.Of(agent.Facts.Knowledge, operation, tensor);
        if (round.Obstacle is { } obstacle)
            return obstacle;
        var opener = round.Library!.OpenerIn(agent.Compilation)!;
        var name = FreeName(loop, written);
        var scope = new ScopeText(agent.Style, $"{opener.ContainingType.ToMinimalDisplayString(model, loop.SpanStart)}.{opener.Name}()", name);
        var edits = round.IsWhole ? scope.AroundBody(BodyOf(loop)) : scope.Around([.. round.Statements.Select(statement => (StatementSyntax)statement.Syntax)]);
        if (!draft.TryReplaceAll([.. edits.Select(edit => (loop.SyntaxTree, edit))]))
            return "a comment or directive stands where the scope must go: move it first";
        written.Add((loop, name));
        return null;
    }

    private static IOperation? TensorIn(SemanticModel model, SyntaxNode node) => node.AncestorsAndSelf().OfType<ExpressionSyntax>().Select(part => model.GetOperation(part)).FirstOrDefault(operation => operation is not null);

    private static StatementSyntax? LoopAround(SyntaxNode node) => node.Ancestors()
        .TakeWhile(parent => parent is not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) || parent is GlobalStatementSyntax)
        .OfType<StatementSyntax>().FirstOrDefault(statement => statement is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax);

    private static StatementSyntax BodyOf(StatementSyntax loop) => loop switch
    {
        ForStatementSyntax each => each.Statement,
        CommonForEachStatementSyntax each => each.Statement,
        WhileStatementSyntax each => each.Statement,
        _ => ((DoStatementSyntax)loop).Statement,
    };

    // Nothing in the member bears it, nor a scope around this loop or in it.
    private static string FreeName(StatementSyntax loop, List<(StatementSyntax Loop, string Name)> written)
    {
        var member = loop.FirstAncestorOrSelf<MemberDeclarationSyntax>()!;
        var taken = new HashSet<string>(member.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText), StringComparer.Ordinal);
        taken.UnionWith(written.Where(other => other.Loop.SyntaxTree == loop.SyntaxTree && other.Loop.Span.OverlapsWith(loop.Span)).Select(other => other.Name));
        var name = "scope";
        for (var i = 2; taken.Contains(name); i++)
            name = "scope" + i;
        return name;
    }
}
