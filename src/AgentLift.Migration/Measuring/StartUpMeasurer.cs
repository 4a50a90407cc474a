using System.Collections.Immutable;
using AgentLift.Migration.ParallelRun;

namespace AgentLift.Migration.Measuring;

/// <summary>Starts the form before and the form after of an agent in turn, several times each, and keeps what each run took.</summary>
public sealed class StartUpMeasurer
{
    private readonly Transcript transcript;
    private readonly IFormRunner forms;
    private readonly MeasureOptions options;
    private readonly TimeProvider time;
    private readonly IProgress<MeasureProgress> progress;

    internal StartUpMeasurer(Transcript transcript, IFormRunner forms, MeasureOptions options, TimeProvider time, IProgress<MeasureProgress> progress)
    {
        this.transcript = transcript;
        this.forms = forms;
        this.options = options;
        this.time = time;
        this.progress = progress;
    }

    /// <summary>A measurer of processes.</summary>
    /// <param name="transcript">What is asked, and what counts as ready.</param>
    /// <param name="before">How the form before is started.</param>
    /// <param name="after">How the form after is started.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told what begins.</param>
    public static StartUpMeasurer OfProcesses(Transcript transcript, AgentCommand before, AgentCommand after, MeasureOptions options, IProgress<MeasureProgress> progress)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(transcript, new ProcessFormRunner(transcript, before, after, options.Run), options, TimeProvider.System, progress);
    }

    /// <summary>Measures.</summary>
    /// <param name="agent">The agent's name.</param>
    /// <param name="tool">Name and version of the tool.</param>
    /// <param name="machine">The machine, for people.</param>
    /// <param name="cancellationToken">Ends what runs at once.</param>
    /// <exception cref="ParallelRunException">A form does not start, is not ready in time, or ends by itself; or nothing tells when it is ready.</exception>
    public async Task<AgentMeasurement> MeasureAsync(string agent, string tool, string machine, CancellationToken cancellationToken)
    {
        var readyWhen = ReadySign.Of(transcript);
        for (var i = 0; i < options.WarmUps; i++)
            await RunPairAsync(run: 0, cancellationToken).ConfigureAwait(false);

        var pairs = ImmutableArray.CreateBuilder<(Observation Before, Observation After)>(options.Runs);
        for (var run = 1; run <= options.Runs; run++)
            pairs.Add(await RunPairAsync(run, cancellationToken).ConfigureAwait(false));

        return new AgentMeasurement(
            agent,
            time.GetUtcNow(),
            tool,
            machine,
            readyWhen,
            [.. pairs.Select(pair => RunFigures.Of(pair.Before))],
            [.. pairs.Select(pair => RunFigures.Of(pair.After))])
        {
            Answers = pairs[0].Before.Exchanges.Sum(exchange => exchange.Answers.Length),
            DifferingPairs = pairs.Count(pair => !AnswerComparer.CompareAnswers(transcript, pair.Before, pair.After).IsEmpty),
            HasChildren = pairs.Any(pair => pair.Before.HasChildren || pair.After.HasChildren),
        };
    }

    // In turn, so that what slows the machine down for a while slows both forms down.
    private async Task<(Observation Before, Observation After)> RunPairAsync(int run, CancellationToken cancellationToken) => (
        await RunAsync(MeasuredForm.Before, run, cancellationToken).ConfigureAwait(false),
        await RunAsync(MeasuredForm.After, run, cancellationToken).ConfigureAwait(false));

    private async Task<Observation> RunAsync(MeasuredForm form, int run, CancellationToken cancellationToken)
    {
        progress.Report(new MeasureProgress(form, run, options.Runs));
        try
        {
            return await forms.RunAsync(form, cancellationToken).ConfigureAwait(false);
        }
        catch (ParallelRunException failure)
        {
            throw new ParallelRunException($"{failure.Message}, in {(run == 0 ? "a run that is not counted" : $"run {run} of {options.Runs}")}", failure.NextStep);
        }
    }
}
