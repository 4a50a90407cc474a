using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Discovery;

/// <summary>Tells the loop that is an agent's work from loops that wait for something or try again.</summary>
internal static class RunLike
{
    private static readonly string[] Words =
    [
        "run", "runner", "running", "main", "loop", "start", "listen", "listener", "serve", "server", "service", "work", "worker", "execute", "monitor", "monitoring",
        "poll", "poller", "polling", "watch", "watcher", "pump", "daemon", "consume", "consumer", "accept", "receive", "receiver", "thread", "background", "process",
        "processing", "dispatch", "tick", "heartbeat", "cycle", "schedule", "scheduler", "forever", "reaper",
    ];

    private static readonly string[] PassingWords = ["wait", "retry", "retries", "try", "until", "ensure", "acquire", "block"];

    private static readonly string[] StopWords = ["stop", "stopped", "cancelled", "canceled", "shutdown", "closed", "disposed"];

    /// <summary>The method is one that runs the agent, or the loop can only end with the process; and the loop does more than wait for a flag.</summary>
    public static bool IsWork(TypeFacts facts, Fact<ILoopOperation> loop) =>
        loop.Scope.Function is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method
        && GivesNothingBack(method)
        && (Named(method) || !HasExit(facts, loop.Operation))
        && (LongLoop.IsEndless(loop.Operation) || DoesMoreThanWait(facts, loop.Operation));

    /// <summary>The name says that the method runs for long, and not until something has come about.</summary>
    public static bool Named(ISymbol method) => TypeNames.HasWord(method.Name, Words) && (!TypeNames.HasWord(method.Name, PassingWords) || UntilStopped(method));

    /// <summary>RunUntilStopped, WaitUntilCancelled: until the end, not until something has come about.</summary>
    public static bool UntilStopped(ISymbol method) => TypeNames.HasWord(method.Name, StopWords);

    /// <summary>A method that gives back a result runs until it has one.</summary>
    public static bool GivesNothingBack(IMethodSymbol method) =>
        method.ReturnsVoid || method.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments.IsEmpty: true } || method.Name is "Main" or "<Main>$";

    private static bool HasExit(TypeFacts facts, ILoopOperation loop) =>
        loop is IWhileLoopOperation { Condition: { } condition } && !LongLoop.IsEndless(loop) && condition.ConstantValue is not { HasValue: true }
        || facts.LoopExits.Any(exit => exit.Scope.IsIn(loop) && LongLoop.Leaves(exit.Operation, loop));

    private static bool DoesMoreThanWait(TypeFacts facts, ILoopOperation loop) =>
        loop.Body.SameFunction().Any(operation => operation switch
        {
            IInvocationOperation call => !LongLoop.IsWait(facts, call) || call.TargetMethod.Name is not ("Sleep" or "Delay" or "Wait" or "WaitAsync" or "WaitOne"),
            IObjectCreationOperation creation => creation.Type?.IsValueType == false,
            IAssignmentOperation or IIncrementOrDecrementOperation => true,
            _ => false,
        });
}
