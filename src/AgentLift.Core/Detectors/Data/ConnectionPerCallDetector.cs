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
        var client = made.User() is IAwaitOperation wait ? wait : made;
        var holder = client.StoredIn();
        if (holder is IFieldSymbol or IPropertySymbol || IsReturned(client))
            return false;
        if (holder is ILocalSymbol local && (IsGivenToCaller(agent, local) || agent.Facts.Writes.Any(write => SocketUse.Same(write.Value.ReferencedSymbol(), local))))
            return false;
        return scope.InLoop || !RunsOnce(scope.Function);
    }

    private static bool IsReturned(IOperation client) => client.User() is IReturnOperation;

    // var client = new HttpClient(); ... return client;
    private static bool IsGivenToCaller(AgentSubject agent, ILocalSymbol client) =>
        agent.Facts.Members.SelectMany(member => member.Blocks).SelectMany(block => block.Descendants()).Any(operation =>
            operation is IReturnOperation { ReturnedValue: { } returned } && SocketUse.Same(returned.ReferencedSymbol(), client));

    private static bool RunsOnce(ISymbol function) => function switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } => true,
        IMethodSymbol { MethodKind: MethodKind.Ordinary } method => OnceWords.Contains(Discovery.TypeNames.Words(method.Name).FirstOrDefault() ?? string.Empty),
        IFieldSymbol or IPropertySymbol => true,
        _ => false,
    };
}
