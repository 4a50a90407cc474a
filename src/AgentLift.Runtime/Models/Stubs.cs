#pragma warning disable CA1822, CA1801, IDE0060, CA1065, CA1812
using Microsoft.Extensions.Hosting;

namespace AgentLift.Runtime
{
    /// <summary>What the host gives a manager of models.</summary>
    public sealed class ModelManagerContext
    {
        internal ModelManagerContext(string name) => Name = name;

        /// <summary>The manager's name.</summary>
        public string Name { get; }

        /// <summary>A context without a host, for tests and for programs without one.</summary>
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
            Microsoft.Extensions.Logging.ILoggerFactory? loggers = null,
            System.Diagnostics.Metrics.IMeterFactory? meters = null,
            TimeProvider? time = null) => new(name);

        internal IReadOnlyList<ModelStatus> Status() => throw new NotImplementedException();

        internal Models.ModelSlot Find(string model) => throw new NotImplementedException();

        internal ModelHandle<T> Declare<T>(ModelDefinition definition, IModelLoader<T> loader)
            where T : class => throw new NotImplementedException();
    }

    /// <summary>Registers managers of models with a host.</summary>
    public static class ModelHostingExtensions
    {
        /// <summary>Registers a manager.</summary>
        /// <typeparam name="TManager">The manager. Its constructor takes a <see cref="ModelManagerContext"/> and any registered services.</typeparam>
        /// <param name="builder">The host to be.</param>
        /// <returns>The builder.</returns>
        public static IHostApplicationBuilder AddModelManager<TManager>(this IHostApplicationBuilder builder)
            where TManager : ModelManager => throw new NotImplementedException();
    }
}

namespace AgentLift.Runtime.Models
{
    internal abstract class ModelSlot
    {
        public ModelState State => throw new NotImplementedException();

        public Task LoadAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

        public Task UnloadAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

        public Task ReloadAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

        public Task PinAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

        public void Unpin() => throw new NotImplementedException();
    }

    internal sealed class ModelSlot<T> : ModelSlot
        where T : class
    {
        public ValueTask<ModelLease<T>> AcquireAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

        public bool TryAcquire(out ModelLease<T> lease) => throw new NotImplementedException();
    }

    internal sealed class LeaseTicket
    {
        public int Version => 0;

        public object? Holding(int version) => throw new NotImplementedException();

        public void End(int version) => throw new NotImplementedException();
    }

    internal sealed class ResidentModel<T>(T model, IModelLoader<T> loader)
        where T : class
    {
        public T Model => model;

        public IModelLoader<T> Loader => loader;

        public ModelDevice Device => default;

        public ModelPrecision Precision => default;
    }
}
