namespace AgentLift.Runtime.Models;

/// <summary>One way to load a model. The first is what was asked for; the others are its fall-backs, in order.</summary>
/// <param name="Ledgers">The devices, best first.</param>
/// <param name="Precision">How the weights are kept.</param>
/// <param name="Fallback">Which fall-back it is; none for the first.</param>
internal sealed record LoadRung(IReadOnlyList<DeviceLedger> Ledgers, ModelPrecision Precision, ModelFallback Fallback)
{
    /// <summary>The ways to load a model.</summary>
    /// <param name="definition">What is asked for, and which fall-backs are allowed.</param>
    /// <param name="devices">The devices of the process.</param>
    /// <exception cref="ArgumentException">A device is none of the process's.</exception>
    public static IReadOnlyList<LoadRung> Of(ModelDefinition definition, IReadOnlyList<DeviceLedger> devices)
    {
        var gpus = devices.Where(ledger => ledger.Device.Kind != ModelDeviceKind.Cpu).ToList();
        IReadOnlyList<DeviceLedger> wanted = definition.Devices.Count > 0 ? [.. definition.Devices.Select(Find)] : gpus.Count > 0 ? gpus : devices;
        List<LoadRung> rungs = [new(wanted, definition.Precision, ModelFallback.None)];
        if (definition.Fallback.HasFlag(ModelFallback.HalfPrecision) && definition.Precision == ModelPrecision.AsStored)
            rungs.Add(new(wanted, ModelPrecision.Half, ModelFallback.HalfPrecision));
        if (definition.Fallback.HasFlag(ModelFallback.Cpu) && wanted.All(ledger => ledger.Device != ModelDevice.Cpu))
            rungs.Add(new([Find(ModelDevice.Cpu)], ModelPrecision.AsStored, ModelFallback.Cpu));
        return rungs;

        DeviceLedger Find(ModelDevice device) => devices.FirstOrDefault(ledger => ledger.Device == device)
            ?? throw new ArgumentException(
                $"Model {definition.Name} is to lie on {device}, which models of this process may not use; they may use {string.Join(", ", devices.Select(ledger => ledger.Device))} ({ModelSchedulingOptions.Section}:{nameof(ModelSchedulingOptions.Devices)}).");
    }
}
