using AgentLift.Runtime.Models;

namespace AgentLift.Runtime;

/// <summary>The right to use a loaded model: until it is disposed of, the model stays. Dispose of it soon, and once; a second time does nothing.</summary>
/// <typeparam name="T">The model.</typeparam>
public readonly struct ModelLease<T> : IDisposable, IEquatable<ModelLease<T>>
    where T : class
{
    private readonly LeaseTicket? ticket;
    private readonly int version;

    internal ModelLease(LeaseTicket ticket)
    {
        this.ticket = ticket;
        version = ticket.Version;
    }

    /// <summary>The model, for code that cannot be run by <see cref="Run{TResult}(Func{T, TResult})"/>. It must not be kept beyond the lease.</summary>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    public T Model => Resident.Model;

    /// <summary>Where the model lies: inputs go there.</summary>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    public ModelDevice Device => Resident.Device;

    /// <summary>How its weights are kept, which may differ from what was asked for after a <see cref="ModelFallback"/>.</summary>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    public ModelPrecision Precision => Resident.Precision;

    private ResidentModel<T> Resident => (ResidentModel<T>)(ticket?.Holding(version) ?? throw new ObjectDisposedException(nameof(ModelLease<T>)));

    /// <summary>Whether two leases are the same one.</summary>
    public static bool operator ==(ModelLease<T> left, ModelLease<T> right) => left.Equals(right);

    /// <summary>Whether two leases are different ones.</summary>
    public static bool operator !=(ModelLease<T> left, ModelLease<T> right) => !left.Equals(right);

    /// <summary>Runs code over the model on this thread, in the modes that its loader sets.</summary>
    /// <typeparam name="TResult">What the code gives.</typeparam>
    /// <param name="body">The code. What it gives must not depend on the model.</param>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    public TResult Run<TResult>(Func<T, TResult> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Run(body, static (model, run) => run(model));
    }

    /// <summary>Runs code over the model on this thread, in the modes that its loader sets.</summary>
    /// <typeparam name="TState">What the code needs besides.</typeparam>
    /// <typeparam name="TResult">What the code gives.</typeparam>
    /// <param name="state">What the code needs besides, so that it need not close over it.</param>
    /// <param name="body">The code. What it gives must not depend on the model.</param>
    /// <exception cref="ObjectDisposedException">The lease has ended.</exception>
    public TResult Run<TState, TResult>(TState state, Func<T, TState, TResult> body)
    {
        var resident = Resident;
        return resident.Loader.Run(resident.Model, state, body);
    }

    /// <summary>Ends the lease.</summary>
    public void Dispose() => ticket?.End(version);

    /// <inheritdoc/>
    public bool Equals(ModelLease<T> other) => ReferenceEquals(ticket, other.ticket) && version == other.version;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ModelLease<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ticket, version);
}
