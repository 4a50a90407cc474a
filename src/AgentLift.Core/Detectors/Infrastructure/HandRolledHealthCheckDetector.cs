using AgentLift.Core.Discovery;
using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Detectors.Infrastructure;

/// <summary>AGL1002: own health loop, endpoint or method.</summary>
internal sealed class HandRolledHealthCheckDetector() : Detector(RuleIds.HandRolledHealthCheck)
{
    private static readonly HashSet<string> Requests = new(StringComparer.OrdinalIgnoreCase)
    {
        "health", "healthz", "/health", "/healthz", "/health/", "healthcheck", "health-check", "health_check", "/livez", "/readyz", "/health/live", "/health/ready",
    };

    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        // What CheckHealthAsync asks has been handed over; the protocol may go on asking it too.
        var told = agent.BaseAgent is null ? null : agent.Type.GetMembers("CheckHealthAsync").OfType<IMethodSymbol>().FirstOrDefault(method => method.IsOverride);
        var asked = told is null ? null : agent.Facts.Graph.Reach(told);
        var before = found.Count;
        foreach (var member in agent.Facts.Members)
        {
            if (member.Member is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsOverride: false } method && IsAboutOwnHealth(agent.Knowledge, method) && asked?.Contains(method) != true)
                found.Add(At(method));
        }

        // A request for health is answered by such a method, where there is one. An agent whose sockets are the runtime's answers it to keep its protocol.
        if (found.Count > before || told is not null || (agent.IsOnRuntime && !agent.UsesSockets))
            return;
        foreach (var member in agent.Facts.Members)
        {
            foreach (var text in member.Texts)
            {
                if (text.Operation.ConstantText() is { } value && Requests.Contains(value) && IsCompared(text.Operation))
                    found.Add(At(text.Operation, text.Scope.Function, value));
            }
        }
    }

    private static bool IsAboutOwnHealth(CompilationKnowledge knowledge, IMethodSymbol method)
    {
        var words = TypeNames.Words(method.Name).ToList();
        return (words.Any(word => word is "health" or "healthy" or "heartbeat" or "heartbeats" or "liveness" or "readiness")
                || method.Name.Contains("IsAlive") || method.Name.Contains("SelfCheck"))
            && method.Parameters.All(parameter => IsNeutral(knowledge, parameter.Type))
            && !method.ContainingType.AllInterfaces.Any(contract => contract.Name == "IHealthCheck");
    }

    // A parameter of another kind says whose health is meant: somebody else's.
    private static bool IsNeutral(CompilationKnowledge knowledge, ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_Object
        || type.Name is "HttpListenerContext" or "HttpListenerResponse" or "HttpListenerRequest" or "ElapsedEventArgs" or "EventArgs"
        || knowledge.Is(type, KnownType.Stream) || knowledge.Is(type, KnownType.TextWriter)
        || knowledge.Known(type) is KnownType.CancellationToken or KnownType.Socket or KnownType.TcpClient or KnownType.UdpClient or KnownType.IPEndPoint;

    private static bool IsCompared(ILiteralOperation text) => text.User() switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } => true,
        ISingleValueCaseClauseOperation or IConstantPatternOperation => true,
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Equals" or "StartsWith" or "EndsWith" or "Contains" } } => true,
        _ => false,
    };
}
