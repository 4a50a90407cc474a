using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Facts;

/// <summary>How work leaves the thread that starts it.</summary>
internal enum BackgroundKind
{
    Thread,
    Task,
    LongRunningTask,
    QueuedWorkItem,
    Timer,
    UnawaitedCall,
}

/// <summary>One place that starts work on another thread.</summary>
/// <param name="Kind">How it is started.</param>
/// <param name="Operation">The starting operation.</param>
/// <param name="Scope">Where it stands.</param>
/// <param name="Body">The method, lambda or local function that runs; <see langword="null"/> where it cannot be seen.</param>
internal sealed record BackgroundWork(BackgroundKind Kind, IOperation Operation, Scope Scope, IMethodSymbol? Body);
