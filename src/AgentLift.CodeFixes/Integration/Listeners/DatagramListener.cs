using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Integration.Listeners;

/// <summary>Turns a loop that receives datagrams and answers each with at most one, to its sender, into <c>ListenDatagrams</c>.</summary>
internal sealed class DatagramListener(AgentSource source, ListenerSocket socket, Launches launches) : ReceivingListener(source, socket, launches)
{
    private ISymbol? sender;
    private bool isPacket;

    protected override bool IsPrelude(StatementSyntax statement)
    {
        if (statement is not LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } || !IsAnyone(variables[0]))
            return false;
        sender = Source.Declared(variables[0]);
        return true;
    }

    protected override bool ReadRound(StatementSyntax round)
    {
        var statements = round is BlockSyntax block ? block.Statements.ToList() : [round];
        ISymbol? free = null;
        while (statements.Count > 0 && Data is null)
        {
            var first = statements[0];
            switch (first)
            {
                case TryStatementSyntax { Finally: null } attempt when free is null && statements.Count == 1:
                    return Source.OnlyTell(attempt.Catches) ? ReadRound(attempt.Block) : Remark(attempt.Catches.First(clause => !clause.Block.Statements.All(Source.OnlyTells)).Block);
                case TryStatementSyntax { Finally: null, Block.Statements: { Count: 1 } only } attempt when only[0] is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } && IsReceive(assignment.Right)
                    && Source.OnlyTell(attempt.Catches) && attempt.Catches.All(clause => clause.Block.Statements.LastOrDefault() is ReturnStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax):
                    Data = Source.SymbolOf(assignment.Left);
                    break;
                case LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } when IsAnyone(variables[0]):
                    sender = Source.Declared(variables[0]);
                    break;
                case LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } when variables[0].Initializer is null:
                    free = Source.Declared(variables[0]);
                    break;
                case LocalDeclarationStatementSyntax { Declaration.Variables: { Count: 1 } variables } when IsReceive(variables[0].Initializer!.Value):
                    Data = Source.Declared(variables[0]);
                    break;
                case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } when assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && IsReceive(assignment.Right):
                    Data = Source.SymbolOf(assignment.Left);
                    break;
                case var _ when IsGuard(first):
                case EmptyStatementSyntax:
                    break;
                default:
                    return Remark(first);
            }

            statements.RemoveAt(0);
        }

        Answer.AddRange(statements);
        return IsOfLoop(Data);
    }

    private bool IsAnyone(VariableDeclaratorSyntax variable) => variable.Initializer?.Value is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 2 } made
        && Source.TypeOf(made)?.Name == "IPEndPoint" && made.ArgumentList!.Arguments[0].ToString().EndsWith("Any", StringComparison.Ordinal);

    private bool IsReceive(ExpressionSyntax expression)
    {
        if (AgentSource.CallIn(AgentSource.Awaited(expression)) is not ("Receive" or "ReceiveAsync", { } receiver, { } call) || !Socket.IsListener(receiver) || AgentSource.Awaited(expression) == expression && call.Expression.ToString().EndsWith("Async", StringComparison.Ordinal))
            return false;
        isPacket = call.Expression.ToString().EndsWith("Async", StringComparison.Ordinal);
        return true;
    }

    protected override bool ReadAnswer()
    {
        var sends = new List<StatementSyntax>();
        foreach (var node in Answer.SelectMany(statement => statement.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))))
        {
            switch (node)
            {
                case ExpressionStatementSyntax { Expression: var expression } send when AgentSource.CallIn(AgentSource.Awaited(expression)) is ("Send" or "SendAsync", { } receiver, { } call) && Socket.IsListener(receiver):
                    if (BytesOf(call) is not { } bytes || !IsLast(send))
                        return Doubt("it does not send one answer to each sender and then receive again");
                    sends.Add(send);
                    Changes.Add(new TextChange(send.Span, $"return {bytes.WithoutTrivia()};"));
                    break;
                case ReturnStatementSyntax or GotoStatementSyntax or YieldStatementSyntax:
                case BreakStatementSyntax jump when !Around(jump).Any(part => IsLoop(part) || part is SwitchStatementSyntax):
                    return Doubt("a datagram may end the loop");
                case ContinueStatementSyntax jump when !Around(jump).Any(IsLoop):
                    Changes.Add(new TextChange(jump.Span, "return null;"));
                    break;
                case var _ when Awaits(node) && !sends.Any(send => send.Contains(node)):
                    IsAsync = true;
                    break;
            }
        }

        foreach (var name in Answer.SelectMany(statement => statement.DescendantNodes()).OfType<SimpleNameSyntax>().Where(name => !sends.Any(send => send.Contains(name) && !Changes.Any(change => change.Span == send.Span && change.NewText!.Contains(name.Identifier.ValueText)))))
        {
            var symbol = Source.SymbolOf(name);
            if (symbol is not null && SymbolEqualityComparer.Default.Equals(symbol, Socket.Holder) && !sends.Any(send => send.Contains(name)))
                return Doubt($"it uses {name} for more than to receive and to answer");
            if (symbol is ILocalSymbol or IParameterSymbol && !SymbolEqualityComparer.Default.Equals(symbol, Data) && !SymbolEqualityComparer.Default.Equals(symbol, sender) && !SymbolEqualityComparer.Default.Equals(symbol, Socket.Holder)
                && !IsOfAnswer(symbol))
            {
                return Doubt($"its answers depend on {symbol.Name}, which the loop keeps between datagrams");
            }
        }

        if (TiedTo(Answer.SelectMany(statement => statement.DescendantNodes()).OfType<SimpleNameSyntax>()) is { } tie)
            return Doubt(tie);
        return Answer.Count > 0 || Doubt("it does nothing with what it receives");
    }

    // udp.Send(bytes, bytes.Length, from), socket.Send(bytes, from), await udp.SendAsync(bytes, bytes.Length, packet.RemoteEndPoint)
    private ExpressionSyntax? BytesOf(InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList.Arguments;
        if (arguments.Count is < 2 or > 3 || Source.TypeOf(arguments[0].Expression) is not IArrayTypeSymbol)
            return null;
        var bytes = arguments[0].Expression;
        var isWhole = arguments.Count == 2 || arguments[1].Expression.ToString() == bytes + ".Length";
        var to = arguments[arguments.Count - 1].Expression;
        var isSender = isPacket
            ? to is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "RemoteEndPoint", Expression: var packet } && SymbolEqualityComparer.Default.Equals(Source.SymbolOf(packet), Data)
            : sender is not null && SymbolEqualityComparer.Default.Equals(Source.SymbolOf(to), sender);
        return isWhole && isSender ? bytes : null;
    }

    private bool IsLast(StatementSyntax statement)
    {
        while (true)
        {
            var siblings = SiblingsOf(statement);
            if (siblings.IndexOf(statement) + 1 < siblings.Count)
                return false;
            if (Answer.Contains(statement))
                return true;
            statement = statement.Ancestors().OfType<StatementSyntax>().First();
            if (IsLoop(statement) || statement is SwitchStatementSyntax or TryStatementSyntax)
                return false;
        }
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
        if (Answer[Answer.Count - 1] is not ExpressionStatementSyntax last || !Changes.Any(change => change.Span == last.Span))
            text += "\nreturn null;";
        var request = text.Contains("datagram") ? "received" : "datagram";
        var head = Variables(request);
        var bytes = Source.ModelOf(anchor).GetNullableContext(anchor.SpanStart).AnnotationsEnabled() ? "byte[]?" : "byte[]";
        var name = Source.Agent.FreeName(IsAsync ? "AnswerDatagramAsync" : "AnswerDatagram", draft.NewNames);
        var header = IsAsync ? $"private async ValueTask<{bytes}> {name}(AgentDatagram {request}, CancellationToken cancellationToken)" : $"private {bytes} {name}(AgentDatagram {request})";
        foreach (var statement in Answer)
            draft.AddUsingsOf(Source.Agent, statement);
        draft.AddMember($"{AnswerText.Above(documentation)}{header}\n{{\n{AnswerText.Indented(head + text)}\n}}");
        var style = Source.Agent.Style;
        var indent = SourceStyle.IndentOf(anchor.SyntaxTree.GetText(), anchor.SpanStart);
        var call = $"ListenDatagrams(\"{names.Next("requests")}\", {name}, defaults: EndpointOptions.WithoutLimits({Socket.Address(draft, anchor)}));";
        Socket.Retype(draft);
        Removal.Apply(draft, anchor, string.Concat(comments.Append(call).Select(line => indent + line.Replace("\r\n", "\n").Replace("\n", style.NewLine) + style.NewLine)), moved);
        draft.AddUsing(anchor.SyntaxTree, "AgentLift.Runtime", "EndpointOptions");
        draft.AddUsing(Source.Agent.Declaration.SyntaxTree, "AgentLift.Runtime", "AgentDatagram");
        if (IsAsync)
            draft.AddUsing(Source.Agent.Declaration.SyntaxTree, "System.Threading.Tasks", "ValueTask");
        return true;
    }

    // The variables that the code knows, from what the endpoint gives.
    private string Variables(string request)
    {
        var used = Answer.SelectMany(statement => statement.DescendantNodes()).OfType<SimpleNameSyntax>().ToList();
        bool Uses(ISymbol? symbol) => symbol is not null && used.Any(name => SymbolEqualityComparer.Default.Equals(Source.SymbolOf(name), symbol) && !Changes.Any(change => change.Span.Contains(name.Span) && !change.NewText!.Contains(symbol.Name)));
        var lines = new List<string>();
        if (Uses(Data))
            lines.Add(isPacket ? $"var {Written(Data!.Name)} = new UdpReceiveResult({request}.Data.ToArray(), {request}.Sender);" : $"var {Written(Data!.Name)} = {request}.Data.ToArray();");
        if (Uses(sender))
            lines.Add($"var {Written(sender!.Name)} = {request}.Sender;");
        return string.Concat(lines.Select(line => line + "\n"));
    }
}
