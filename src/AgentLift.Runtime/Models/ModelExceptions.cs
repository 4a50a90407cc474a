namespace AgentLift.Runtime;

/// <summary>A model could not be loaded.</summary>
public sealed class ModelLoadException : Exception
{
    /// <summary>Says which model, and why.</summary>
    /// <param name="manager">The manager.</param>
    /// <param name="model">The model's name within it.</param>
    /// <param name="reason">Why, as the end of a sentence.</param>
    /// <param name="kind">What kind of failure it is.</param>
    /// <param name="cause">What was thrown, or <see langword="null"/>.</param>
    public ModelLoadException(string manager, string model, string reason, ModelFailureKind kind = ModelFailureKind.Other, Exception? cause = null)
        : base($"Model {model} of {manager} could not be loaded: {reason}", cause)
    {
        Manager = manager;
        Model = model;
        Kind = kind;
    }

    /// <summary>The manager.</summary>
    public string Manager { get; }

    /// <summary>The model's name within it.</summary>
    public string Model { get; }

    /// <summary>What kind of failure it is.</summary>
    public ModelFailureKind Kind { get; }
}

/// <summary>The memory of a model could not be given back; it counts as taken until the process ends.</summary>
public sealed class ModelReleaseException : Exception
{
    /// <summary>Says which model, and why.</summary>
    /// <param name="manager">The manager.</param>
    /// <param name="model">The model's name within it.</param>
    /// <param name="cause">What its loader threw.</param>
    public ModelReleaseException(string manager, string model, Exception cause)
        : base($"Model {model} of {manager} could not be released: {Describe(cause)}", cause)
    {
        Manager = manager;
        Model = model;
    }

    /// <summary>The manager.</summary>
    public string Manager { get; }

    /// <summary>The model's name within it.</summary>
    public string Model { get; }

    private static string Describe(Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return $"{cause.GetType().Name}: {cause.Message}";
    }
}

/// <summary>More callers wait for models than the options allow.</summary>
/// <param name="model">The model that was asked for.</param>
/// <param name="capacity">How many may wait.</param>
public sealed class ModelQueueFullException(string model, int capacity)
    : Exception($"Model {model} was refused: {capacity} callers wait for models already (Models:{nameof(ModelSchedulingOptions.QueueCapacity)}).");
