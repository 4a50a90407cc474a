using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Benchmarks;

/// <summary>Prints which devices of this machine can be read, what each reading says, and how long it takes.</summary>
internal static class DevicesReport
{
    private const double Gibibyte = 1024 * 1024 * 1024;

    public static Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        using var loggers = new LoggerFactory([new ConsoleLog()]);
        var began = Stopwatch.GetTimestamp();
        var memory = DeviceMemory.Detect(loggers);
        Console.WriteLine($"detected in {Milliseconds(began)} ms");
        Table.Print(["device", "total GiB", "used GiB", "this process GiB", "first ms", "second ms"], memory.Devices.Select(device => RowOf(memory, device)));
        return Task.FromResult(memory.Devices.All(device => memory.Read(device) is not null) ? 0 : 1);
    }

    private static string[] RowOf(IDeviceMemory memory, ModelDevice device)
    {
        var first = Stopwatch.GetTimestamp();
        memory.Read(device);
        var firstTook = Milliseconds(first);
        var second = Stopwatch.GetTimestamp();
        var reading = memory.Read(device);
        return [device.ToString(), InGibibytes(reading?.TotalBytes), InGibibytes(reading?.UsedBytes), InGibibytes(reading?.UsedByThisProcess), firstTook, Milliseconds(second)];
    }

    private static string InGibibytes(long? bytes) => bytes is { } known ? $"{known / Gibibyte:0.000}" : "not told";

    private static string Milliseconds(long since) => $"{Stopwatch.GetElapsedTime(since).TotalMilliseconds:0.000}";

    /// <summary>What the runtime says while it detects.</summary>
    private sealed class ConsoleLog : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Console.WriteLine($"{logLevel}: {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
