using System.Collections.Immutable;
using AgentLift.Core.Detectors;
using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Measures;

/// <summary>The threading and socket factor of SPEC section 3, from 0 to 4.</summary>
internal static class ThreadingComplexity
{
    private static readonly string[] ThreadRules = [RuleIds.ManualThread];
    private static readonly string[] SocketRules = [RuleIds.RawListener, RuleIds.RawClientWithoutTimeout, RuleIds.MessageQueueSocket];
    private static readonly string[] LightRules =
    [
        RuleIds.UnsupervisedTask, RuleIds.SleepPolling, RuleIds.UnstoppableLoop, RuleIds.ManualTimer, RuleIds.AsyncVoid, RuleIds.BlockingOnTask, RuleIds.RacyStopFlag,
    ];

    public static Measure Of(AgentSubject agent, ImmutableArray<Evidence> evidence)
    {
        var threads = Count(evidence, ThreadRules) + agent.Facts.Background.Count(work => work.Kind == BackgroundKind.LongRunningTask);
        var sockets = Count(evidence, SocketRules);
        var light = Count(evidence, LightRules);
        var reason = Describe(threads, sockets, light);

        if (Count(evidence, [RuleIds.ThreadAbort]) > 0)
            return new Measure(4, Join(reason, "interferes with threads from outside"));
        if (threads + sockets > 0 && OwnScheduler(agent))
            return new Measure(4, Join(reason, "has a scheduler of its own"));
        if (threads + sockets > 1 && LocksAcrossThreads(agent))
            return new Measure(4, Join(reason, "holds locks across threads"));
        if (threads + sockets > 1)
            return SharesState(agent) ? new Measure(3, reason + " share state") : new Measure(2, reason);
        if (threads + sockets == 1)
            return new Measure(2, reason);
        return light > 0 ? new Measure(1, reason) : new Measure(0, "no threads, sockets, timers or tasks by hand");
    }

    private static int Count(ImmutableArray<Evidence> evidence, string[] rules) => evidence.Count(item => rules.Contains(item.Rule.Id));

    private static string Describe(int threads, int sockets, int light)
    {
        var parts = new List<string>();
        if (threads > 0)
            parts.Add(Plural(threads, "thread"));
        if (sockets > 0)
            parts.Add(Plural(sockets, "socket"));
        if (light > 0 && parts.Count == 0)
            parts.Add(Plural(light, "timer, task or loop", "timers, tasks or loops") + " by hand");
        return string.Join(" and ", parts);
    }

    private static string Plural(int count, string one, string? many = null) => $"{count} {(count == 1 ? one : many ?? one + "s")}";

    private static string Join(string reason, string more) => reason.Length == 0 ? more : $"{reason}; {more}";

    // Fields that change after construction, or that hold something that can.
    private static bool SharesState(AgentSubject agent) =>
        agent.Facts.Writes.Any(write => write.Scope.Function is not IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor })
        || agent.Type.GetMembers().OfType<IFieldSymbol>().Any(field =>
            !field.IsConst && field.Type.SpecialType != SpecialType.System_String
            && field.Type.AllInterfaces.Any(contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable));

    private static bool OwnScheduler(AgentSubject agent) =>
        agent.Facts.Creations.Any(creation => Derives(creation.Operation.Type, "TaskScheduler", "SynchronizationContext")
            && SymbolEqualityComparer.Default.Equals(creation.Operation.Type!.ContainingAssembly, agent.Type.ContainingAssembly));

    private static bool Derives(ITypeSymbol? type, params string[] names)
    {
        for (type = type?.BaseType; type is not null; type = type.BaseType)
        {
            if (names.Contains(type.Name))
                return true;
        }

        return false;
    }

    // A lock taken while another is held, or a signal passed from thread to thread through Monitor.
    private static bool LocksAcrossThreads(AgentSubject agent) =>
        agent.Facts.Locks.Any(inner => inner.Scope.InLock)
        || agent.Facts.CallsOn(KnownType.Monitor).Any(call => call.Operation.TargetMethod.Name is "Wait" or "Pulse" or "PulseAll");
}
