using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Listeners;

/// <summary>Hands a listener whose protocol stays as it is over to the agent, which closes, counts and reports it: <c>Own(new TcpListener(...))</c>.</summary>
internal static class Ownership
{
    /// <summary>Adds the edit, where the listener is made for the agent's life by code that has the agent.</summary>
    public static bool TryTake(AgentSource source, AgentDraft draft, ListenerSocket socket)
    {
        var creation = socket.Creation;
        if (socket.Whole != creation || socket.Holder is null || creation.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || source.ModelOf(creation).GetEnclosingSymbol(creation.SpanStart) is not { } around || IsStatic(around))
            return false;
        if (statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } or UsingStatementSyntax || !IsForLife(source, statement))
            return false;
        var type = socket.Type;
        var text = creation is ImplicitObjectCreationExpressionSyntax implicitly ? $"new {type}{implicitly.ArgumentList}{implicitly.Initializer}" : creation.ToString();
        return draft.TryReplace(creation.SyntaxTree, creation.Span, $"Own({text})");
    }

    // Made once: by the constructor or by the start, and not in a loop, where each one owned would stay until the end.
    private static bool IsForLife(AgentSource source, StatementSyntax statement) =>
        !statement.Ancestors().TakeWhile(node => node is not MemberDeclarationSyntax).Any(node => node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax)
        && (AgentSource.FunctionAround(statement) is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax || new StopSignals(source).IsLife(AgentSource.FunctionAround(statement), []));

    private static bool IsStatic(ISymbol symbol)
    {
        for (var around = symbol; around is not (null or INamedTypeSymbol); around = around.ContainingSymbol)
        {
            if (around.IsStatic)
                return true;
        }

        return false;
    }
}
