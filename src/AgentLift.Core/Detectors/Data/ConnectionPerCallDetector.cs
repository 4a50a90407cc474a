using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Detectors.Data;

/// <summary>AGL5002: a multiplexer, data source or HttpClient made anew for each call.</summary>
internal sealed class ConnectionPerCallDetector() : Detector(RuleIds.ConnectionPerCall)
{
    private static readonly string[] OnceWords = ["start", "run", "init", "initialise", "initialize", "main", "setup", "configure", "open", "create", "build", "ensure"];

    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        foreach (var creation in agent.Facts.Creations)
        {
            if (agent.Knowledge.MakesSharedClient(creation.Operation) && IsPerCall(agent, creation.Operation, creation.Scope))
                found.Add(At(creation.Operation, creation.Operation.StoredIn() ?? creation.Scope.Function, creation.Operation.Type!.Name));
        }

        foreach (var call in agent.Facts.Calls)
        {
            if (agent.Knowledge.MakesSharedClient(call.Operation) && IsPerCall(agent, call.Operation, call.Scope))
                found.Add(At(call.Operation, call.Operation.StoredIn() ?? call.Scope.Function, call.Operation.TargetMethod.ContainingType.Name));
        }
    }

    private static bool IsPerCall(AgentSubject agent, IOperation made, Scope scope)
    {
        var client = Awaited(made);
        var holder = client.StoredIn();
        if (holder is IFieldSymbol or IPropertySymbol || IsReturned(client) || IsAdded(client))
            return false;
        if (holder is ILocalSymbol local && (IsKept(agent, local) || IsGivenToCaller(agent, local)))
            return false;
        return scope.InLoop || !RunsOnce(scope.Function);
    }

    private static IOperation Awaited(IOperation made) => made.User() switch
    {
        IAwaitOperation wait => wait,
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured => Awaited(configured),
        _ => made,
    };

    // A local that becomes a field, or an entry of a table.
    private static bool IsKept(AgentSubject agent, ILocalSymbol local) =>
        agent.Facts.LocalUses.Any(use => SocketUse.Same(use.Operation.Local, local) && (use.Operation.StoredIn() is IFieldSymbol or IPropertySymbol || IsAdded(use.Operation)));

    private static bool IsAdded(IOperation client) =>
        client.User() is IArgumentOperation { Parent: IInvocationOperation call }
        && call.TargetMethod.Name is "Add" or "TryAdd" or "Enqueue" or "Push"
        && call.Instance.ReferencedSymbol() is IFieldSymbol or IPropertySymbol;

    private static bool IsReturned(IOperation client) => client.User() is IReturnOperation;

    // var client = new HttpClient(); ... return client;
    private static bool IsGivenToCaller(AgentSubject agent, ILocalSymbol client) =>
        agent.Facts.LocalUses.Any(use => SocketUse.Same(use.Operation.Local, client) && use.Operation.ValueUser() is IReturnOperation);

    private static bool RunsOnce(ISymbol function) => function switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } => true,
        IMethodSymbol { MethodKind: MethodKind.Ordinary } method => OnceWords.Contains(Discovery.TypeNames.Words(method.Name).FirstOrDefault() ?? string.Empty),
        IFieldSymbol or IPropertySymbol => true,
        _ => false,
    };
}
