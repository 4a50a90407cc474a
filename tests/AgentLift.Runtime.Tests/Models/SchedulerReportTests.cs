using AgentLift.Runtime.Models;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>The lines of the log in which the scheduler tells what it did.</summary>
public sealed class SchedulerReportTests : IDisposable
{
    private readonly SmallMachine machine = new();
    private readonly LinesLog log = new();
    private readonly ModelMetrics metrics = new(meters: null, () => [], () => []);
    private readonly SchedulerReport report;

    public SchedulerReportTests() => report = new SchedulerReport(log, metrics);

    public void Dispose() => metrics.Dispose();

    [Fact]
    public void A_fall_back_names_what_has_no_room_where_and_what_is_tried()
    {
        var (model, _) = machine.Add("a", 30, definition => definition with { Fallback = ModelFallback.HalfPrecision | ModelFallback.Cpu });

        report.FellBack(model, model.Rungs[0], model.Rungs[1], 30, error: null);
        report.FellBack(model, model.Rungs[1], model.Rungs[2], 15, new InsufficientMemoryException("CUDA out of memory."));

        log.Lines.ShouldBe(
        [
            "Warning 87: Model a of Models has no room for its 30 bytes on cuda:0; HalfPrecision is tried",
            "Warning 87: Model a of Models has no room for its 15 bytes on cuda:0; Cpu is tried (CUDA out of memory.)",
        ]);
    }

    [Fact]
    public void Half_precision_of_a_model_in_the_host_is_called_so()
    {
        var (model, _) = machine.Add("a", 300, definition => definition with { Devices = [ModelDevice.Cpu], Fallback = ModelFallback.HalfPrecision });

        report.FellBack(model, model.Rungs[0], model.Rungs[1], 300, error: null);

        log.Lines.ShouldBe(["Warning 87: Model a of Models has no room for its 300 bytes on cpu; HalfPrecision is tried"]);
    }

    [Fact]
    public void A_refusal_is_an_error_that_says_whether_a_version_stays()
    {
        var (model, _) = machine.Add("a", 11);
        var error = new ModelLoadException("Models", "a", "it takes 11 bytes");

        report.Refused(model, error, keepsVersion: false);
        report.Refused(model, error, keepsVersion: true);

        log.Lines.ShouldBe(
        [
            $"Error 95: Model a of Models was refused without a try to load it; the next use asks again ({error.Message})",
            $"Error 91: Model a of Models could not be loaded again; the version in use stays ({error.Message})",
        ]);
    }

    private sealed class LinesLog : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel} {eventId.Id}: {formatter(state, exception)}{(exception is null ? string.Empty : $" ({exception.Message})")}");
    }
}
