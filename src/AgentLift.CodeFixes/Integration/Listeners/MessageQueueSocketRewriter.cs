using System.Collections.Immutable;
using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Findings;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Listeners;

/// <summary>
/// AGL3003: a response socket whose loop answers each text with one becomes an endpoint of BaseAgent at the same address. Assisted: its clients must be lifted
/// with it, as what goes over the wire becomes lines. Sockets of all other patterns stay with the thread that made them.
/// </summary>
internal sealed class MessageQueueSocketRewriter : IRewriter
{
    private const string Supported = "NetMQ.Sockets.ResponseSocket";

    public ImmutableArray<string> RuleIds { get; } = [Core.Rules.RuleIds.MessageQueueSocket];

    public string Title => "Let BaseAgent answer lines for '{0}' where a message-queue socket does; its clients must be lifted with it";

    public bool Concerns(AgentSigns agent) => agent.Shows(RuleIds);

    public async Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        var found = agent.EvidenceOf(Core.Rules.RuleIds.MessageQueueSocket).ToList();
        if (!agent.Options.IncludeAssisted || found.Count == 0)
            return;
        if (!agent.IsOnBaseAgent)
        {
            found.ForEach(evidence => draft.Refuse(evidence, "the agent has no endpoints until it derives from BaseAgent"));
            return;
        }

        var source = new AgentSource(agent);
        var names = new EndpointNames(source);
        var launches = new Launches(source, await OutsideCallers.OfStartAsync(source, cancellationToken).ConfigureAwait(false));
        foreach (var evidence in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Rewrite(source, draft, names, launches, evidence) is { } reason)
                draft.Refuse(evidence, reason);
        }
    }

    /// <returns>Why the socket stays; <see langword="null"/> where it does not.</returns>
    private static string? Rewrite(AgentSource source, AgentDraft draft, EndpointNames names, Launches launches, Evidence evidence)
    {
        if (evidence.Node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is not { } creation || !source.IsType(creation, Supported))
            return "only a ResponseSocket that answers each text with one becomes an endpoint: let its exchange go by endpoints and clients of BaseAgent, by hand, on both sides at once";
        var listener = new ReplyListener(source, new ListenerSocket(source, creation), launches);
        return listener.TryRewrite(draft, names) ? null : listener.Reason;
    }
}
