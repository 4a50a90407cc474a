using AgentLift.Core.Facts;
using AgentLift.Core.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Discovery;

/// <summary>Classes that implement sockets, threads or schedulers for others, or that live as long as one connection.</summary>
internal static class LibraryAbstraction
{
    private static readonly string[] Endings =
    [
        "Pool", "Scheduler", "Dispatcher", "Socket", "Listener", "Transport", "Connection", "Channel", "Stream", "Pipe", "Queue", "Executor", "Thread",
        "Client", "Session", "Timer", "Factory", "Builder", "Extensions", "Cache", "Buffer", "Reader", "Writer", "Context", "Collection", "Lock",
        "Scope", "Task", "Operation", "Request", "Command", "Transaction", "Device",
        "Throttler", "Debouncer", "Limiter", "Adapter", "Protocol", "Driver", "Handler", "Wrapper", "Base", "Tests", "Test", "Fixture", "Benchmark", "Benchmarks", "Sample", "Samples", "Example", "Examples",
    ];

    public static bool Looks(TypeFacts facts, bool hasAgentSuffix) =>
        (!hasAgentSuffix && (facts.Type.IsGenericType || Endings.Any(ending => facts.Type.Name.EndsWith(ending, StringComparison.Ordinal))))
        || facts.Type.InstanceConstructors.Any(constructor => constructor.Parameters.Any(parameter => IsConnection(facts.Knowledge, parameter.Type)))
        || RunsCallersWork(facts);

    private static bool IsConnection(CompilationKnowledge knowledge, ITypeSymbol type) =>
        knowledge.Known(type) is KnownType.Socket or KnownType.TcpClient or KnownType.NetworkStream or KnownType.Stream
        || type.Name is "WebSocket" or "SslStream" or "IDuplexPipe" or "ConnectionContext" or "HttpListenerContext";

    // A loop that runs what callers hand in: a queue of delegates, or a delegate given to a public member.
    private static bool RunsCallersWork(TypeFacts facts)
    {
        var bodies = facts.Background.Where(work => work.Body is not null).Select(work => (ISymbol)work.Body!)
            .Concat(facts.Loops.Select(loop => loop.Scope.Function));
        HashSet<ISymbol>? reach = null;
        foreach (var call in facts.Calls)
        {
            if (call.Operation.TargetMethod.MethodKind != MethodKind.DelegateInvoke)
                continue;
            reach ??= facts.Graph.Reach(bodies);
            if (reach.Contains(call.Scope.Function) && ComesFromCallers(facts, call.Operation.Instance))
                return true;
        }

        return false;
    }

    private static bool ComesFromCallers(TypeFacts facts, IOperation? callee) => callee.ReferencedSymbol() switch
    {
        IFieldSymbol field when SymbolEqualityComparer.Default.Equals(field.ContainingType, facts.Type) => IsGivenByCaller(facts, field),
        IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } => true,
        ILocalSymbol => TakesDelegates(facts.Type) && facts.Type.GetMembers().OfType<IFieldSymbol>().Any(field => HoldsDelegates(field.Type, job: null)),
        IPropertySymbol or IFieldSymbol when callee.ReferencedSymbol()!.ContainingType is { } job =>
            TakesDelegates(facts.Type) && facts.Type.GetMembers().OfType<IFieldSymbol>().Any(field => HoldsDelegates(field.Type, job)),
        _ => false,
    };

    private static bool IsGivenByCaller(TypeFacts facts, IFieldSymbol field) =>
        facts.Writes.Any(write => SymbolEqualityComparer.Default.Equals(write.Target, field) && write.Value?.Unwrapped() is IParameterReferenceOperation)
        || facts.Members.Any(member => SymbolEqualityComparer.Default.Equals(member.Member, field)
            && member.Blocks.OfType<IFieldInitializerOperation>().Any(initialiser => initialiser.Value.Unwrapped() is IParameterReferenceOperation));

    // A table that the class fills by itself dispatches its own work; one that callers can add to runs theirs.
    private static bool TakesDelegates(INamedTypeSymbol type) =>
        type.GetMembers().OfType<IMethodSymbol>().Any(method =>
            method is { MethodKind: MethodKind.Ordinary or MethodKind.Constructor, DeclaredAccessibility: not Accessibility.Private }
            && method.Parameters.Any(parameter => parameter.Type.TypeKind == TypeKind.Delegate || HoldsDelegates(parameter.Type, job: null)));

    // Delegates themselves, or jobs: objects whose delegate the loop calls.
    private static bool HoldsDelegates(ITypeSymbol type, INamedTypeSymbol? job) =>
        type is INamedTypeSymbol { TypeArguments.Length: > 0 } generic
        && generic.TypeKind != TypeKind.Delegate
        && generic.TypeArguments.Any(argument => HoldsDelegates(argument, job)
            || (job is null ? argument.TypeKind == TypeKind.Delegate : SymbolEqualityComparer.Default.Equals(argument, job)));
}
