using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Reading;

/// <summary>Compares under what conditions statements run.</summary>
internal static class Conditions
{
    /// <summary>Nothing decides whether, how often and with what handlers a statement runs that does not do so for another one too.</summary>
    public static bool AreSharedBy(this AgentSource source, StatementSyntax statement, SyntaxNode other) => statement.Ancestors()
        .TakeWhile(node => node is not MemberDeclarationSyntax && !AgentSource.IsFunction(node))
        .Where(node => IsCondition(source, node))
        .All(condition => condition.Contains(other));

    private static bool IsCondition(AgentSource source, SyntaxNode node) => node switch
    {
        TryStatementSyntax attempt => !source.OnlyTell(attempt.Catches),
        IfStatementSyntax or SwitchStatementSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax => true,
        _ => false,
    };
}
