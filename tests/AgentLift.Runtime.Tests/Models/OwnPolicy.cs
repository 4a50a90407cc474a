namespace AgentLift.Runtime.Tests.Models;

/// <summary>The scheduler itself on a trace, one use after the other.</summary>
internal static class OwnPolicy
{
    public static double ReloadSeconds(IReadOnlyList<TraceModel> models, IEnumerable<int> uses, long budget)
    {
        var options = new ModelSchedulingOptions { ResidencyFactor = 0 };
        var device = ModelDevice.Cuda(0);
        var simulation = new SchedulerSimulation(
            options,
            new Dictionary<ModelDevice, long> { [device] = budget },
            time => new Dictionary<ModelDevice, FakeDevice> { [device] = new(time, new Random(0)) { Capacity = budget } });
        var slots = models.Select((model, i) => simulation.Add(
            new ModelDefinition($"model-{i}") { EstimatedBytes = model.Bytes },
            new FakeLoader(simulation.Time, simulation.Devices) { Bytes = model.Bytes, LoadTime = model.LoadTime })).ToArray();
        foreach (var use in uses)
        {
            simulation.Acquire(slots[use]).Dispose();
            simulation.Advance(TimeSpan.FromSeconds(1));
        }

        return simulation.Events.ReloadSeconds;
    }
}
