using AgentLift.Core.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Facts;

/// <summary>A listener that the type makes itself.</summary>
/// <param name="Operation">The operation that shows it: the construction, or the bind of a socket.</param>
/// <param name="Scope">Where that stands.</param>
/// <param name="StoredIn">The field, property or local that holds it, if any.</param>
internal sealed record OwnListener(IOperation Operation, Scope Scope, ISymbol? StoredIn);

/// <summary>Finds out what a type does with its sockets.</summary>
internal static class SocketUse
{
    /// <summary>Listeners made here. Not those passed in, and not those that a method makes and drops without receiving anything.</summary>
    public static IEnumerable<OwnListener> OwnListeners(TypeFacts facts)
    {
        foreach (var creation in facts.Creations)
        {
            var listens = creation.Type.Known switch
            {
                KnownType.TcpListener or KnownType.HttpListener => true,
                KnownType.UdpClient => BindsOnConstruction(facts.Knowledge, creation.Operation),
                _ => false,
            };
            if (listens && Listener(facts, creation.Operation, creation.Scope) is { } found)
                yield return found;
        }

        foreach (var call in facts.Calls)
        {
            switch (call.Type.Known, call.Operation.TargetMethod.Name)
            {
                case (KnownType.TcpListener, "Create"):
                    if (Listener(facts, call.Operation, call.Scope) is { } created)
                        yield return created;
                    break;

                case (KnownType.Socket, "Bind"):
                    var holder = BoundSocket(call.Operation.Instance);
                    if (IsMadeHere(facts, holder) && !IsDroppedUnused(facts, call.Scope, holder))
                        yield return new(call.Operation, call.Scope, holder);
                    break;
            }
        }
    }

    /// <summary>Whether a field, property or local gets its value from a construction in this type, and not from a caller.</summary>
    public static bool IsMadeHere(TypeFacts facts, ISymbol? holder) => holder switch
    {
        null or IParameterSymbol => false,
        _ => facts.Creations.Any(creation => Same(creation.Operation.StoredIn(), holder))
            || facts.Calls.Any(call => Same(call.Operation.StoredIn(), holder)),
    };

    /// <summary>The method of BaseAgent that takes a listener over, and closes and counts it.</summary>
    public static bool IsOwn(IMethodSymbol method) => method is { Name: "Own", Parameters.Length: 1, ContainingType.Name: "BaseAgent" };

    /// <summary>Calls on the object that a variable holds.</summary>
    public static IEnumerable<Fact<IInvocationOperation>> CallsOn(TypeFacts facts, ISymbol holder) =>
        facts.Calls.Where(call => Same(Receiver(call.Operation), holder));

    public static bool Same(ISymbol? left, ISymbol? right) => left is not null && SymbolEqualityComparer.Default.Equals(left, right);

    /// <summary>The variable that a call is made on, also through <c>?.</c>.</summary>
    public static ISymbol? Receiver(IInvocationOperation call)
    {
        if (call.Instance is not IConditionalAccessInstanceOperation)
            return call.Instance.ReferencedSymbol();
        for (var parent = call.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IConditionalAccessOperation access)
                return access.Operation.ReferencedSymbol();
        }

        return null;
    }

    // client.Client.Bind(...) binds the socket inside a UdpClient or TcpListener.
    private static ISymbol? BoundSocket(IOperation? instance) =>
        instance?.Unwrapped() is IPropertyReferenceOperation { Property.Name: "Client" or "Server", Instance: { } owner }
            ? owner.ReferencedSymbol()
            : instance.ReferencedSymbol();

    private static bool BindsOnConstruction(CompilationKnowledge knowledge, IObjectCreationOperation client) =>
        client.Arguments.Argument("port") is not null && client.Arguments.Argument("hostname") is null
        || client.Arguments.Any(argument => knowledge.Known(argument.Parameter?.Type) == KnownType.IPEndPoint);

    private static OwnListener? Listener(TypeFacts facts, IOperation operation, Scope scope)
    {
        var holder = operation.StoredIn();
        return IsDroppedUnused(facts, scope, holder) ? null : new OwnListener(operation, scope, holder);
    }

    private static bool IsDroppedUnused(TypeFacts facts, Scope scope, ISymbol? holder) =>
        holder is ILocalSymbol local
        && !IsHandedOn(facts, local)
        && !CallsOn(facts, local).Any(call => Receives(call.Operation.TargetMethod.Name) && !Same(scope.Function, null))
        && (CallsOn(facts, local).Any(call => call.Operation.TargetMethod.Name is "Stop" or "Close" or "Dispose") || IsUsing(facts, local));

    private static bool Receives(string method) =>
        method.Contains("Accept") || method.Contains("Receive") || method.Contains("GetContext");

    // A local that is returned, stored in a field or passed on lives longer than its method.
    private static bool IsHandedOn(TypeFacts facts, ILocalSymbol local) =>
        facts.Writes.Any(write => Same(write.Value.ReferencedSymbol(), local))
        || facts.LocalUses.Any(use => Same(use.Operation.Local, local) && use.Operation.ValueUser() is IReturnOperation or IArgumentOperation);

    private static bool IsUsing(TypeFacts facts, ILocalSymbol local) =>
        facts.Creations.Any(creation => Same(creation.Operation.StoredIn(), local) && creation.Operation.IsUsingResource())
        || facts.Calls.Any(call => Same(call.Operation.StoredIn(), local) && call.Operation.IsUsingResource());
}
