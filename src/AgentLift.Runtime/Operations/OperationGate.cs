namespace AgentLift.Runtime.Operations;

/// <summary>Lets operations in until it is closed, and tells when the last has left.</summary>
internal sealed class OperationGate
{
    // One number, so that each message of an endpoint costs two atomic additions and no lock: a bit for closed, the rest counts.
    private const int Closed = 1 << 30;

    private readonly TaskCompletionSource empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int state;

    /// <summary>Operations under way.</summary>
    public int Inside => Volatile.Read(ref state) & ~Closed;

    public bool TryEnter()
    {
        // Not an addition that is taken back where the gate is closed: it would be seen as one who entered and left.
        for (var seen = Volatile.Read(ref state); (seen & Closed) == 0;)
        {
            var before = Interlocked.CompareExchange(ref state, seen + 1, seen);
            if (before == seen)
                return true;
            seen = before;
        }

        return false;
    }

    /// <summary>Lets in what was accepted before the gate was closed: a message that an endpoint has received.</summary>
    public void EnterAccepted() => Interlocked.Increment(ref state);

    public void Leave()
    {
        if (Interlocked.Decrement(ref state) == Closed)
            empty.TrySetResult();
    }

    /// <summary>Lets no more in.</summary>
    /// <returns>Ends when all have left.</returns>
    public Task Close()
    {
        if ((Interlocked.Or(ref state, Closed) & ~Closed) == 0)
            empty.TrySetResult();
        return empty.Task;
    }
}
