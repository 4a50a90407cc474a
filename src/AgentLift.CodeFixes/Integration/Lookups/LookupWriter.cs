using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.CoreLogic.Waiting;
using AgentLift.CodeFixes.Integration.Endpoints;
using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.Addresses;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Integration.Lookups;

/// <summary>Writes look-ups that ask the directory, the method that does so, and the addresses of the table as texts.</summary>
internal sealed class LookupWriter(AgentSource source, AgentSyntax code, AgentDraft draft)
{
    private readonly AsyncWriter asynchronous = new(code, draft);
    private readonly HashSet<SyntaxNode> written = [];
    private readonly HashSet<SyntaxNode> given = [];

    /// <summary>Writes one table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="isOnly">Whether the agent has no other one, so that the method need not be named after it.</param>
    public void Write(LookedUpTable table, bool isOnly)
    {
        var name = FreeName(isOnly ? "FindAgent" : "Find" + Singular(SettingNames.For(table.Table.Member.Name)));
        foreach (var lookup in table.Lookups)
            Write(lookup, name);
        foreach (var function in table.Lookups.SelectMany(lookup => lookup.Way.Functions).Where(written.Add).Where(function => !AsyncSpread.IsAsync(function)))
            new StreamCalls(code, draft, asynchronous).Await(function);
        HandTokens(table.Tokens);
        WriteTable(table.Table);
        WriteMethod(table.Table, name);
    }

    private void Write(Lookup lookup, string method)
    {
        var (use, way, token, split) = lookup;
        asynchronous.Write(way);
        foreach (var (tree, change) in way.Phases.Where(written.Add).SelectMany(AsynchronousMethod.Edits))
            draft.Replace(tree, change.Span, change.NewText!);
        if (split is null)
        {
            var element = (ElementAccessExpressionSyntax)use.Lookup!;
            var (before, behind) = Parentheses(element);
            draft.Replace(element.SyntaxTree, TextSpan.FromBounds(element.SpanStart, use.Key.SpanStart), $"{before}await {method}(");
            draft.Replace(element.SyntaxTree, TextSpan.FromBounds(use.Key.Span.End, element.Span.End), $", {token}){behind}");
            return;
        }

        var file = use.Table.SyntaxTree;
        foreach (var change in split.Names)
            draft.Replace(file, change.Span, change.NewText!);
        var found = $"await {method}({split.Key}, {token})";
        if (split.Inline is { } inline)
        {
            var (before, behind) = Parentheses(inline);
            draft.Replace(file, inline.Span, before + found + behind);
        }
        else if (split.Place is not null)
        {
            Declare(split, $"{split.Variable} = {found};");
        }
    }

    private static (string Before, string Behind) Parentheses(ExpressionSyntax expression) =>
        expression.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ConditionalAccessExpressionSyntax or InvocationExpressionSyntax or PostfixUnaryExpressionSyntax ? ("(", ")") : (string.Empty, string.Empty);

    // At the beginning of a block above what is said of its first statement, before another statement, or behind one.
    private void Declare(SplitLookup split, string statement)
    {
        var place = (StatementSyntax)split.Place!;
        var tree = place.SyntaxTree;
        var text = tree.GetText();
        var indent = SourceStyle.IndentOf(text, place.SpanStart);
        var newLine = source.Agent.Style.NewLine;
        if (split.Before is { } next && (next.Parent as BlockSyntax)?.Statements.First() != next)
        {
            draft.Insert(tree, next.SpanStart, statement + newLine + indent);
            return;
        }

        var before = split.Before is null ? place.GetLastToken() : place.GetFirstToken().GetPreviousToken();
        var line = text.Lines.GetLineFromPosition(before.Span.End);
        if (line.LineNumber == text.Lines.GetLineFromPosition(before.GetNextToken().SpanStart).LineNumber)
            draft.Insert(tree, before.Span.End, " " + statement);
        else
            draft.Insert(tree, line.End, newLine + (IsOnSeveralLines(split.Behind) ? newLine : string.Empty) + indent + statement);
    }

    private static bool IsOnSeveralLines(StatementSyntax? guard) => guard is IfStatementSyntax { Statement: BlockSyntax block }
        && block.SyntaxTree.GetText().Lines is var lines && lines.IndexOf(block.SpanStart) != lines.IndexOf(block.Span.End);

    private void HandTokens(HandedTokens tokens)
    {
        foreach (var handed in tokens.Parameters.Where(handed => given.Add(handed.Key)))
        {
            var list = handed.Key.ParameterList;
            draft.Insert(list.SyntaxTree, list.CloseParenToken.SpanStart, $"{(list.Parameters.Count > 0 ? ", " : string.Empty)}CancellationToken {handed.Value}");
            draft.AddUsing(list.SyntaxTree, "System.Threading", nameof(CancellationToken));
            Infrastructure.ParameterDocumentation.Insert(draft, handed.Key, handed.Value, "Ends the look-up of another agent.");
        }

        foreach (var handed in tokens.Lambdas.Where(handed => given.Add(handed.Key)))
            draft.Replace(handed.Key.SyntaxTree, handed.Key.Identifier.Span, handed.Value);
        foreach (var handed in tokens.Answers.Where(handed => given.Add(handed.Key)))
            HandTo(handed.Key, handed.Value);
        foreach (var handed in tokens.Calls.Where(handed => given.Add(handed.Key)))
        {
            var arguments = handed.Key.ArgumentList;
            var named = arguments.Arguments.LastOrDefault()?.NameColon is not null && code.SymbolOf(handed.Key) is IMethodSymbol { DeclaringSyntaxReferences: [var part] } && part.GetSyntax() is MethodDeclarationSyntax called && tokens.Parameters.TryGetValue(called, out var parameter) ? parameter + ": " : string.Empty;
            draft.Insert(arguments.SyntaxTree, arguments.CloseParenToken.SpanStart, $"{(arguments.Arguments.Count > 0 ? ", " : string.Empty)}{named}{handed.Value}");
        }
    }

    private void HandTo(ExpressionSyntax answer, string token)
    {
        var tree = answer.SyntaxTree;
        switch (answer)
        {
            case SimpleLambdaExpressionSyntax { Parameter: var only }:
                draft.Replace(tree, only.Span, $"({only.Identifier.Text}, {token})");
                break;
            case ParenthesizedLambdaExpressionSyntax { ParameterList: { Parameters: [var only] } list }:
                draft.Insert(tree, list.CloseParenToken.SpanStart, only.Type is null ? $", {token}" : $", CancellationToken {token}");
                break;
            default:
                var line = code.SymbolOf(answer) is IMethodSymbol { Parameters: [{ Name: var name }] } && name != token ? name : "line";
                draft.Insert(tree, answer.SpanStart, $"async ({line}, {token}) => await ");
                draft.Insert(tree, answer.Span.End, $"({line}, {token})");
                break;
        }
    }

    private void WriteTable(AddressTable table)
    {
        if (table.IsOfTexts)
            return;
        foreach (var type in table.AddressTypes)
            draft.Replace(type.SyntaxTree, type.Span, "string");
        foreach (var value in table.Values)
            draft.Replace(value.Expression.SyntaxTree, value.Expression.Span, value.Code);
    }

    private void WriteMethod(AddressTable table, string name)
    {
        var tree = source.Agent.Declaration.SyntaxTree;
        draft.AddMember(new FindMethod(source, table, name).Text);
        draft.AddUsingsOf(source.Agent, table.Address);
        draft.AddUsing(tree, "AgentLift.Runtime", "AgentDirectoryExtensions");
        draft.AddUsing(tree, "System.Threading", nameof(CancellationToken));
        draft.AddUsing(tree, "System.Threading.Tasks", nameof(Task));
    }

    private string FreeName(string wanted)
    {
        var name = wanted + "Async";
        for (var i = 2; source.Parts.Any(part => AgentSyntax.Mentions(part, name)) || source.Agent.FreeName(name, new HashSet<string>(draft.NewNames, StringComparer.Ordinal)) != name; i++)
            name = $"{wanted}{i}Async";
        draft.NewNames.Add(name);
        return name;
    }

    // AgentAddresses hold an AgentAddress each, Routes a Route.
    private static string Singular(string name) => name.EndsWith("sses", StringComparison.Ordinal) || name.EndsWith("xes", StringComparison.Ordinal) ? name.Substring(0, name.Length - 2)
        : name.EndsWith("ies", StringComparison.Ordinal) ? name.Substring(0, name.Length - 3) + "y"
        : name.EndsWith("s", StringComparison.Ordinal) && !name.EndsWith("ss", StringComparison.Ordinal) ? name.Substring(0, name.Length - 1)
        : name;
}
