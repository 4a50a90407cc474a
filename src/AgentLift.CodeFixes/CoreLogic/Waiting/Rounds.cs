using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.CoreLogic.Timers;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.CoreLogic.Waiting;

/// <summary>A method that is nothing but rounds: a loop until the token is cancelled, with one wait at its beginning or its end.</summary>
internal sealed record Rounds(MethodDeclarationSyntax Method, BlockSyntax Body, StatementSyntax Wait, string Period)
{
    public bool WaitsFirst => Body.Statements[0] == Wait;

    /// <summary>Whether a round still awaits something.</summary>
    public bool Awaits { get; init; }

    /// <summary>What is between the braces of the method.</summary>
    public TextSpan Span => TextSpan.FromBounds(Method.Body!.OpenBraceToken.Span.End, Method.Body.CloseBraceToken.SpanStart);

    public static Rounds? Read(AgentSyntax code, RuntimeLoop loop)
    {
        if (loop.Body is not IdentifierNameSyntax || loop.FunctionIn(code) is not MethodDeclarationSyntax { Body.Statements: { Count: 1 } only } method
            || only[0] is not WhileStatementSyntax { Statement: BlockSyntax { Statements.Count: > 1 } body } rounds
            || !method.Modifiers.Any(SyntaxKind.AsyncKeyword) || method.ReturnType.ToString() != "Task"
            || code.SymbolOfFunction(method) is not IMethodSymbol { DeclaredAccessibility: Accessibility.Private, Parameters: { Length: 1 } parameters } symbol
            || parameters[0].Type.Name != nameof(CancellationToken)
            || rounds.Condition.ToString() != $"!{parameters[0].Name}.IsCancellationRequested"
            || code.ReferencesTo(symbol).Count != 1)
        {
            return null;
        }

        var token = parameters[0].Name;
        var wait = WaitOf(body.Statements.Last(), token) is not null ? body.Statements.Last() : body.Statements[0];
        if (WaitOf(wait, token) is not { } time || PeriodOf(code, time) is not { } period || HasOtherWays(body, wait == body.Statements[0]) || !IsBare(method, rounds, body, wait))
            return null;
        return new Rounds(method, body, wait, period)
        {
            Awaits = body.Statements.Where(statement => statement != wait).SelectMany(statement => statement.DescendantNodesAndSelf(node => !AgentSyntax.IsFunction(node))).Any(node => node is AwaitExpressionSyntax
                or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } or UsingStatementSyntax { AwaitKeyword.RawKind: not 0 } or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 }),
        };
    }

    /// <returns>The statements of a round one level further out, with what ends it; <see langword="null"/> where lines cannot be moved.</returns>
    public string? WriteBody(SourceStyle style)
    {
        var text = Method.SyntaxTree.GetText();
        var (first, last) = (text.Lines.IndexOf(Body.OpenBraceToken.SpanStart) + 1, text.Lines.IndexOf(Body.CloseBraceToken.SpanStart) - 1);
        var (waitFrom, waitTo) = (text.Lines.IndexOf(Wait.SpanStart), text.Lines.IndexOf(Wait.Span.End));
        var lines = new List<string>();
        for (var i = first; i <= last; i++)
        {
            if (i >= waitFrom && i <= waitTo)
                continue;
            var line = text.Lines[i].ToString();
            if (line.StartsWith(style.MemberIndent + style.Unit + style.Unit, StringComparison.Ordinal))
                line = style.MemberIndent + line.Substring((style.MemberIndent + style.Unit).Length);
            else if (line.Trim().Length > 0 && !line.StartsWith("#", StringComparison.Ordinal))
                return null;
            lines.Add(Continued(line, text.Lines[i].Span));
        }

        while (lines.Count > 0 && lines[0].Trim().Length == 0)
            lines.RemoveAt(0);
        while (lines.Count > 0 && lines[lines.Count - 1].Trim().Length == 0)
            lines.RemoveAt(lines.Count - 1);
        if (!Awaits && lines.Count > 0 && lines[lines.Count - 1].Trim() == "}" && Body.Statements.Count > 2)
            lines.Add(string.Empty);
        if (!Awaits)
            lines.Add(style.MemberIndent + style.Unit + "return Task.CompletedTask;");
        return style.NewLine + string.Concat(lines.Select(line => line + style.NewLine)) + style.MemberIndent;
    }

    // What goes on with the next round ends this one.
    private string Continued(string line, TextSpan span) => Continues(Body).Any(next => span.Contains(next.Span))
        ? line.Replace("continue;", Awaits ? "return;" : "return Task.CompletedTask;")
        : line;

    private static ExpressionSyntax? WaitOf(StatementSyntax statement, string token) =>
        statement is ExpressionStatementSyntax { Expression: AwaitExpressionSyntax { Expression: InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 2 } arguments } call } }
        && call.Expression.ToString() == "Task.Delay" && arguments[1].ToString() == token
            ? arguments[0].Expression
            : null;

    private static string? PeriodOf(AgentSyntax code, ExpressionSyntax time)
    {
        var model = code.ModelOf(time);
        return model.GetConstantValue(time) is { HasValue: true, Value: int milliseconds }
            ? milliseconds > 0 ? PeriodText.Of(time, model) : null
            : IsFixed(code, time) ? PeriodText.Of(time, model) : null;
    }

    // The period is asked once: it must not be one that changes.
    private static bool IsFixed(AgentSyntax code, ExpressionSyntax time) => time switch
    {
        LiteralExpressionSyntax => true,
        ParenthesizedExpressionSyntax inner => IsFixed(code, inner.Expression),
        BinaryExpressionSyntax binary => IsFixed(code, binary.Left) && IsFixed(code, binary.Right),
        IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } => code.SymbolOf(time) is IFieldSymbol { IsReadOnly: true } or IFieldSymbol { IsConst: true },
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: nameof(TimeSpan) } } } call => call.ArgumentList.Arguments.All(argument => IsFixed(code, argument.Expression)),
        _ => false,
    };

    // With the wait first, what goes on with the next round does what the end of a round does; anything else leaves the beat.
    private static bool HasOtherWays(BlockSyntax body, bool waitsFirst) =>
        (!waitsFirst && Continues(body).Any())
        || Own(body, _ => true).Any(node => node is ReturnStatementSyntax or GotoStatementSyntax or YieldStatementSyntax)
        || Own(body, node => node is not (WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or SwitchStatementSyntax)).OfType<BreakStatementSyntax>().Any();

    private static IEnumerable<ContinueStatementSyntax> Continues(BlockSyntax body) =>
        Own(body, node => node is not (WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax)).OfType<ContinueStatementSyntax>();

    private static IEnumerable<SyntaxNode> Own(BlockSyntax body, Func<SyntaxNode, bool> into) => body.DescendantNodes(node => node == body || (!AgentSyntax.IsFunction(node) && into(node)));

    // Nothing that a person wrote stands on the lines that go, and every line that stays can be moved.
    private static bool IsBare(MethodDeclarationSyntax method, WhileStatementSyntax rounds, BlockSyntax body, StatementSyntax wait)
    {
        var text = method.SyntaxTree.GetText();
        string[] gone = [LineOf(rounds.SpanStart), LineOf(body.OpenBraceToken.SpanStart), LineOf(body.CloseBraceToken.SpanStart), LineOf(wait.SpanStart)];
        return gone[0] == rounds.ToString().Split('\n')[0].TrimEnd('\r') && gone[1] == "{" && gone[2] == "}" && gone[3] == wait.ToString()
            && method.Body!.OpenBraceToken.TrailingTrivia.Concat(rounds.GetLeadingTrivia()).Concat(rounds.GetTrailingTrivia()).Concat(method.Body.CloseBraceToken.LeadingTrivia).All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia))
            && !body.DescendantTokens().Any(token => token.Span.Length > 0 && text.Lines.IndexOf(token.SpanStart) != text.Lines.IndexOf(token.Span.End) && !token.IsKind(SyntaxKind.CloseBraceToken));

        string LineOf(int position) => text.Lines.GetLineFromPosition(position).ToString().Trim();
    }
}
