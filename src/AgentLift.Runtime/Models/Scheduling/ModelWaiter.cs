namespace AgentLift.Runtime.Models;

/// <summary>Somebody who waits for a model. Changed under the scheduler's lock only.</summary>
internal abstract class ModelWaiter(ModelSlot slot, long since)
{
    private CancellationTokenRegistration registration;

    public ModelSlot Slot => slot;

    /// <summary>Time stamp of when it began to wait.</summary>
    public long Arrived { get; } = since;

    /// <summary>Time stamp from which its wait for room counts: when it began to wait, moved on by the time of loads.</summary>
    public long Since { get; private set; } = since;

    /// <summary>Whether it waits for a version that is loaded after it began to wait.</summary>
    public bool WantsNewVersion { get; init; }

    public abstract bool IsCompleted { get; }

    /// <summary>Registers for the end of the wait. Called before it is enqueued, outside the lock.</summary>
    public void CancelWith(CancellationToken token)
    {
        if (token.CanBeCanceled)
            registration = token.UnsafeRegister(static (state, token) => ((ModelWaiter)state!).Slot.Scheduler.Withdraw((ModelWaiter)state, token), this);
    }

    /// <summary>Leaves the time of a load out of the wait.</summary>
    public void WasLoading(long from, long to) => Since += to - Math.Max(Since, from);

    public void Serve(ResidentModel resident)
    {
        registration.Unregister();
        Complete(resident);
    }

    public void Fail(Exception error)
    {
        registration.Unregister();
        Throw(error);
    }

    public abstract void Cancel(CancellationToken token);

    protected abstract void Complete(ResidentModel resident);

    protected abstract void Throw(Exception error);
}

/// <summary>Waits for a lease.</summary>
internal sealed class LeaseWaiter<T>(ModelSlot<T> slot, long since) : ModelWaiter(slot, since)
    where T : class
{
    private readonly TaskCompletionSource<ModelLease<T>> lease = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<ModelLease<T>> Task => lease.Task;

    public override bool IsCompleted => lease.Task.IsCompleted;

    public override void Cancel(CancellationToken token) => lease.TrySetCanceled(token);

    protected override void Complete(ResidentModel resident) => lease.TrySetResult(new ModelLease<T>(resident.Lease()));

    protected override void Throw(Exception error) => lease.TrySetException(error);
}

/// <summary>Waits until the model is loaded.</summary>
internal sealed class LoadWaiter(ModelSlot slot, long since) : ModelWaiter(slot, since)
{
    private readonly TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Task => loaded.Task;

    public override bool IsCompleted => loaded.Task.IsCompleted;

    public override void Cancel(CancellationToken token) => loaded.TrySetCanceled(token);

    protected override void Complete(ResidentModel resident) => loaded.TrySetResult();

    protected override void Throw(Exception error) => loaded.TrySetException(error);
}
