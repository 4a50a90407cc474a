namespace AgentLift.Runtime.Operations;

/// <summary>Lets operations in until it is closed, and tells when the last has left.</summary>
internal sealed class OperationGate
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool closed;
    private int inside;

    /// <summary>Operations under way.</summary>
    public int Inside => Volatile.Read(ref inside);

    public bool TryEnter()
    {
        lock (gate)
        {
            if (closed)
                return false;
            inside++;
            return true;
        }
    }

    /// <summary>Lets in what was accepted before the gate was closed: a message that an endpoint has received.</summary>
    public void EnterAccepted()
    {
        lock (gate)
            inside++;
    }

    public void Leave()
    {
        lock (gate)
        {
            inside--;
            if (closed && inside == 0)
                empty.TrySetResult();
        }
    }

    /// <summary>Lets no more in.</summary>
    /// <returns>Ends when all have left.</returns>
    public Task Close()
    {
        lock (gate)
        {
            closed = true;
            if (inside == 0)
                empty.TrySetResult();
            return empty.Task;
        }
    }
}
