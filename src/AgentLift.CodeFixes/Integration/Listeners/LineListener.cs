using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Integration.Listeners;

/// <summary>
/// Turns one listener with its accept loop, and the code that answers each connection line by line, into <c>ListenLines</c>: same address, same bytes.
/// </summary>
internal sealed class LineListener(AgentSource source, ListenerSocket socket, Launches launches)
{
    private readonly DeadCode removal = new(source);

    /// <summary>Why the listener stays; <see langword="null"/> where it does not.</summary>
    public string? Reason { get; private set; }

    /// <summary>Adds the edits, all of them or none.</summary>
    public bool TryRewrite(AgentDraft draft, EndpointNames names)
    {
        if (socket.Reason is not null)
            return Doubt(socket.Reason);
        if (socket.AcceptFunction is not { } function)
            return Doubt($"{socket.Name} does not accept in a loop of its own");
        var loop = new AcceptLoopReader(source, socket.IsListener);
        loop.Listener.UnionWith(socket.LifeStatements.Where(statement => AgentSource.FunctionAround(statement) == function));
        if (loop.Read(function) is not { } accept)
            return Doubt(loop.Reason ?? "its accept loop is not plain");
        var answer = LineAnswer.Read(source, accept.Serve);
        if (answer.Reason is not null)
            return Doubt(answer.Reason);
        if (accept.IsSequential && (answer.Expression is null || !new Stateless(source).Is(answer.Expression)))
            return Doubt("it serves one connection after the other, and an endpoint serves several at once: its answers share what changes");
        if (launches.Of(function) is not var (launch, launched))
            return Doubt("how its accept loop is started is not known here, or it is started more than once");
        if (Anchor(function, launched) is not { } anchor)
            return false;
        if ((launches.Holds(function) ?? (accept.Server is { } called ? launches.Holds(called.Function) : null) ?? socket.ConditionBeside(anchor, function)) is { } held)
            return Doubt(held);

        removal.Anchor = anchor;
        foreach (var statement in launch.Statements.Concat(socket.LifeStatements).Where(statement => !function.Contains(statement)))
            removal.Add(statement);
        if (function is not AnonymousFunctionExpressionSyntax)
            removal.Add(function);
        if (accept.Server is { Function: MethodDeclarationSyntax server })
            removal.Add(server);
        if (socket.LeavesItsField)
            removal.Add(socket.Declaration!.FirstAncestorOrSelf<FieldDeclarationSyntax>()!);
        removal.Keep(accept.Serve.Answer);
        removal.Keep(socket.AddressArguments);
        removal.AddUnused();
        removal.AddEmptyPhases();
        if (removal.Reason is not null)
            return Doubt(removal.Reason);
        if (socket.References.FirstOrDefault(reference => !removal.Covers(reference) && !socket.IsCreation(reference)) is { } other)
            return Doubt($"{socket.Name} is used for more than to accept: {other.FirstAncestorOrSelf<StatementSyntax>()?.ToString().Split('\n')[0].Trim() ?? other.Parent!.ToString()}");
        return IsGone(launch.Holder) && Write(draft, names, accept.Serve, answer, anchor);
    }

    // Where the listener was made, if that is at the start; else where its loop was started.
    private StatementSyntax? Anchor(SyntaxNode function, StatementSyntax launched)
    {
        if (!launches.IsInStart(AgentSource.FunctionAround(launched)) || launched.Ancestors().TakeWhile(node => node is not MemberDeclarationSyntax).Any(node => node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax))
        {
            Doubt("its accept loop does not begin with the agent's start (OnStartingAsync)");
            return null;
        }

        if (socket.Place is not { } made)
            return launched;
        if (AgentSource.FunctionAround(made) is ConstructorDeclarationSyntax)
        {
            if (!socket.IsBoundToLocals)
                return launched;
            Doubt("it is bound in the constructor, to what only that knows");
            return null;
        }

        if (function.Contains(made))
        {
            if (socket.AddressUsesLocals)
            {
                Doubt("its address is known only within its accept loop");
                return null;
            }

            return launched;
        }

        if (made.Parent == launched.Parent || (launches.IsInStart(AgentSource.FunctionAround(made)) && made.Parent?.Parent is MethodDeclarationSyntax && launched.Parent?.Parent is MethodDeclarationSyntax))
            return made;
        Doubt("it is made in one place and its accept loop is started in another");
        return null;
    }

    private bool Write(AgentDraft draft, EndpointNames names, LineServe serve, LineAnswer answer, StatementSyntax anchor)
    {
        var (comments, documentation, moved) = removal.Comments();
        if (removal.Reason is not null)
            return Doubt(removal.Reason);
        if (documentation.Any(text => text.Contains("<param") || text.Contains("<returns")))
            return Doubt("the documentation of its parameters would be lost");
        var style = source.Agent.Style;
        var tree = anchor.SyntaxTree;
        var argument = documentation.Count == 0 ? Inline(serve, answer, anchor) : null;
        if (argument is null)
        {
            if (answer.Statements() is not { } statements)
                return Doubt("a text over several lines stands in its answers");
            argument = source.Agent.FreeName(answer.IsAsync ? "AnswerLineAsync" : "AnswerLine", draft.NewNames);
            comments = [.. comments.Where(comment => !statements.Contains(comment))];
            draft.AddMember(Method(argument, serve, answer, statements, documentation));
            foreach (var part in removal.Nodes)
                draft.AddUsingsOf(source.Agent, part);
            if (answer.IsAsync)
                AddTaskUsings(draft);
        }

        var call = $"ListenLines(\"{names.Next("requests")}\", {argument}, EndpointOptions.WithoutLimits({socket.Address(draft, anchor)}){(answer.NewLine == "\"\\n\"" ? string.Empty : $", newLine: {answer.NewLine}")});";
        var indent = SourceStyle.IndentOf(tree.GetText(), anchor.SpanStart);
        var lines = comments.Append(call).Select(line => indent + line.Replace("\r\n", "\n").Replace("\n", style.NewLine) + style.NewLine);
        socket.Retype(draft);
        removal.Apply(draft, anchor, string.Concat(lines), moved);
        draft.AddUsing(tree, "AgentLift.Runtime", "EndpointOptions");
        return true;
    }

    // Answer, line => Answer(line) + "!", async (line, token) => await AnswerAsync(line, token)
    private string? Inline(LineServe serve, LineAnswer answer, StatementSyntax anchor)
    {
        if (answer.Expression is not { } value || answer.TextOf(value) is not { } text || text.Contains('\n'))
            return null;
        var taken = AgentSource.FunctionAround(anchor)!.DescendantTokens().Where(token => !removal.Covers(token.Parent!)).Select(token => token.ValueText).ToList();
        var token = serve.Token is { } name && value.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(part => part.Identifier.ValueText == name) ? name : null;
        if (taken.Contains(serve.Line.Name) || (token is not null && taken.Contains(token)))
            return null;
        if (answer.IsAsync)
            return $"async ({serve.Line.Name}, {token ?? "_"}) => {text}";
        if (token is not null)
            return $"({serve.Line.Name}, {token}) => ValueTask.FromResult<string{Nullable(anchor)}>({text})";
        return value is InvocationExpressionSyntax { Expression: SimpleNameSyntax method, ArgumentList.Arguments: { Count: 1 } arguments } && text == value.ToString()
            && arguments[0].ToString() == serve.Line.Name && method is IdentifierNameSyntax && source.Agent.Type.GetMembers(method.Identifier.ValueText).OnlyOrNull() is IMethodSymbol { Parameters.Length: 1 }
                ? method.Identifier.Text
                : $"{serve.Line.Name} => {text}";
    }

    private string Method(string name, LineServe serve, LineAnswer answer, string statements, List<string> documentation)
    {
        var text = "string" + Nullable(serve.Answer[0]);
        var header = answer.IsAsync ? $"private async ValueTask<{text}> {name}(string {serve.Line.Name}, CancellationToken {serve.Token ?? "cancellationToken"})" : $"private {text} {name}(string {serve.Line.Name})";
        return $"{AnswerText.Above(documentation)}{header}\n{{\n{AnswerText.Indented(statements)}\n}}";
    }

    private string Nullable(SyntaxNode place) => source.ModelOf(place).GetNullableContext(place.SpanStart).AnnotationsEnabled() ? "?" : string.Empty;

    private void AddTaskUsings(AgentDraft draft)
    {
        draft.AddUsing(source.Agent.Declaration.SyntaxTree, "System.Threading", nameof(CancellationToken));
        draft.AddUsing(source.Agent.Declaration.SyntaxTree, "System.Threading.Tasks", "ValueTask");
    }

    private bool IsGone(ISymbol? holder)
    {
        if (holder is null || source.ReferencesTo(holder).FirstOrDefault(reference => !removal.Covers(reference)) is not { } other)
            return true;
        return Doubt($"{holder.Name} is used for more than to start and to end it: {other.FirstAncestorOrSelf<StatementSyntax>()?.ToString().Split('\n')[0].Trim() ?? other.Parent!.ToString()}");
    }

    private bool Doubt(string reason)
    {
        Reason ??= reason;
        return false;
    }
}
