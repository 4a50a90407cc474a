using System.Text;
using AgentLift.Migration.Measuring;
using AgentLift.Migration.ParallelRun;

namespace AgentLift.Migration.Tests.Measuring;

/// <summary>Forms that take what a test says, without a process and without a clock.</summary>
/// <param name="milliseconds">Start to ready of a run, by form and number of the run of that form, from 0.</param>
internal sealed class ScriptedForms(Func<MeasuredForm, int, double> milliseconds) : IFormRunner
{
    private readonly Dictionary<MeasuredForm, int> runs = [];

    /// <summary>The forms in the order in which they were started.</summary>
    public List<MeasuredForm> Started { get; } = [];

    /// <summary>What a run of a form answers.</summary>
    public Func<MeasuredForm, int, string> Answer { get; init; } = (_, _) => "same";

    /// <summary>Ends a run before it begins; nothing by default.</summary>
    public Action<MeasuredForm, int> Before { get; init; } = (_, _) => { };

    public Task<Observation> RunAsync(MeasuredForm form, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Started.Add(form);
        var run = runs.GetValueOrDefault(form);
        runs[form] = run + 1;
        Before(form, run);
        var answer = new ObservedAnswer(0, [.. Encoding.UTF8.GetBytes(Answer(form, run))], TimeSpan.FromMilliseconds(10));
        return Task.FromResult(new Observation(
            TimeSpan.FromMilliseconds(milliseconds(form, run)), [new ObservedExchange([answer], [], Closed: true)], PeakThreads: 3, PeakMemory: 2_000, new ObservedExit(0, TimeSpan.Zero))
        {
            PeakMemoryAtReady = 1_000,
        });
    }
}
