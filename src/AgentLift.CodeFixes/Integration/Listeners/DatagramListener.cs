using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Integration.Listeners;

/// <summary>Turns a loop that receives datagrams and answers each with at most one, to its sender, into <c>ListenDatagrams</c>.</summary>
internal sealed class DatagramListener(AgentSource source, ListenerSocket socket, Launches launches)
{
    private readonly DeadCode removal = new(source);
    private readonly StopSignals signals = new(source);
    private readonly List<StatementSyntax> answer = [];
    private readonly List<TextChange> changes = [];
    private ISymbol? data;
    private ISymbol? sender;
    private bool isPacket;
    private bool isAsync;

    /// <summary>Why the socket stays; <see langword="null"/> where it does not.</summary>
    public string? Reason { get; private set; }

    /// <summary>Adds the edits, all of them or none.</summary>
    public bool TryRewrite(AgentDraft draft, EndpointNames names)
    {
        if (socket.Reason is not null)
            return Doubt(socket.Reason);
        if (socket.AcceptFunction is not { } function || BodyOf(function) is not { } body)
            return Doubt($"{socket.Name} does not receive in a loop of its own");
        if (!ReadLoop(body) || !ReadAnswer())
            return Doubt("its loop does more than to receive and to answer");
        if (launches.Of(function) is not var (launch, launched))
            return Doubt("how its loop is started is not known here, or it is started more than once");
        if (!launches.IsInStart(AgentSource.FunctionAround(launched)))
            return Doubt("its loop does not begin with the agent's start (OnStartingAsync)");
        if (AnchorOf(launched) is not { } anchor)
            return Doubt("it is made in one place and its loop is started in another");
        foreach (var statement in launch.Statements.Concat(socket.LifeStatements).Where(statement => !function.Contains(statement)))
            removal.Add(statement);
        if (function is not AnonymousFunctionExpressionSyntax)
            removal.Add(function);
        if (socket.IsMadeAtStart && socket.Holder is IFieldSymbol)
            removal.Add(socket.Declaration!.FirstAncestorOrSelf<FieldDeclarationSyntax>()!);
        removal.Keep(answer);
        removal.Keep(socket.AddressArguments);
        removal.AddUnused();
        removal.AddEmptyPhases();
        if (socket.References.Concat(launch.Holder is { } holder ? source.ReferencesTo(holder) : []).FirstOrDefault(reference => !removal.Covers(reference) && !socket.IsCreation(reference)) is { } other)
            return Doubt($"{other.Identifier.ValueText} is used for more than to receive: {other.FirstAncestorOrSelf<StatementSyntax>()?.ToString().Split('\n')[0].Trim() ?? other.Parent!.ToString()}");
        return removal.Reason is null ? Write(draft, names, anchor) : Doubt(removal.Reason);
    }

    private StatementSyntax? AnchorOf(StatementSyntax launched)
    {
        if (socket.Creation.FirstAncestorOrSelf<StatementSyntax>() is not { } made || AgentSource.FunctionAround(made) is ConstructorDeclarationSyntax)
            return launched;
        return made.Parent == launched.Parent ? made : null;
    }

    private static BlockSyntax? BodyOf(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Body,
        LocalFunctionStatementSyntax local => local.Body,
        AnonymousFunctionExpressionSyntax lambda => lambda.Block,
        _ => null,
    };

    // var from = new IPEndPoint(IPAddress.Any, 0); while (_running) { ... }
    private bool ReadLoop(BlockSyntax body)
    {
        foreach (var statement in body.Statements)
        {
            switch (statement)
            {
                case LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } when IsAnyone(variables[0]):
                    sender = source.Declared(variables[0]);
                    break;
                case LocalDeclarationStatementSyntax local when local.Declaration.Variables.All(variable => variable.Initializer is { } initializer && signals.IsStop(initializer.Value)):
                case ReturnStatementSyntax { Expression: null } or EmptyStatementSyntax:
                    break;
                case WhileStatementSyntax loop when source.ConstantOf(loop.Condition) is true || signals.IsStop(loop.Condition):
                    if (!ReadRound(loop.Statement))
                        return false;
                    break;
                case ForStatementSyntax { Initializers.Count: 0 } loop when loop.Condition is null || source.ConstantOf(loop.Condition) is true || signals.IsStop(loop.Condition):
                    if (!ReadRound(loop.Statement))
                        return false;
                    break;
                default:
                    return Remark(statement);
            }
        }

        return data is not null;
    }

    private bool ReadRound(StatementSyntax round)
    {
        var statements = round is BlockSyntax block ? block.Statements.ToList() : [round];
        ISymbol? free = null;
        while (statements.Count > 0 && data is null)
        {
            var first = statements[0];
            switch (first)
            {
                case TryStatementSyntax { Finally: null } attempt when free is null && statements.Count == 1:
                    return source.OnlyTell(attempt.Catches) ? ReadRound(attempt.Block) : Remark(attempt.Catches.First(clause => !clause.Block.Statements.All(source.OnlyTells)).Block);
                case TryStatementSyntax { Finally: null, Block.Statements: { Count: 1 } only } attempt when only[0] is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } && IsReceive(assignment.Right)
                    && source.OnlyTell(attempt.Catches) && attempt.Catches.All(clause => clause.Block.Statements.LastOrDefault() is ReturnStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax):
                    data = source.SymbolOf(assignment.Left);
                    break;
                case LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } when IsAnyone(variables[0]):
                    sender = source.Declared(variables[0]);
                    break;
                case LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } when variables[0].Initializer is null:
                    free = source.Declared(variables[0]);
                    break;
                case LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } when IsReceive(variables[0].Initializer!.Value):
                    data = source.Declared(variables[0]);
                    break;
                case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } when IsReceive(assignment.Right):
                    data = source.SymbolOf(assignment.Left);
                    break;
                case IfStatementSyntax { Else: null } guard when signals.IsStop(guard.Condition) && guard.Statement.DescendantNodesAndSelf().OfType<StatementSyntax>().All(part => part is BlockSyntax or BreakStatementSyntax or ReturnStatementSyntax):
                case EmptyStatementSyntax:
                    break;
                default:
                    return Remark(first);
            }

            statements.RemoveAt(0);
        }

        answer.AddRange(statements);
        return data is ILocalSymbol;
    }

    private bool IsAnyone(VariableDeclaratorSyntax variable) => variable.Initializer?.Value is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 2 } made
        && source.TypeOf(made)?.Name == "IPEndPoint" && made.ArgumentList!.Arguments[0].ToString().EndsWith("Any", StringComparison.Ordinal);

    private bool IsReceive(ExpressionSyntax expression)
    {
        if (AgentSource.CallIn(AgentSource.Awaited(expression)) is not ("Receive" or "ReceiveAsync", { } receiver, { } call) || !socket.IsListener(receiver) || AgentSource.Awaited(expression) == expression && call.Expression.ToString().EndsWith("Async", StringComparison.Ordinal))
            return false;
        isPacket = call.Expression.ToString().EndsWith("Async", StringComparison.Ordinal);
        return true;
    }

    private bool ReadAnswer()
    {
        var sends = new List<StatementSyntax>();
        foreach (var node in answer.SelectMany(statement => statement.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))))
        {
            switch (node)
            {
                case ExpressionStatementSyntax { Expression: var expression } send when AgentSource.CallIn(AgentSource.Awaited(expression)) is ("Send" or "SendAsync", { } receiver, { } call) && socket.IsListener(receiver):
                    if (BytesOf(call) is not { } bytes || !IsLast(send))
                        return Doubt("it does not send one answer to each sender and then receive again");
                    sends.Add(send);
                    changes.Add(new TextChange(send.Span, $"return {bytes.WithoutTrivia()};"));
                    break;
                case ReturnStatementSyntax or GotoStatementSyntax or YieldStatementSyntax:
                case BreakStatementSyntax jump when !Around(jump).Any(part => IsLoop(part) || part is SwitchStatementSyntax):
                    return Doubt("a datagram may end the loop");
                case ContinueStatementSyntax jump when !Around(jump).Any(IsLoop):
                    changes.Add(new TextChange(jump.Span, "return null;"));
                    break;
                case AwaitExpressionSyntax wait when !sends.Any(send => send.Contains(wait)):
                    isAsync = true;
                    break;
            }
        }

        foreach (var name in answer.SelectMany(statement => statement.DescendantNodes()).OfType<SimpleNameSyntax>().Where(name => !sends.Any(send => send.Contains(name) && !changes.Any(change => change.Span == send.Span && change.NewText!.Contains(name.Identifier.ValueText)))))
        {
            var symbol = source.SymbolOf(name);
            if (symbol is not null && SymbolEqualityComparer.Default.Equals(symbol, socket.Holder) && !sends.Any(send => send.Contains(name)))
                return Doubt($"it uses {name} for more than to receive and to answer");
            if (symbol is ILocalSymbol or IParameterSymbol && !SymbolEqualityComparer.Default.Equals(symbol, data) && !SymbolEqualityComparer.Default.Equals(symbol, sender) && !SymbolEqualityComparer.Default.Equals(symbol, socket.Holder)
                && !answer.Any(statement => symbol.DeclaringSyntaxReferences.Any(part => part.SyntaxTree == statement.SyntaxTree && statement.Span.Contains(part.Span))))
            {
                return Doubt($"its answers depend on {symbol.Name}, which the loop keeps between datagrams");
            }
        }

        return answer.Count > 0 || Doubt("it does nothing with what it receives");
    }

    // udp.Send(bytes, bytes.Length, from), socket.Send(bytes, from), await udp.SendAsync(bytes, bytes.Length, packet.RemoteEndPoint)
    private ExpressionSyntax? BytesOf(InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        if (arguments.Count is < 2 or > 3 || source.TypeOf(arguments[0].Expression) is not IArrayTypeSymbol)
            return null;
        var bytes = arguments[0].Expression;
        var isWhole = arguments.Count == 2 || arguments[1].Expression.ToString() == bytes + ".Length";
        var to = arguments[arguments.Count - 1].Expression;
        var isSender = isPacket
            ? to is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "RemoteEndPoint", Expression: var packet } && SymbolEqualityComparer.Default.Equals(source.SymbolOf(packet), data)
            : sender is not null && SymbolEqualityComparer.Default.Equals(source.SymbolOf(to), sender);
        return isWhole && isSender ? bytes : null;
    }

    private IEnumerable<SyntaxNode> Around(SyntaxNode node) => node.Ancestors().TakeWhile(parent => answer.Any(statement => statement == parent || statement.Contains(parent)));

    private static bool IsLoop(SyntaxNode node) => node is WhileStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax or ForStatementSyntax;

    private bool IsLast(StatementSyntax statement)
    {
        while (true)
        {
            var siblings = answer.Contains(statement) ? answer : statement.Parent is BlockSyntax block ? [.. block.Statements] : new List<StatementSyntax> { statement };
            if (siblings.IndexOf(statement) + 1 < siblings.Count)
                return false;
            if (answer.Contains(statement))
                return true;
            statement = statement.Ancestors().OfType<StatementSyntax>().First();
            if (IsLoop(statement) || statement is SwitchStatementSyntax or TryStatementSyntax)
                return false;
        }
    }

    private bool Write(AgentDraft draft, EndpointNames names, StatementSyntax anchor)
    {
        if (AnswerText.Of(answer, changes, source.Agent.Style.Unit) is not { } text)
            return Doubt("a text over several lines stands in its answers");
        var (comments, documentation, moved) = removal.Comments();
        if (removal.Reason is not null)
            return Doubt(removal.Reason);
        if (documentation.Any(one => one.Contains("<param") || one.Contains("<returns")))
            return Doubt("the documentation of its parameters would be lost");
        comments = [.. comments.Where(comment => !text.Contains(comment))];
        if (answer[answer.Count - 1] is not ExpressionStatementSyntax last || !changes.Any(change => change.Span == last.Span))
            text += "\nreturn null;";
        var request = text.Contains("datagram") ? "received" : "datagram";
        var head = Variables(request);
        var bytes = source.ModelOf(anchor).GetNullableContext(anchor.SpanStart).AnnotationsEnabled() ? "byte[]?" : "byte[]";
        var name = source.Agent.FreeName(isAsync ? "AnswerDatagramAsync" : "AnswerDatagram", draft.NewNames);
        var header = isAsync ? $"private async ValueTask<{bytes}> {name}(AgentDatagram {request}, CancellationToken cancellationToken)" : $"private {bytes} {name}(AgentDatagram {request})";
        var body = string.Join("\n", (head + text).Split('\n').Select(line => line.Length == 0 ? line : "    " + line));
        var above = documentation.Select(comment => string.Join("\n", comment.Split('\n').Select(line => line.Trim())) + "\n");
        foreach (var statement in answer)
            draft.AddUsingsOf(source.Agent, statement);
        draft.AddMember($"{string.Concat(above)}{header}\n{{\n{body}\n}}");
        var style = source.Agent.Style;
        var indent = SourceStyle.IndentOf(anchor.SyntaxTree.GetText(), anchor.SpanStart);
        var call = $"ListenDatagrams(\"{names.Next("requests")}\", {name}, defaults: EndpointOptions.WithoutLimits({socket.Address(draft)}));";
        socket.Retype(draft);
        removal.Apply(draft, anchor, string.Concat(comments.Append(call).Select(line => indent + line.Replace("\r\n", "\n").Replace("\n", style.NewLine) + style.NewLine)), moved);
        draft.AddUsing(anchor.SyntaxTree, "AgentLift.Runtime", "EndpointOptions");
        draft.AddUsing(source.Agent.Declaration.SyntaxTree, "AgentLift.Runtime", "AgentDatagram");
        if (isAsync)
            draft.AddUsing(source.Agent.Declaration.SyntaxTree, "System.Threading.Tasks", "ValueTask");
        return true;
    }

    // The variables that the code knows, from what the endpoint gives.
    private string Variables(string request)
    {
        var used = answer.SelectMany(statement => statement.DescendantNodes()).OfType<SimpleNameSyntax>().ToList();
        bool Uses(ISymbol? symbol) => symbol is not null && used.Any(name => SymbolEqualityComparer.Default.Equals(source.SymbolOf(name), symbol) && !changes.Any(change => change.Span.Contains(name.Span) && !change.NewText!.Contains(symbol.Name)));
        var lines = new List<string>();
        if (Uses(data))
            lines.Add(isPacket ? $"var {data!.Name} = new UdpReceiveResult({request}.Data.ToArray(), {request}.Sender);" : $"var {data!.Name} = {request}.Data.ToArray();");
        if (Uses(sender))
            lines.Add($"var {sender!.Name} = {request}.Sender;");
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private bool Remark(SyntaxNode node) => Doubt($"its loop does more than to receive and to answer: {string.Join(" ", node.ToString().Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Take(8))}");

    private bool Doubt(string reason)
    {
        Reason ??= reason;
        return false;
    }
}
