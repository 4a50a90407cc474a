using AgentLift.CodeFixes.Integration.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Integration.Listeners;

/// <summary>What one line is answered with, read from the code that wrote the answer to the connection.</summary>
internal sealed class LineAnswer
{
    private readonly AgentSource source;
    private readonly LineServe serve;
    private readonly List<Written> written = [];
    private readonly List<StatementSyntax> dropped = [];
    private readonly List<ContinueStatementSyntax> silent = [];
    private string? newLine;

    private LineAnswer(AgentSource source, LineServe serve)
    {
        this.source = source;
        this.serve = serve;
    }

    /// <summary>The whole answer, where it is a single expression.</summary>
    public ExpressionSyntax? Expression { get; private set; }

    public bool IsAsync { get; private set; }

    /// <summary>What ends an answer, as an expression.</summary>
    public string NewLine => newLine ?? serve.Sockets.NewLine ?? "\"\\n\"";

    /// <summary>Why the answer cannot be returned; <see langword="null"/> where it can.</summary>
    public string? Reason { get; private set; }

    public static LineAnswer Read(AgentSource source, LineServe serve)
    {
        var answer = new LineAnswer(source, serve);
        answer.Gather();
        return answer;
    }

    /// <summary>The answer's expression as a text that is never null.</summary>
    public string? TextOf(ExpressionSyntax? value)
    {
        if (value is null)
            return "string.Empty";
        if (value is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WriteLine" or "WriteLineAsync" } } format)
            return $"string.Format{format.ArgumentList}";
        var text = value.WithoutTrivia().ToString();
        return source.TypeOf(value) switch
        {
            { SpecialType: SpecialType.System_String } => new NeverNull(source, serve.Line).Is(value) ? text : $"{InParentheses(value, text)} ?? string.Empty",
            { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T } => $"{(value is LiteralExpressionSyntax or SimpleNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax ? text : $"({text})")}.ToString()",
            _ => null,
        };
    }

    /// <summary>The statements of a method that returns the answer, with <c>\n</c> and four spaces a level; <see langword="null"/> where a text in them spans lines.</summary>
    public string? Statements()
    {
        var changes = written.Select(one => new TextChange(one.Statement.Span, $"return {TextOf(one.Value)};"))
            .Concat(silent.Select(skip => new TextChange(skip.Span, "return null;")))
            .Concat(dropped.Select(statement => new TextChange(AnswerText.WholeLine(statement), string.Empty)));
        var text = AnswerText.Of(serve.Answer, changes, source.Agent.Style.Unit);
        return text is not null && EndIsReachable() ? text + "\nreturn null;" : text;
    }

    private void Gather()
    {
        foreach (var statement in serve.Answer.SelectMany(part => part.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))).OfType<StatementSyntax>())
            GatherOne(statement);
        if (Reason is not null)
            return;
        if (written.Count == 0)
        {
            Doubt("it reads lines and answers none");
            return;
        }

        CheckNames();
        CheckJumps();
        IsAsync = serve.Answer.SelectMany(statement => statement.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))).OfType<AwaitExpressionSyntax>()
            .Any(wait => written.Any(one => one.Value?.Contains(wait) == true) || !(written.Any(one => one.Statement.Contains(wait)) || dropped.Any(other => other.Contains(wait))));
        foreach (var one in written)
        {
            if (TextOf(one.Value) is null)
                Doubt($"an answer is a {source.TypeOf(one.Value!)?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} and no text");
            if (!IsLast(one.Statement))
                Doubt("it writes an answer and goes on with the line");
        }

        var rest = serve.Answer.Where(statement => !dropped.Contains(statement)).ToList();
        if (rest.OnlyOrNull() is { } only && written.OnlyOrNull() is { } single && (only == single.Statement || Inner(only) == single.Statement))
            Expression = single.Value ?? SyntaxFactory.ParseExpression("string.Empty");
    }

    private static StatementSyntax? Inner(StatementSyntax statement) => statement is BlockSyntax { Statements: { Count: 1 } statements } ? statements[0] : null;

    private void GatherOne(StatementSyntax statement)
    {
        if (statement is ExpressionStatementSyntax { Expression: var expression } && AgentSource.CallIn(AgentSource.Awaited(expression)) is var (name, receiver, call) && receiver is not null)
        {
            if (serve.Sockets.IsWriter(receiver) || serve.Sockets.IsStream(receiver))
            {
                if (name is "Flush" or "FlushAsync")
                    dropped.Add(statement);
                else if (serve.Sockets.IsWriter(receiver))
                    GatherWriter(statement, name, call);
                else
                    GatherStream(statement, name, call);
            }
        }
    }

    private void GatherWriter(StatementSyntax statement, string name, InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        if (!serve.Sockets.AutoFlush && !IsFlushedNext(statement))
            Doubt("its StreamWriter sends answers when its buffer is full (no AutoFlush), and not line by line");
        switch (name)
        {
            case "WriteLine" or "WriteLineAsync" when arguments.Count == 0:
                written.Add(new Written(statement, null));
                break;
            case "WriteLine" or "WriteLineAsync" when arguments.Count == 1:
                written.Add(new Written(statement, arguments[0].Expression));
                break;
            case "WriteLine" when source.SymbolOf(call) is IMethodSymbol { Parameters: { Length: > 1 } parameters } && parameters[0].Name == "format":
                written.Add(new Written(statement, call));
                break;
            case "Write" or "WriteAsync" when arguments.Count == 1 && Ended(arguments[0].Expression) is var (value, end) && (serve.Sockets.NewLine == "Environment.NewLine" || serve.Sockets.NewLine == end):
                newLine ??= end;
                written.Add(new Written(statement, value));
                break;
            default:
                Doubt("it writes parts of lines");
                break;
        }
    }

    // stream.Write(bytes, 0, bytes.Length), where bytes are the UTF-8 of an answer and its line end.
    private void GatherStream(StatementSyntax statement, string name, InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        if (name is not ("Write" or "WriteAsync") || arguments.Count == 0 || BytesOf(arguments[0].Expression, statement) is not var (value, end) || (newLine is not null && newLine != end))
        {
            Doubt("it writes bytes that are not seen to be a line");
            return;
        }

        if (arguments.Count >= 3 && !(source.ConstantOf(arguments[1].Expression) is 0 && arguments[2].Expression.ToString() == arguments[0].Expression + ".Length"))
            Doubt("it writes a part of its bytes");
        newLine = end;
        written.Add(new Written(statement, value));
    }

    private (ExpressionSyntax Value, string End)? BytesOf(ExpressionSyntax bytes, StatementSyntax user)
    {
        bytes = AgentSource.Unwrapped(bytes);
        if (bytes is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetBytes" } access, ArgumentList.Arguments: { Count: 1 } arguments })
            return serve.Sockets.EncodingOf(access.Expression) is (true, _) ? Ended(arguments[0].Expression) : null;
        if (bytes is not SimpleNameSyntax name || source.SymbolOf(name) is not ILocalSymbol local
            || local.DeclaringSyntaxReferences[0].GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } made, Parent.Parent: LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } declaration }
            || declaration.Parent != user.Parent || BytesOf(made, user) is not { } found)
        {
            return null;
        }

        // Nothing may come between, as the value moves to where it is written.
        var statements = ((user.Parent as BlockSyntax)?.Statements ?? default).ToList();
        var isOnlyUse = declaration.Parent!.DescendantNodes().OfType<SimpleNameSyntax>().Where(other => other.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(source.SymbolOf(other), local)).All(user.Contains);
        if (statements.IndexOf(declaration) + 1 != statements.IndexOf(user) || !isOnlyUse)
            return null;
        dropped.Add(declaration);
        return found;
    }

    // answer + "\n"
    private (ExpressionSyntax Value, string End)? Ended(ExpressionSyntax expression) =>
        AgentSource.Unwrapped(expression) is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum
        && (source.ConstantOf(sum.Right) is "\n" or "\r\n" or '\n' || sum.Right.ToString() == "Environment.NewLine")
        && source.TypeOf(sum.Left)?.SpecialType == SpecialType.System_String
            ? (sum.Left, source.ConstantOf(sum.Right) is { } end && sum.Right is LiteralExpressionSyntax ? SymbolDisplay.FormatLiteral(end.ToString()!, quote: true) : sum.Right.ToString())
            : null;

    // Only the line may come into the answer from outside it.
    private void CheckNames()
    {
        foreach (var name in serve.Answer.SelectMany(statement => statement.DescendantNodes()).OfType<SimpleNameSyntax>())
        {
            if (source.SymbolOf(name) is not (ILocalSymbol or IParameterSymbol or IMethodSymbol { MethodKind: MethodKind.LocalFunction }) || source.SymbolOf(name) is not { } symbol)
                continue;
            if (SymbolEqualityComparer.Default.Equals(symbol, serve.Line) || serve.Answer.Any(statement => symbol.DeclaringSyntaxReferences.Any(part => part.SyntaxTree == statement.SyntaxTree && statement.Span.Contains(part.Span))))
                continue;
            if (serve.Sockets.IsSocket(symbol))
            {
                if (!written.Any(one => one.Statement.Contains(name) && one.Value?.Contains(name) != true) && !dropped.Any(statement => statement.Contains(name)))
                    Doubt($"it uses {symbol.Name} for more than to read a line and write its answer");
            }
            else if (symbol.Name != serve.Token)
            {
                Doubt($"its answers depend on {symbol.Name}, which each connection has of its own");
            }
        }
    }

    private void CheckJumps()
    {
        foreach (var jump in serve.Answer.SelectMany(statement => statement.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))))
        {
            switch (jump)
            {
                case ReturnStatementSyntax or GotoStatementSyntax or YieldStatementSyntax:
                case BreakStatementSyntax when !Around(jump).Any(node => IsLoop(node) || node is SwitchStatementSyntax):
                    Doubt("a line may end its connection, which an endpoint leaves to the client");
                    break;
                case ContinueStatementSyntax skip when !Around(jump).Any(IsLoop):
                    if (IsBehindAnswer(skip))
                        dropped.Add(skip);
                    else
                        silent.Add(skip);
                    break;
            }
        }
    }

    private IEnumerable<SyntaxNode> Around(SyntaxNode node) => node.Ancestors().TakeWhile(parent => serve.Answer.Any(statement => statement == parent || statement.Contains(parent)));

    private static bool IsLoop(SyntaxNode node) => node is WhileStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax or ForStatementSyntax;

    private bool IsBehindAnswer(StatementSyntax statement) => Previous(statement) is { } before && (written.Any(one => one.Statement == before) || (dropped.Contains(before) && IsBehindAnswer(before)));

    private bool IsFlushedNext(StatementSyntax statement) => Next(statement) is ExpressionStatementSyntax { Expression: var next }
        && AgentSource.CallIn(AgentSource.Awaited(next)) is ("Flush" or "FlushAsync", { } receiver, _) && (serve.Sockets.IsWriter(receiver) || serve.Sockets.IsStream(receiver));

    // After the answer the line is done with: nothing but a flush, a continue or the end of a switch follows.
    private bool IsLast(StatementSyntax statement)
    {
        while (true)
        {
            for (var next = Next(statement); next is not null; next = Next(statement))
            {
                if (next is BreakStatementSyntax && next.Parent is SwitchSectionSyntax)
                {
                    dropped.Add(next);
                    break;
                }

                if (dropped.Contains(next) && next is ContinueStatementSyntax)
                    return true;
                if (!dropped.Contains(next))
                    return false;
                statement = next;
            }

            if (serve.Answer.Contains(statement))
                return true;
            var parent = statement.Ancestors().OfType<StatementSyntax>().First();
            if (IsLoop(parent) || parent is TryStatementSyntax { Finally: not null })
                return false;
            statement = parent;
        }
    }

    private StatementSyntax? Next(StatementSyntax statement) => Neighbour(statement, 1);

    private StatementSyntax? Previous(StatementSyntax statement) => Neighbour(statement, -1);

    private StatementSyntax? Neighbour(StatementSyntax statement, int step)
    {
        var siblings = serve.Answer.Contains(statement) ? serve.Answer : statement.Parent switch
        {
            BlockSyntax block => block.Statements,
            SwitchSectionSyntax section => section.Statements,
            _ => [],
        };
        var at = siblings.ToList().IndexOf(statement) + step;
        return at >= 0 && at < siblings.Count && siblings.Contains(statement) ? siblings[at] : null;
    }

    private bool EndIsReachable()
    {
        var last = serve.Answer.Last(statement => !dropped.Contains(statement));
        return !Returns(last);
    }

    private bool Returns(StatementSyntax statement) => written.Any(one => one.Statement == statement) || statement switch
    {
        ContinueStatementSyntax or ThrowStatementSyntax => true,
        BlockSyntax block => block.Statements.LastOrDefault(inner => !dropped.Contains(inner)) is { } last && Returns(last),
        IfStatementSyntax { Else: { } other } choice => Returns(choice.Statement) && Returns(other.Statement),
        TryStatementSyntax attempt => Returns(attempt.Block) && attempt.Catches.All(clause => Returns(clause.Block)),
        LockStatementSyntax guarded => Returns(guarded.Statement),
        UsingStatementSyntax use => Returns(use.Statement),
        SwitchStatementSyntax choice => choice.Sections.Any(section => section.Labels.Any(label => label is DefaultSwitchLabelSyntax))
            && choice.Sections.All(section => section.Statements.LastOrDefault(inner => !dropped.Contains(inner)) is { } last && Returns(last)),
        _ => false,
    };

    private void Doubt(string reason) => Reason ??= reason;

    private static string InParentheses(ExpressionSyntax value, string text) =>
        value is ConditionalExpressionSyntax or AssignmentExpressionSyntax or AnonymousFunctionExpressionSyntax ? $"({text})" : text;

    private sealed record Written(StatementSyntax Statement, ExpressionSyntax? Value);
}
