using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Tests;

/// <summary>A log of which only the ids of events are kept.</summary>
internal sealed class CountingLog : ILoggerProvider, ILogger
{
    private readonly Lock gate = new();
    private readonly List<int> events = [];
    private readonly Channel<int> written = Channel.CreateUnbounded<int>();

    public IReadOnlyList<int> Events
    {
        get
        {
            lock (gate)
                return [.. events];
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (gate)
            events.Add(eventId.Id);
        written.Writer.TryWrite(eventId.Id);
    }

    /// <summary>Waits until an event has been written that no wait has seen yet.</summary>
    public async Task WrittenAsync(int id)
    {
        while (await written.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)) != id)
        {
        }
    }

    public void Dispose()
    {
    }
}
