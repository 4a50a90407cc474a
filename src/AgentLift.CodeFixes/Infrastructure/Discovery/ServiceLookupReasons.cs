using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;

namespace AgentLift.CodeFixes.Infrastructure.Discovery;

/// <summary>AGL1006: nothing sound can be written, because the other side must enter itself first; says so at each table.</summary>
internal sealed class ServiceLookupReasons : IRewriter
{
    public ImmutableArray<string> RuleIds { get; } = [];

    public string Title => "Look agents up for '{0}' in the directory";

    public bool Concerns(AgentSigns agent) => agent.Shows([Core.Rules.RuleIds.HandRolledServiceLookup]);

    public Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        foreach (var evidence in agent.EvidenceOf(Core.Rules.RuleIds.HandRolledServiceLookup))
            draft.Refuse(evidence, $"whether the agents in {evidence.Symbol.Name} enter themselves in the directory cannot be seen from here: lift them, then look them up in IAgentDirectory");
        return Task.CompletedTask;
    }
}
