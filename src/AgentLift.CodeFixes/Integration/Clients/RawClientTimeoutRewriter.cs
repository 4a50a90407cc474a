using System.Collections.Immutable;
using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Clients;

/// <summary>
/// AGL3002: a client that would wait for ever gets a limit. A synchronous one gets it where it is made, for sending and, where it asks and waits for an
/// answer, for receiving; an asynchronous connect gets it where it is awaited.
/// </summary>
internal sealed class RawClientTimeoutRewriter : IRewriter
{
    private const string Milliseconds = "PeerTimeoutMilliseconds";

    public ImmutableArray<string> RuleIds { get; } = [Core.Rules.RuleIds.RawClientWithoutTimeout];

    public string Title => "Limit the waits of '{0}' for its peers to 30 seconds; a call that hung now throws";

    public bool Concerns(AgentSigns agent) => agent.Shows(RuleIds);

    public Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        var found = agent.EvidenceOf(Core.Rules.RuleIds.RawClientWithoutTimeout).ToList();
        if (found.Count == 0)
            return Task.CompletedTask;
        var source = new AgentSource(agent);
        var limit = agent.Type.GetMembers(Milliseconds).FirstOrDefault() is IFieldSymbol { HasConstantValue: true } ? Milliseconds : agent.FreeName(Milliseconds, draft.NewNames);
        var isUsed = false;
        var limited = new HashSet<SyntaxNode>();
        foreach (var evidence in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Rewrite(source, draft, evidence.Node, limit, limited) is { } reason)
                draft.Refuse(evidence, reason);
            else
                isUsed = true;
        }

        if (isUsed && agent.Type.GetMembers(limit).IsEmpty)
            draft.AddMember($"/// <summary>How long a peer may take to answer; 30 seconds, unless somebody knows better.</summary>\nprivate const int {limit} = 30_000;");
        return Task.CompletedTask;
    }

    /// <returns>Why the call stays; <see langword="null"/> where it is rewritten.</returns>
    private static string? Rewrite(AgentSource source, AgentDraft draft, SyntaxNode node, string limit, HashSet<SyntaxNode> limited)
    {
        if (node.FirstAncestorOrSelf<ExpressionSyntax>(part => part is BaseObjectCreationExpressionSyntax or InvocationExpressionSyntax) is not { } call)
            return "it is no plain call";
        if (call is BaseObjectCreationExpressionSyntax creation)
            return Limit(source, draft, creation, limit, limited);
        if (AgentSource.CallIn(call) is not var (name, receiver, connect) || receiver is null)
            return "it is no plain call";
        if (name == "ConnectAsync")
            return LimitAwait(source, draft, connect, limit);
        if (HolderOf(source, receiver) is not { } holder)
            return "the client is not kept in a field or variable of its own";
        var creations = CreationsOf(source, holder).ToList();
        if (creations.Count == 0)
            return $"where {holder.Name} is made is not known here";
        return creations.Select(made => Limit(source, draft, made, limit, limited)).FirstOrDefault(reason => reason is not null);
    }

    private static ISymbol? HolderOf(AgentSource source, ExpressionSyntax receiver) => source.SymbolOf(receiver) is IFieldSymbol or ILocalSymbol ? source.SymbolOf(receiver) : null;

    private static IEnumerable<BaseObjectCreationExpressionSyntax> CreationsOf(AgentSource source, ISymbol holder)
    {
        if (holder.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax initial })
            yield return initial;
        foreach (var reference in source.ReferencesTo(holder))
        {
            if (source.Whole(reference).Parent is AssignmentExpressionSyntax { Right: BaseObjectCreationExpressionSyntax made } assignment && assignment.Left == source.Whole(reference))
                yield return made;
        }
    }

    // new TcpClient() { ReceiveTimeout = ..., SendTimeout = ... }
    private static string? Limit(AgentSource source, AgentDraft draft, BaseObjectCreationExpressionSyntax creation, string limit, HashSet<SyntaxNode> limited)
    {
        if (ListensIn(source, creation))
            return "it reads for as long as its connection lives, which may be silent for long and still be well: give it a limit by hand that fits its peer";
        if (!limited.Add(creation))
            return null;
        if (source.TypeOf(creation)?.Name is not ("TcpClient" or "Socket"))
            return "it is a client of another kind";

        // A connection that is kept may be silent for long, and still be well.
        var isKept = creation.Parent is AssignmentExpressionSyntax assignment ? source.SymbolOf(assignment.Left) is IFieldSymbol or IPropertySymbol : AgentSource.MemberAround(creation) is FieldDeclarationSyntax or PropertyDeclarationSyntax;
        isKept |= UsesOf(source, creation).Any(use => use.Parent is ReturnStatementSyntax || (use.Parent is AssignmentExpressionSyntax kept && kept.Right == use && source.SymbolOf(kept.Left) is IFieldSymbol or IPropertySymbol));
        var settings = isKept ? $"SendTimeout = {limit}" : $"ReceiveTimeout = {limit}, SendTimeout = {limit}";
        if (creation.Initializer is { } initializer)
        {
            if (initializer.Expressions.Count == 0)
                return "its initialiser is empty: take it out first";
            draft.Insert(creation.SyntaxTree, initializer.Expressions[initializer.Expressions.Count - 1].Span.End, ", " + settings);
            return null;
        }

        draft.Insert(creation.SyntaxTree, creation.Span.End, $" {{ {settings} }}");
        return null;
    }

    // A loop behind it that reads and never writes waits for what its peer has to tell. One that gathers an answer returns it.
    private static bool ListensIn(AgentSource source, BaseObjectCreationExpressionSyntax creation)
    {
        if (LocalOf(source, creation) is null || AgentSource.FunctionAround(creation) is not { } function || Returns(function))
            return false;
        return function.DescendantNodes().Where(node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax && !node.Span.Contains(creation.Span) && node.SpanStart > creation.SpanStart)
            .Any(loop => Calls(loop, "Read", "Receive") && !Calls(loop, "Write", "Send"));
    }

    private static bool Returns(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.ReturnType.ToString() is not ("void" or "Task" or "ValueTask"),
        LocalFunctionStatementSyntax local => local.ReturnType.ToString() is not ("void" or "Task" or "ValueTask"),
        _ => false,
    };

    private static bool Calls(SyntaxNode loop, params string[] verbs) => loop.DescendantNodes().OfType<InvocationExpressionSyntax>()
        .Any(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } && verbs.Any(verb => name.StartsWith(verb, StringComparison.Ordinal)));

    private static ILocalSymbol? LocalOf(AgentSource source, BaseObjectCreationExpressionSyntax creation) => creation.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } => source.Declared(declarator) as ILocalSymbol,
        AssignmentExpressionSyntax assignment => source.SymbolOf(assignment.Left) as ILocalSymbol,
        _ => null,
    };

    private static IEnumerable<ExpressionSyntax> UsesOf(AgentSource source, BaseObjectCreationExpressionSyntax creation) =>
        LocalOf(source, creation) is { } local ? source.ReferencesTo(local) : [];

    // await client.ConnectAsync(host, port).WaitAsync(limit)
    private static string? LimitAwait(AgentSource source, AgentDraft draft, InvocationExpressionSyntax connect, string limit)
    {
        if ((source.SymbolOf(connect) as IMethodSymbol)?.ReturnType is not { Name: "Task" })
            return "its connect returns no task that a limit can be put on";
        var user = connect.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured } ? configured.Parent : connect.Parent;
        if (user is not AwaitExpressionSyntax wait)
            return "its connect is not awaited on the spot";
        foreach (var attempt in wait.Ancestors().TakeWhile(node => node is not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<TryStatementSyntax>())
        {
            if (attempt.Block.Span.Contains(wait.Span) && attempt.Catches.Count > 0
                && !attempt.Catches.Any(clause => clause.Declaration is null || source.ModelOf(clause).GetTypeInfo(clause.Declaration.Type).Type?.Name is "Exception" or "TimeoutException" || clause.Filter is not null && clause.Filter.ToString().Contains("TimeoutException")))
            {
                return "what catches its failed connects would not catch a TimeoutException: let it, first";
            }
        }

        draft.Insert(connect.SyntaxTree, connect.Span.End, $".WaitAsync(TimeSpan.FromMilliseconds({limit}))");
        draft.AddUsing(connect.SyntaxTree, "System", "TimeSpan");
        return null;
    }
}
