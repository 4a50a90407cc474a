using AgentLift.Core.Rules;
using AgentLift.Migration.ParallelRun;

namespace AgentLift.Migration.Measuring;

/// <summary>Runs a form in a process of its own, by the engine of parallel runs.</summary>
/// <param name="transcript">What is asked, and what counts as ready.</param>
/// <param name="before">How the form before is started.</param>
/// <param name="after">How the form after is started.</param>
/// <param name="options">Limits.</param>
internal sealed class ProcessFormRunner(Transcript transcript, AgentCommand before, AgentCommand after, ParallelRunOptions options) : IFormRunner
{
    /// <inheritdoc/>
    public Task<Observation> RunAsync(MeasuredForm form, CancellationToken cancellationToken) =>
        ParallelRunner.ObserveAsync(transcript, KebabCase.ToKebabCase(form), form == MeasuredForm.Before ? before : after, options, cancellationToken);
}
