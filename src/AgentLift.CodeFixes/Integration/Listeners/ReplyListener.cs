using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Integration.Listeners;

/// <summary>
/// Turns a message-queue socket and its loop, which receives a text and sends one back, into <c>ListenLines</c> at the same address: what its clients write and
/// read becomes lines.
/// </summary>
internal sealed class ReplyListener(AgentSource source, ListenerSocket socket, Launches launches) : ReceivingListener(source, socket, launches)
{
    private const string Sockets = "NetMQ.NetMQSocket";

    private const string Mark = "// AGENTLIFT AGL3003: its clients write and read lines from now on, so lift them with it; a text with line breaks would be several lines.";

    private readonly Dictionary<StatementSyntax, ExpressionSyntax> sends = [];

    protected override bool IsPrelude(StatementSyntax statement) => statement is LocalDeclarationStatementSyntax or ExpressionStatementSyntax && Socket.LifeStatements.Contains(statement);

    // using (var socket = new ResponseSocket(...)) { ... }, try { ... } finally { socket.Dispose(); }
    protected override IEnumerable<StatementSyntax>? Within(StatementSyntax statement) => statement switch
    {
        UsingStatementSyntax { Declaration: not null } owner when Socket.LifeStatements.Contains(owner) => StatementsOf(owner.Statement),
        TryStatementSyntax { Catches.Count: 0, Finally: { } end } attempt when end.Block.Statements.All(Socket.LifeStatements.Contains) => attempt.Block.Statements,
        _ => null,
    };

    protected override bool ReadRound(StatementSyntax round)
    {
        var statements = StatementsOf(round).ToList();
        ISymbol? free = null;
        for (var i = 0; i < statements.Count; i++)
        {
            switch (statements[i])
            {
                case TryStatementSyntax { Finally: null } attempt when free is null && i == statements.Count - 1:
                    return Source.OnlyTell(attempt.Catches) ? ReadRound(attempt.Block) : Remark(attempt.Catches.First(clause => !clause.Block.Statements.All(Source.OnlyTells)).Block);
                case LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } when variables[0].Initializer is null:
                    free = Source.Declared(variables[0]);
                    continue;
                case var statement when IsGuard(statement) || statement is EmptyStatementSyntax:
                    continue;
                case LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } when IsReceive(variables[0].Initializer!.Value):
                    return ReadRequest(Source.Declared(variables[0]), statements.Skip(i + 1));
                case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } when assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && IsReceive(assignment.Right):
                    return ReadRequest(Source.SymbolOf(assignment.Left), statements.Skip(i + 1));
                case IfStatementSyntax { Else: null, Condition: PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } condition } miss
                    when Received(condition.Operand) is { } request && StatementsOf(miss.Statement) is [ContinueStatementSyntax]:
                    return ReadRequest(request, statements.Skip(i + 1));
                case IfStatementSyntax { Else: null } hit when i == statements.Count - 1 && Received(hit.Condition) is { } request:
                    return ReadRequest(request, StatementsOf(hit.Statement));
                default:
                    return Remark(statements[i]);
            }
        }

        return Doubt($"{Socket.Name} does not receive in its loop");
    }

    protected override bool ReadAnswer()
    {
        foreach (var node in Answer.SelectMany(statement => statement.DescendantNodesAndSelf(node => !AgentSource.IsFunction(node))))
        {
            switch (node)
            {
                case ExpressionStatementSyntax { Expression: var expression } send when AgentSource.CallIn(expression) is ("SendFrame", { } receiver, { } call) && Socket.IsListener(receiver):
                    if (call.ArgumentList.Arguments.OnlyOrNull() is not { } text || Source.TypeOf(text.Expression) is not { SpecialType: SpecialType.System_String })
                        return Doubt("it answers with something else than one text");
                    sends.Add(send, text.Expression);
                    Changes.Add(new TextChange(send.Span, $"return {text.Expression.WithoutTrivia()};"));
                    break;
                case ReturnStatementSyntax or GotoStatementSyntax or YieldStatementSyntax:
                case BreakStatementSyntax jump when !Around(jump).Any(part => IsLoop(part) || part is SwitchStatementSyntax):
                    return Doubt("a request may end the loop");
                case var _ when Awaits(node):
                    IsAsync = true;
                    break;
            }
        }

        return AnswersOnce(Answer) && Sends() == sends.Count ? IsSelfContained() : Doubt("it does not send exactly one text for each that it receives, and then receive again");
    }

    protected override bool Write(AgentDraft draft, EndpointNames names, StatementSyntax anchor)
    {
        if (AnswerText.Of(Answer, Changes, Source.Agent.Style.Unit) is not { } text)
            return Doubt("a text over several lines stands in its answers");
        var (comments, documentation, moved) = Removal.Comments((Answer[0].SyntaxTree, AnswerText.SpanOf(Answer)));
        if (Removal.Reason is not null)
            return Doubt(Removal.Reason);
        if (documentation.Any(one => one.Contains("<param") || one.Contains("<returns")))
            return Doubt("the documentation of its parameters would be lost");
        if (documentation.Count > 1)
            return Doubt("its socket and its loop are both documented, and one method takes their place: write it in one place first");

        var style = Source.Agent.Style;
        var name = Source.Agent.FreeName(IsAsync ? "AnswerLineAsync" : "AnswerLine", draft.NewNames);
        draft.AddMember(Method(draft, name, text, documentation));
        foreach (var statement in Answer)
            draft.AddUsingsOf(Source.Agent, statement);
        var call = $"ListenLines(\"{names.Next("requests")}\", {Handler(name, anchor)}, EndpointOptions.WithoutLimits({Socket.Address(draft, anchor)}));";
        var indent = SourceStyle.IndentOf(anchor.SyntaxTree.GetText(), anchor.SpanStart);
        Socket.Retype(draft);
        Removal.Apply(draft, anchor, string.Concat(comments.Append(Mark).Append(call).Select(line => indent + line.Replace("\r\n", "\n").Replace("\n", style.NewLine) + style.NewLine)), moved);
        draft.AddUsing(anchor.SyntaxTree, "AgentLift.Runtime", "EndpointOptions");
        if (!IsAsync && Token() is not null)
            draft.AddUsing(anchor.SyntaxTree, "System.Threading.Tasks", "ValueTask");
        return true;
    }

    private string Handler(string method, SyntaxNode place) => IsAsync || Token() is null ? method : $"(line, token) => ValueTask.FromResult<{TypeAt(place)}>({method}(line, token))";

    private string TypeAt(SyntaxNode place) => Source.ModelOf(place).GetNullableContext(place.SpanStart).AnnotationsEnabled() ? "string?" : "string";

    private string Method(AgentDraft draft, string name, string text, List<string> documentation)
    {
        var agent = Source.Agent;
        var taken = new HashSet<string>(Names().Select(part => part.Identifier.ValueText).Concat(draft.NewNames).Append(Data!.Name), StringComparer.Ordinal);
        var token = Token()?.Name ?? Free("cancellationToken", taken);
        var parameters = $"string {Written(Data.Name)}{(IsAsync || Token() is not null ? $", CancellationToken {Written(token)}" : string.Empty)}";
        var header = AnswerText.Above(documentation) + (IsAsync ? $"private async ValueTask<{TypeAt(Answer[0])}> {name}({parameters})" : $"private {TypeAt(Answer[0])} {name}({parameters})");
        if (IsAsync || Token() is not null)
        {
            draft.AddUsing(agent.Declaration.SyntaxTree, "System.Threading", nameof(CancellationToken));
            draft.AddUsing(agent.Declaration.SyntaxTree, "System.Threading.Tasks", "ValueTask");
        }

        if (!IsAsync && new Stateless(Source).AreAll(Parts()))
            return $"{header}\n{{\n{AnswerText.Indented(text)}\n}}";

        // The socket had one request at a time.
        var gate = agent.FreeName(agent.UnderscoresFields ? "_answering" : "answering", taken);
        draft.NewNames.Add(gate);
        var body = IsAsync
            ? $"    await {gate}.WaitAsync({Written(token)});\n    try\n    {{\n{AnswerText.Indented(AnswerText.Indented(text))}\n    }}\n    finally\n    {{\n        {gate}.Release();\n    }}"
            : $"    lock ({gate})\n    {{\n{AnswerText.Indented(AnswerText.Indented(text))}\n    }}";
        return $"private readonly {(IsAsync ? "SemaphoreSlim" : "object")} {gate} = new {(IsAsync ? "SemaphoreSlim(1)" : "object()")};\n\n{header}\n{{\n{body}\n}}";
    }

    private static string Free(string wanted, HashSet<string> taken)
    {
        var name = wanted;
        for (var i = 2; taken.Contains(name); i++)
            name = wanted + i;
        return name;
    }

    private bool ReadRequest(ISymbol? request, IEnumerable<StatementSyntax> rest)
    {
        Data = request;
        Answer.AddRange(rest);
        return IsOfLoop(Data) && Data is ILocalSymbol { Type.SpecialType: SpecialType.System_String } ? Answer.Count > 0 || Doubt("it does nothing with what it receives") : Doubt("what it receives is not kept in a variable of the loop");
    }

    private bool IsReceive(ExpressionSyntax expression) =>
        AgentSource.CallIn(expression) is ("ReceiveFrameString", { } receiver, { ArgumentList.Arguments.Count: 0 }) && Socket.IsListener(receiver);

    // socket.TryReceiveFrameString(out var text), socket.TryReceiveFrameString(TimeSpan.FromSeconds(1), out text)
    private ISymbol? Received(ExpressionSyntax expression)
    {
        if (AgentSource.CallIn(expression) is not ("TryReceiveFrameString", { } receiver, { ArgumentList.Arguments: { Count: 1 or 2 } given } call) || !Socket.IsListener(receiver))
            return null;
        if (given.Count == 2 && (Source.TypeOf(given[0].Expression)?.Name != nameof(TimeSpan) || !DeadCode.IsPureOrTime(given[0].Expression)))
            return null;
        return given[given.Count - 1] switch
        {
            { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword, Expression: DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax variable } } => Source.Declared(variable),
            { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword, Expression: IdentifierNameSyntax name } => Source.SymbolOf(name),
            _ => null,
        };
    }

    private static SyntaxList<StatementSyntax> StatementsOf(StatementSyntax statement) => statement is BlockSyntax block ? block.Statements : SyntaxFactory.SingletonList(statement);

    // How many of the sends end a way through the answer, as all must.
    private int Sends() => Answer.SelectMany(statement => statement.DescendantNodesAndSelf()).OfType<StatementSyntax>().Count(IsLastOfItsWay);

    private bool IsLastOfItsWay(StatementSyntax statement)
    {
        if (!sends.ContainsKey(statement) || Around(statement).Any(part => IsLoop(part) || part is SwitchStatementSyntax or FinallyClauseSyntax))
            return false;
        var siblings = SiblingsOf(statement);
        var next = siblings.IndexOf(statement) + 1;
        if (next < siblings.Count)
            return next == siblings.Count - 1 && siblings[next] is ContinueStatementSyntax;
        for (var around = statement; !Answer.Contains(around);)
        {
            around = around.Ancestors().OfType<StatementSyntax>().First();
            siblings = SiblingsOf(around);
            if (siblings.IndexOf(around) + 1 < siblings.Count)
                return false;
        }

        return true;
    }

    // Each way through some statements ends with an answer, or with an exception.
    private bool AnswersOnce(IReadOnlyList<StatementSyntax> statements) => statements.Count > 0 && AnswersBefore(statements) && statements[statements.Count - 1] switch
    {
        ContinueStatementSyntax next when statements.Count > 1 && sends.ContainsKey(statements[statements.Count - 2]) => Take(next),
        ThrowStatementSyntax => true,
        BlockSyntax block => AnswersOnce(block.Statements),
        IfStatementSyntax { Else: { } other } choice => AnswersOnce(StatementsOf(choice.Statement)) && AnswersOnce(StatementsOf(other.Statement)),
        UsingStatementSyntax owner => AnswersOnce(StatementsOf(owner.Statement)),
        LockStatementSyntax guarded => AnswersOnce(StatementsOf(guarded.Statement)),
        TryStatementSyntax attempt => AnswersOnce(attempt.Block.Statements) && attempt.Catches.All(clause => AnswersOnce(clause.Block.Statements)),
        var last => sends.ContainsKey(last),
    };

    // if (text == "ping") { socket.SendFrame("pong"); continue; }
    private bool AnswersBefore(IReadOnlyList<StatementSyntax> statements) => statements.Take(statements.Count - 1).SelectMany(statement => statement.DescendantNodesAndSelf(node => !AgentSource.IsFunction(node)))
        .OfType<ContinueStatementSyntax>().Where(jump => !Around(jump).Any(IsLoop))
        .All(jump => jump.Parent is BlockSyntax { Statements: { Count: > 1 } before } && before[before.Count - 1] == jump && sends.ContainsKey(before[before.Count - 2]) && Take(jump));

    private bool Take(ContinueStatementSyntax jump)
    {
        if (Changes.Exists(change => change.Span.Contains(jump.Span)))
            return true;

        // With the empty lines before it, but not with a comment.
        var start = jump.GetFirstToken().GetPreviousToken().Span.End;
        var isPlain = string.IsNullOrWhiteSpace(jump.SyntaxTree.GetText().ToString(TextSpan.FromBounds(start, jump.SpanStart)));
        Changes.Add(new TextChange(isPlain ? TextSpan.FromBounds(start, jump.Span.End) : AnswerText.WholeLine(jump), string.Empty));
        return true;
    }

    private bool IsSelfContained()
    {
        foreach (var name in Names())
        {
            if (Socket.IsListener(name))
                return Doubt($"it uses {name} for more than to receive and to answer");
            if (IsSocket(Source.TypeOf(name)))
                return Doubt($"its answers use {name}, which belongs to the thread of the loop");
            if (Source.SymbolOf(name) is (ILocalSymbol or IParameterSymbol) and { } variable && !SymbolEqualityComparer.Default.Equals(variable, Data) && !IsOfAnswer(variable) && !SymbolEqualityComparer.Default.Equals(variable, Token()))
                return Doubt($"its answers depend on {variable.Name}, which the loop keeps between requests");
        }

        return TiedTo(Names()) is not { } tie || Doubt(tie);
    }

    private static bool IsSocket(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.ToDisplayString() == Sockets)
                return true;
        }

        return false;
    }

    // The token that ends the loop ends an answer too.
    private ISymbol? Token() => Names().Select(Source.SymbolOf).FirstOrDefault(symbol => symbol is IParameterSymbol { Type.Name: nameof(CancellationToken) } parameter && !IsOfAnswer(parameter));

    // But for the calls that send.
    private IEnumerable<SimpleNameSyntax> Names() => Parts().OfType<SimpleNameSyntax>();

    private IEnumerable<SyntaxNode> Parts() => Answer.SelectMany(statement => statement.DescendantNodesAndSelf()).Where(node => !sends.Any(send => send.Key.Span.Contains(node.Span) && !send.Value.Span.Contains(node.Span)));
}
