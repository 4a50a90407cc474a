using System.Diagnostics;

namespace AgentLift.Runtime.Benchmarks.Failover;

/// <summary>Answers and failures of all askers, and the longest time that one of them was without an answer.</summary>
internal sealed class AnswerLog
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<AgentCallFailure, int> failures = [];
    private TimeSpan longestGap;
    private int answered;

    public int Answered => answered;

    public int Failed => failures.Values.Sum();

    public TimeSpan LongestGap => longestGap;

    public string Failures => failures.Count == 0 ? "-" : string.Join(", ", failures.Select(pair => $"{pair.Value} {pair.Key}"));

    /// <summary>Asks until it is stopped.</summary>
    public async Task AskAsync(AskerAgent agent, CancellationToken stop)
    {
        var lastAnswer = Stopwatch.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await agent.AskAsync();
                Answer(ref lastAnswer);
            }
            catch (AgentCallException error)
            {
                Fail(error.Failure);
            }
        }

        // An asker that is without an answer to the end must not go unseen.
        Gap(Stopwatch.GetElapsedTime(lastAnswer));
    }

    private void Answer(ref long lastAnswer)
    {
        var now = Stopwatch.GetTimestamp();
        Gap(Stopwatch.GetElapsedTime(lastAnswer, now));
        lastAnswer = now;
        Interlocked.Increment(ref answered);
    }

    private void Gap(TimeSpan gap)
    {
        lock (gate)
            longestGap = gap > longestGap ? gap : longestGap;
    }

    private void Fail(AgentCallFailure failure)
    {
        lock (gate)
            failures[failure] = failures.GetValueOrDefault(failure) + 1;
    }
}
