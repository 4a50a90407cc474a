using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Detectors.Data;

/// <summary>AGL5002: a multiplexer, data source or HttpClient made anew for each call.</summary>
internal sealed class ConnectionPerCallDetector() : Detector(RuleIds.ConnectionPerCall)
{
    private static readonly string[] OnceWords = ["start", "run", "init", "initialise", "initialize", "main", "setup", "configure", "open", "create", "build", "ensure"];

    public override IEnumerable<Evidence> Detect(AgentSubject agent)
    {
        foreach (var creation in agent.Facts.Creations)
        {
            if (agent.Knowledge.MakesSharedClient(creation.Operation) && IsPerCall(agent, creation.Operation, creation.Scope))
                yield return At(creation.Operation, creation.Operation.StoredIn() ?? creation.Scope.Function, creation.Operation.Type!.Name);
        }

        foreach (var call in agent.Facts.Calls)
        {
            if (agent.Knowledge.MakesSharedClient(call.Operation) && IsPerCall(agent, call.Operation, call.Scope))
                yield return At(call.Operation, call.Operation.StoredIn() ?? call.Scope.Function, call.Operation.TargetMethod.ContainingType.Name);
        }
    }

    private static bool IsPerCall(AgentSubject agent, IOperation made, Scope scope)
    {
        var client = Awaited(made);
        var holder = client.StoredIn();
        if (holder is IFieldSymbol or IPropertySymbol || IsReturned(client))
            return false;
        if (holder is ILocalSymbol local && agent.Facts.Writes.Any(write => SocketUse.Same(write.Value.ReferencedSymbol(), local)))
            return false;
        return scope.InLoop || !RunsOnce(scope.Function);
    }

    private static IOperation Awaited(IOperation made) => made.User() switch
    {
        Microsoft.CodeAnalysis.Operations.IAwaitOperation wait => wait,
        Microsoft.CodeAnalysis.Operations.IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured => Awaited(configured),
        _ => made,
    };

    private static bool IsReturned(IOperation client) => client.User() is Microsoft.CodeAnalysis.Operations.IReturnOperation;

    private static bool RunsOnce(ISymbol function) => function switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } => true,
        IMethodSymbol { MethodKind: MethodKind.Ordinary } method => OnceWords.Contains(Discovery.TypeNames.Words(method.Name).FirstOrDefault() ?? string.Empty),
        IFieldSymbol or IPropertySymbol => true,
        _ => false,
    };
}
