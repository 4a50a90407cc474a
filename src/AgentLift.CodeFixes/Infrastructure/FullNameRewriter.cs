using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;

namespace AgentLift.CodeFixes.Infrastructure;

/// <summary>Before an agent derives from BaseAgent: types in it that have a name of BaseAgent's get their full name, or the inherited member would be meant.</summary>
internal sealed class FullNameRewriter : IRewriter
{
    public ImmutableArray<string> RuleIds { get; } = [];

    public string Title => "Write names in '{0}' in full that BaseAgent would hide";

    public bool Concerns(AgentSigns agent) => agent.Shows([Core.Rules.RuleIds.NotABaseAgent]);

    public async Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        if (!agent.EvidenceOf(Core.Rules.RuleIds.NotABaseAgent).Any() || (agent.Options.IncludeAssisted && AgentAdapter.Fits(agent)))
            return;
        if (await BaseAgentRewriter.ObstacleAsync(agent, cancellationToken).ConfigureAwait(false) is null)
            HiddenMembers.Qualify(agent, draft);
    }
}
