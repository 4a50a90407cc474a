using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using AgentLift.Runtime.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentLift.Runtime;

/// <summary>What the host gives a manager of models. One object, so that constructors of managers stay the same when the runtime grows.</summary>
public sealed class ModelManagerContext
{
    private ImmutableArray<DeclaredModel> models = [];
    private readonly bool ownsPool;

    internal ModelManagerContext(string name, ModelPool pool, bool ownsPool = false)
    {
        Name = name;
        Pool = pool;
        this.ownsPool = ownsPool;
    }

    /// <summary>The manager's name in configuration, logs and metrics.</summary>
    public string Name { get; }

    internal ModelPool Pool { get; }

    internal IReadOnlyList<DeclaredModel> Models => models;

    /// <summary>A context without a host, for tests and for programs that have none: with a scheduler of its own, which is stopped when the manager is disposed of.</summary>
    /// <param name="name">The manager's name.</param>
    /// <param name="options">How models share devices; the defaults where <see langword="null"/>.</param>
    /// <param name="memory">Reads devices; what the machine has where <see langword="null"/>.</param>
    /// <param name="loggers">Where logs go; nowhere where <see langword="null"/>.</param>
    /// <param name="meters">Makes meters; the process-wide ones where <see langword="null"/>.</param>
    /// <param name="time">The clock; the system's where <see langword="null"/>.</param>
    public static ModelManagerContext Standalone(
        string name,
        ModelSchedulingOptions? options = null,
        IDeviceMemory? memory = null,
        ILoggerFactory? loggers = null,
        IMeterFactory? meters = null,
        TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var pool = new ModelPool(options ?? new(), memory, loggers ?? NullLoggerFactory.Instance, meters, time ?? TimeProvider.System);
        return pool.ContextFor(name, isOwner: true);
    }

    internal ModelHandle<T> Declare<T>(ModelDefinition declared, IModelLoader<T> loader)
        where T : class
    {
        if (models.Any(other => string.Equals(other.Name, declared.Name, StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException($"{Name} has two models called {declared.Name}.", nameof(declared));
        var definition = ModelDefinitionCheck.Checked(Name, declared.With(Pool.Options, Name));
        var slot = Pool.SlotOf(Name, definition, loader);
        models = models.Add(new DeclaredModel(definition, slot));
        return new ModelHandle<T>(definition, slot);
    }

    /// <exception cref="ArgumentException">There is no such model.</exception>
    internal ModelSlot Find(string model) => models.FirstOrDefault(declared => string.Equals(declared.Name, model, StringComparison.OrdinalIgnoreCase))?.Slot
        ?? throw new ArgumentException($"{Name} has no model called {model}; it has {string.Join(", ", models.Select(declared => declared.Name))}.", nameof(model));

    internal IReadOnlyList<ModelStatus> Status() => [.. models.Select(model => Pool.Scheduler.StatusOf(Name, model.Name, model.Slot))];

    /// <summary>What is wrong with the native library; <see langword="null"/> while nothing is known to be.</summary>
    internal string? MissingLibrary() =>
        models.Select(model => model.Slot.LastError).OfType<ModelLoadException>().FirstOrDefault(error => error.Kind == ModelFailureKind.LibraryMissing)?.Message;

    internal ValueTask ReleaseAsync() => ownsPool ? Pool.DisposeAsync() : ValueTask.CompletedTask;

    /// <summary>A model as one manager declared it; its weights may be shared.</summary>
    internal sealed record DeclaredModel(ModelDefinition Definition, ModelSlot Slot)
    {
        public string Name => Definition.Name;
    }
}
