using AgentLift.Migration.ParallelRun;

namespace AgentLift.Migration.Measuring;

/// <summary>Starts a form of an agent, waits until it is ready, asks it what a transcript says, and ends it.</summary>
internal interface IFormRunner
{
    /// <summary>Makes one run.</summary>
    /// <param name="form">Which form.</param>
    /// <param name="cancellationToken">Ends the agent at once.</param>
    /// <exception cref="ParallelRunException">It does not start, is not ready in time, or ends by itself.</exception>
    Task<Observation> RunAsync(MeasuredForm form, CancellationToken cancellationToken);
}
