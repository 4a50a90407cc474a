using System.Collections.Immutable;
using AgentLift.Core.Detectors.Communication;
using AgentLift.Core.Detectors.Concurrency;
using AgentLift.Core.Detectors.Data;
using AgentLift.Core.Detectors.Gpu;
using AgentLift.Core.Detectors.HeavyDependencies;
using AgentLift.Core.Detectors.Infrastructure;

namespace AgentLift.Core.Detectors;

/// <summary>All detectors that look at one agent, in the order of their rules.</summary>
internal static class DetectorList
{
    public static ImmutableArray<IDetector> All { get; } =
    [
        new NotABaseAgentDetector(),
        new HandRolledHealthCheckDetector(),
        new HandRolledConfigurationDetector(),
        new ConsoleLoggingDetector(),
        new HandRolledShutdownDetector(),
        new HandRolledServiceLookupDetector(),
        new ManualThreadDetector(),
        new UnsupervisedTaskDetector(),
        new SleepPollingDetector(),
        new UnstoppableLoopDetector(),
        new ManualTimerDetector(),
        new ThreadAbortDetector(),
        new AsyncVoidDetector(),
        new BlockingOnTaskDetector(),
        new RacyStopFlagDetector(),
        new RawListenerDetector(),
        new RawClientWithoutTimeoutDetector(),
        new MessageQueueSocketDetector(),
        new HardCodedEndpointDetector(),
        new UnsafeDeserializationDetector(),
        new EagerHeavyFieldDetector(),
        new EagerHeavyConstructorDetector(),
        new EagerHeavyStaticInitDetector(),
        new LifetimeConnectionDetector(),
        new ConnectionPerCallDetector(),
        new MultipleDatabasesDetector(),
        new UnmanagedModelLoadDetector(),
        new LeakedTensorDetector(),
        new NoMemoryBudgetDetector(),
        new ManualMemoryManagementDetector(),
    ];
}
