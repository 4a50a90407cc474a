using System.Collections.Immutable;
using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Listeners;

/// <summary>
/// AGL3001: a plain accept loop that answers lines, or a loop that answers datagrams, becomes an endpoint of BaseAgent with the same address and the same
/// bytes on the wire. Any other listener stays as it is, owned by the agent where a person agrees.
/// </summary>
internal sealed class RawListenerRewriter : IRewriter
{
    private static readonly string[] Sockets = ["System.Net.Sockets.TcpListener", "System.Net.Sockets.Socket", "System.Net.Sockets.UdpClient"];

    public ImmutableArray<string> RuleIds { get; } = [Core.Rules.RuleIds.RawListener];

    public string Title => "Let BaseAgent listen for '{0}'; what a request throws closes its connection and no longer ends a thread";

    public bool Concerns(AgentSigns agent) => agent.Shows(RuleIds) || agent.Mentions(["TcpListener", "Socket", "UdpClient"]);

    public async Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        var evidence = agent.EvidenceOf(Core.Rules.RuleIds.RawListener).ToList();
        var owned = agent.Facts.Creations.Any(creation => Sockets.Contains(creation.Operation.Type?.ToDisplayString()));
        if (evidence.Count == 0 && !owned)
            return;
        if (!agent.IsOnBaseAgent)
        {
            foreach (var one in evidence)
                draft.Refuse(one, "the agent has no endpoints until it derives from BaseAgent");
            return;
        }

        var source = new AgentSource(agent);
        var names = new EndpointNames(source);
        var sockets = Creations(source).Select(creation => new ListenerSocket(source, creation)).ToList();

        // Who else calls what the start calls is a search through the solution, and most sockets are told apart without it.
        var others = sockets.Exists(socket => socket is { Reason: null, AcceptFunction: not null }) ? await OutsideCallers.OfStartAsync(source, cancellationToken).ConfigureAwait(false) : [];
        var launches = new Launches(source, others);
        foreach (var socket in sockets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var creation = socket.Creation;
            var found = evidence.FirstOrDefault(one => IsAbout(source, one, creation, socket));
            if (Rewrite(source, draft, names, launches, socket) is { } reason && found is not null && !(agent.Options.IncludeAssisted && Ownership.TryTake(source, draft, socket)))
                draft.Refuse(found, reason);
            if (found is not null)
                evidence.Remove(found);
        }

        foreach (var one in evidence)
            draft.Refuse(one, "its protocol is its own: serve it with ListenHttp or ListenConnections, by hand");
    }

    private static string? Rewrite(AgentSource source, AgentDraft draft, EndpointNames names, Launches launches, ListenerSocket socket)
    {
        if (socket.Type == "UdpClient")
        {
            var datagrams = new DatagramListener(source, socket, launches);
            return datagrams.TryRewrite(draft, names) ? null : datagrams.Reason;
        }

        var lines = new LineListener(source, socket, launches);
        return lines.TryRewrite(draft, names) ? null : lines.Reason;
    }

    // new TcpListener(...), TcpListener.Create(...) and new Socket(...), in the order of the source.
    private static IEnumerable<ExpressionSyntax> Creations(AgentSource source) => source.Parts.SelectMany(part => part.DescendantNodes(node => node == part || node is not TypeDeclarationSyntax)).OfType<ExpressionSyntax>()
        .Where(expression => expression switch
        {
            BaseObjectCreationExpressionSyntax creation => Sockets.Contains(source.TypeOf(creation)?.ToDisplayString()),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Create" } } call => source.SymbolOf(call) is IMethodSymbol { ContainingType.Name: "TcpListener", IsStatic: true },
            _ => false,
        });

    // A socket is found where it is bound, a listener where it is made.
    private static bool IsAbout(AgentSource source, Evidence evidence, ExpressionSyntax creation, ListenerSocket socket)
    {
        if (evidence.Location.SourceTree == creation.SyntaxTree && evidence.Location.SourceSpan == creation.Span)
            return true;
        return evidence.Node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } && socket.Holder is { } holder
            && SymbolEqualityComparer.Default.Equals(source.SymbolOf(access.Expression), holder);
    }
}
