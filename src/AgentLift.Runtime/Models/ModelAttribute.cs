namespace AgentLift.Runtime;

/// <summary>Marks a partial property of a <see cref="ModelManagerAttribute"/> class, of type <see cref="ModelHandle{T}"/>, as a model.</summary>
/// <param name="name">The model's name within its manager.</param>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class ModelAttribute(string name) : Attribute
{
    /// <summary>The model's name within its manager.</summary>
    public string Name { get; } = name;

    /// <summary>Its file (<see cref="ModelDefinition.Path"/>).</summary>
    public string? Path { get; init; }

    /// <summary>What models with the same weights have in common (<see cref="ModelDefinition.SharedAs"/>).</summary>
    public string? SharedAs { get; init; }

    /// <summary>Bytes that it takes on its device, as stored; more than 0. Not given: the length of its file.</summary>
    public long EstimatedBytes { get; init; }

    /// <summary>How much it matters that it stays: 0 to 10, 5 by default.</summary>
    public int Priority { get; init; } = 5;

    /// <summary>How long it stays after its last use, in seconds: 1 to 31,536,000. Not given: until its room is needed.</summary>
    public int KeepAliveSeconds { get; init; }

    /// <summary>Whether it is loaded at start and never evicted.</summary>
    public bool Pinned { get; init; }

    /// <summary>Where it may lie, best first, as <c>cuda:0</c> or <c>cpu</c>. Not given: any GPU, or the CPU where there is none.</summary>
    public string[] Devices { get; init; } = [];

    /// <summary>How its weights are kept; as stored by default.</summary>
    public ModelPrecision Precision { get; init; }

    /// <summary>What is tried when its device has no memory for it; nothing by default.</summary>
    public ModelFallback Fallback { get; init; }

    /// <summary>Whether it is loaded before its first use; <see cref="LazyWarmup.None"/> by default.</summary>
    public LazyWarmup Warmup { get; init; }

    /// <summary>
    /// A method of the manager that takes the model and runs it once, as <c>nameof(RunOnce)</c>, after each load and before the first lease. It may take
    /// a <see cref="ModelLoadRequest"/> too, which tells the device and the precision.
    /// </summary>
    public string? WarmupMethod { get; init; }

    /// <summary>
    /// A method of the manager that makes the model, as <c>nameof(CreateDetector)</c>, for a module whose weights are in <see cref="Path"/>.
    /// Not given: its constructor without parameters.
    /// </summary>
    public string? Factory { get; init; }

    /// <summary>The loader, an <see cref="IModelLoader{T}"/> with a constructor without parameters. Not given: the one that is generated for TorchSharp.</summary>
    public Type? Loader { get; init; }

    /// <summary>How long one load may take, in seconds: 1 to 86,400, 300 by default.</summary>
    public int LoadTimeoutSeconds { get; init; } = 300;
}
