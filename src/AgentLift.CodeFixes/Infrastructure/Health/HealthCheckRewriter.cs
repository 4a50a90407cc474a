using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Findings;
using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes.Infrastructure.Health;

/// <summary>
/// AGL1002: what the agent asks itself about its health, it also tells the runtime. Assisted: the methods stay, with whoever calls them and what goes over the
/// wire, and a person says what of them is still needed.
/// </summary>
internal sealed class HealthCheckRewriter : IRewriter
{
    private const string Phase = "CheckHealthAsync";
    private const string HealthChecks = "Microsoft.Extensions.Diagnostics.HealthChecks";

    public ImmutableArray<string> RuleIds { get; } = [Core.Rules.RuleIds.HandRolledHealthCheck];

    public string Title => "Let '{0}' tell the runtime of its health";

    public bool Concerns(AgentSigns agent) => agent.Shows(RuleIds);

    public Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        if (!agent.Options.IncludeAssisted)
            return Task.CompletedTask;
        var asked = new List<IMethodSymbol>();
        foreach (var evidence in agent.EvidenceOf(Core.Rules.RuleIds.HandRolledHealthCheck))
        {
            if (Obstacle(agent, draft, evidence) is { } reason)
                draft.Refuse(evidence, reason);
            else
                asked.Add((IMethodSymbol)evidence.Symbol);
        }

        if (asked.Count > 0)
            Write(agent, draft, asked);
        return Task.CompletedTask;
    }

    private static string? Obstacle(AgentCode agent, AgentDraft draft, Evidence evidence)
    {
        if (!draft.IsOnBaseAgent)
            return "nobody asks the agent for its health until it derives from BaseAgent";
        if (agent.Type.GetMembers(Phase).OfType<IMethodSymbol>().Any(method => method.Parameters.Length == 2))
            return $"there is a {Phase} already: let it ask this too";
        if (evidence.Symbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method || evidence.Location != HandWrittenName(evidence, method))
            return "it answers a request: what makes the agent healthy is for a person to say in CheckHealthAsync";
        if (method.Parameters.Any(parameter => parameter.Type.Name != nameof(CancellationToken)))
            return $"{method.Name} writes its answer to somebody: what makes the agent healthy is for a person to say in CheckHealthAsync";
        return Answer(method) is null ? $"{method.Name} does not say yes or no: what makes the agent healthy is for a person to say in CheckHealthAsync" : null;
    }

    private static void Write(AgentCode agent, AgentDraft draft, List<IMethodSymbol> asked)
    {
        var tree = agent.Declaration.SyntaxTree;
        var awaits = asked.Any(method => method.ReturnType.SpecialType != SpecialType.System_Boolean);
        var questions = string.Join(" && ", asked.Select(Answer));
        var said = $"{questions}\n        ? HealthCheckResult.Healthy()\n        : HealthCheckResult.Unhealthy(\"{string.Join(" or ", asked.Select(method => method.Name))} says no.\")";
        draft.AddMember(
            $"protected override {(awaits ? "async " : string.Empty)}ValueTask<HealthCheckResult> {Phase}(HealthCheckContext context, CancellationToken cancellationToken) =>\n    "
            + (awaits ? $"{said};" : $"ValueTask.FromResult({said});"));
        draft.AddUsing(tree, HealthChecks, "HealthCheckResult");
        draft.AddUsing(tree, "System.Threading", nameof(CancellationToken));
        draft.AddUsing(tree, "System.Threading.Tasks", "ValueTask");
    }

    private static string? Answer(IMethodSymbol method)
    {
        var call = $"{method.Name}({(method.Parameters.Length == 1 ? "cancellationToken" : string.Empty)})";
        return method.ReturnType switch
        {
            { SpecialType: SpecialType.System_Boolean } => call,
            INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [{ SpecialType: SpecialType.System_Boolean }] } => "await " + call,
            _ => null,
        };
    }

    private static Location? HandWrittenName(Evidence evidence, IMethodSymbol method) => method.Locations.FirstOrDefault(place => place == evidence.Location);
}
