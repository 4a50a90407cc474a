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

    public override IEnumerable<Evidence> Detect(AgentSubject agent)
    {
        var methods = agent.Facts.Members
            .Select(member => member.Member)
            .OfType<IMethodSymbol>()
            .Where(method => method is { MethodKind: MethodKind.Ordinary, IsOverride: false } && IsAboutOwnHealth(agent.Knowledge, method))
            .ToList();
        if (methods.Count > 0)
            return methods.Select(method => At(method));

        return agent.Facts.Members.SelectMany(member => member.Texts)
            .Where(text => text.Operation.ConstantText() is { } value && Requests.Contains(value) && IsCompared(text.Operation))
            .Select(text => At(text.Operation, text.Scope.Function, text.Operation.ConstantText()!));
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
