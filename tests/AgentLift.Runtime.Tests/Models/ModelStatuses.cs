namespace AgentLift.Runtime.Tests.Models;

/// <summary>Where models stand, for tests that look at one thing of it.</summary>
internal static class ModelStatuses
{
    public static ModelStatus Unloaded(string manager, string model) =>
        new(manager, model, ModelState.Unloaded, Device: null, Precision: null, Bytes: null, Leases: 0, Waiting: 0, Pinned: false, Idle: null, LastError: null);

    public static ModelStatus Loaded(string manager, string model) => Unloaded(manager, model) with
    {
        State = ModelState.Loaded,
        Device = ModelDevice.Cuda(0),
        Precision = ModelPrecision.AsStored,
        Bytes = 1_000,
    };
}
