using AgentLift.CodeFixes.Integration.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Models;

/// <summary>Statements that move a loaded model to its device or put it into evaluation mode, which its manager does from now on.</summary>
internal static class Preparation
{
    /// <summary>Whether a statement does so: <c>net.eval();</c>, <c>net.cuda();</c>, <c>net = net.to(device);</c>.</summary>
    /// <param name="source">The agent.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="model">The member or variable that holds the model.</param>
    /// <param name="transfer">What it moves the model to; <see langword="null"/> where it moves nothing.</param>
    public static bool Is(AgentSource source, ExpressionStatementSyntax statement, ISymbol model, out Transfer? transfer)
    {
        transfer = null;
        var expression = statement.Expression;
        var isKept = expression is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: var left } && Means(source, left, model);
        if (isKept)
            expression = ((AssignmentExpressionSyntax)expression).Right;
        if (AgentSource.Unwrapped(expression) is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call || !Means(source, AgentSource.Unwrapped(access.Expression), model))
            return false;
        transfer = Transfer.Read(source, call);
        return transfer is not null || (!isKept && access.Name.Identifier.ValueText == "eval" && call.ArgumentList.Arguments.Count == 0);
    }

    /// <summary>Notes that a statement goes.</summary>
    /// <returns>Why it must stay; <see langword="null"/> where it goes.</returns>
    public static string? Note(KeptModel kept, ExpressionStatementSyntax statement, Transfer? transfer)
    {
        if (transfer?.Obstacle is { } obstacle)
            return obstacle;
        if (Whole(statement, transfer is not null) is not { } gone)
            return $"what {(transfer is null ? "prepares" : "moves")} {kept.Member.Name} does so under a condition: leave it to the manager by hand";
        if (transfer is not null)
            kept.Device = gone == statement ? transfer.Device : null;
        kept.Prepared.Add(gone);
        return null;
    }

    /// <summary>The statement that an <c>if</c> without an alternative runs alone, or the statement itself.</summary>
    public static ExpressionStatementSyntax? Single(StatementSyntax statement) => statement switch
    {
        ExpressionStatementSyntax alone => alone,
        IfStatementSyntax { Else: null, Statement: ExpressionStatementSyntax alone } => alone,
        IfStatementSyntax { Else: null, Statement: BlockSyntax { Statements: [ExpressionStatementSyntax alone] } } => alone,
        _ => null,
    };

    // if (torch.cuda.is_available()) net.cuda(): a manager takes a GPU where there is one.
    private static StatementSyntax? Whole(ExpressionStatementSyntax statement, bool isTransfer)
    {
        if (statement.Parent is BlockSyntax { Parent: BaseMethodDeclarationSyntax })
            return statement;
        var branch = statement.Ancestors().OfType<IfStatementSyntax>().FirstOrDefault();
        return isTransfer && branch?.Parent is BlockSyntax { Parent: BaseMethodDeclarationSyntax } && Single(branch) == statement && AsksForGpu(branch.Condition) ? branch : null;
    }

    private static bool AsksForGpu(ExpressionSyntax condition) =>
        condition is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "is_available" } };

    private static bool Means(AgentSource source, ExpressionSyntax expression, ISymbol model) => SymbolEqualityComparer.Default.Equals(source.SymbolOf(expression), model.OriginalDefinition);
}
