using AgentLift.Core.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Facts;

/// <summary>Finds the places where a type starts work on other threads.</summary>
internal static class BackgroundWorkFinder
{
    public static IEnumerable<BackgroundWork> Find(TypeFacts facts)
    {
        foreach (var creation in facts.Creations)
        {
            if (KindOfCreation(creation.Type.Known) is { } kind)
                yield return new(kind, creation.Operation, creation.Scope, FirstDelegate(creation.Operation.Arguments));
        }

        foreach (var call in facts.Calls)
        {
            if (KindOfCall(facts.Knowledge, call.Operation) is { } kind)
                yield return new(kind, call.Operation, call.Scope, FirstDelegate(call.Operation.Arguments));
            else if (IsUnawaited(call.Operation, facts.Type))
                yield return new(BackgroundKind.UnawaitedCall, call.Operation, call.Scope, call.Operation.TargetMethod.OriginalDefinition);
        }

        foreach (var subscription in facts.Events)
        {
            if (subscription.Operation.Adds
                && subscription.Operation.EventReference is IEventReferenceOperation { Event: { Name: "Elapsed" } elapsed }
                && facts.Knowledge.Known(elapsed.ContainingType) == KnownType.TimersTimer)
            {
                yield return new(BackgroundKind.Timer, subscription.Operation, subscription.Scope, subscription.Operation.HandlerValue.DelegateTarget());
            }
        }
    }

    /// <summary>Whether a StartNew call asks for a thread of its own.</summary>
    public static bool IsLongRunning(IInvocationOperation call) =>
        call.Arguments.Any(argument => argument.Value.ConstantValue is { HasValue: true, Value: int options }
            && argument.Parameter?.Type.Name == "TaskCreationOptions"
            && (options & 2) != 0);

    private static BackgroundKind? KindOfCreation(KnownType known) => known switch
    {
        KnownType.Thread => BackgroundKind.Thread,
        KnownType.ThreadingTimer => BackgroundKind.Timer,
        _ => null,
    };

    private static BackgroundKind? KindOfCall(CompilationKnowledge knowledge, IInvocationOperation call) =>
        (knowledge.Known(call.TargetMethod.ContainingType), call.TargetMethod.Name) switch
        {
            (KnownType.Task, "Run") => BackgroundKind.Task,
            (KnownType.TaskFactory, "StartNew") => IsLongRunning(call) ? BackgroundKind.LongRunningTask : BackgroundKind.Task,
            (KnownType.ThreadPool, "QueueUserWorkItem" or "UnsafeQueueUserWorkItem") => BackgroundKind.QueuedWorkItem,
            _ => null,
        };

    private static IMethodSymbol? FirstDelegate(System.Collections.Immutable.ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Type.TypeKind == TypeKind.Delegate)
                return argument.Value.DelegateTarget();
        }

        return null;
    }

    // An asynchronous method of the same type whose task is thrown away or kept without being awaited on the spot.
    private static bool IsUnawaited(IInvocationOperation call, INamedTypeSymbol type) =>
        call.TargetMethod is { IsAsync: true } method
        && SymbolEqualityComparer.Default.Equals(method.ContainingType?.OriginalDefinition, type)
        && (call.IsDiscarded() || call.StoredIn() is IFieldSymbol);
}
