using System.Threading.Channels;
using AgentLift.Runtime.Diagnostics;
using AgentLift.Runtime.Operations;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime;

/// <summary>A bounded queue of work that an agent works off. Who adds to a full queue waits, so that load is pushed back to where it comes from.</summary>
/// <typeparam name="T">A work item.</typeparam>
#pragma warning disable CA1711 // It is a queue, and nothing shorter says so.
public sealed class WorkQueue<T>
#pragma warning restore CA1711
{
    private readonly Channel<T> items;
    private readonly Func<T, CancellationToken, Task> handler;
    private readonly AgentContext agent;
    private readonly ILogger logger;
    private readonly OperationGate operations;

    internal WorkQueue(
        string name, int capacity, Func<T, CancellationToken, Task> handler, AgentContext agent, ILogger logger, OperationGate operations)
    {
        Name = name;
        this.handler = handler;
        this.agent = agent;
        this.logger = logger;
        this.operations = operations;
        items = Channel.CreateBounded<T>(capacity);
    }

    /// <summary>The queue's name within its agent.</summary>
    public string Name { get; }

    /// <summary>Items that wait.</summary>
    public int Count => items.Reader.Count;

    /// <summary>Adds an item as soon as there is room.</summary>
    /// <param name="item">The work.</param>
    /// <param name="cancellationToken">Gives up the wait for room.</param>
    /// <exception cref="AgentDrainingException">The agent drains or has stopped.</exception>
    public async ValueTask EnqueueAsync(T item, CancellationToken cancellationToken = default)
    {
        Admit();
        try
        {
            await items.Writer.WriteAsync(item, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Release();
            throw;
        }
    }

    /// <summary>Adds an item if there is room.</summary>
    /// <param name="item">The work.</param>
    /// <returns>Whether it was taken.</returns>
    /// <exception cref="AgentDrainingException">The agent drains or has stopped.</exception>
    public bool TryEnqueue(T item)
    {
        Admit();
        if (items.Writer.TryWrite(item))
            return true;
        Release();
        return false;
    }

    internal async Task WorkAsync(CancellationToken stop)
    {
        await foreach (var item in items.Reader.ReadAllAsync(stop).ConfigureAwait(false))
        {
            try
            {
                await handler(item, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                throw;
            }
#pragma warning disable CA1031 // One item that fails must not hold up the rest; the failure is logged and counted.
            catch (Exception error)
#pragma warning restore CA1031
            {
                AgentLog.WorkItemFailed(logger, error, agent.Name, Name);
                agent.Metrics.WorkItemFailed(Name, error);
            }
            finally
            {
                Release();
            }
        }
    }

    // An item counts as an operation from the moment it is accepted, so that a drain waits for it.
    private void Admit()
    {
        if (!operations.TryEnter())
            throw new AgentDrainingException(agent.Name, "queue " + Name);
        agent.Metrics.QueueChanged(Name, +1);
    }

    private void Release()
    {
        agent.Metrics.QueueChanged(Name, -1);
        operations.Leave();
    }
}
