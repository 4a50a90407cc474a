namespace AgentLift.Migration.Measuring;

/// <summary>What the runs of a measurement come to.</summary>
/// <param name="Measurement">The runs.</param>
/// <param name="Ready">Start of the process to ready, in milliseconds: by this the improvement is judged.</param>
/// <param name="FirstAnswer">Start of the process to the first answer, in milliseconds; <see langword="null"/> where a run has none.</param>
/// <param name="MemoryAtReady">Peak of the resident memory until ready, in bytes.</param>
/// <param name="Memory">Peak of the resident memory of the whole run, in bytes.</param>
public sealed record MeasuredFigures(AgentMeasurement Measurement, Effect Ready, Effect? FirstAnswer, Effect MemoryAtReady, Effect Memory)
{
    /// <summary>Works the figures out.</summary>
    /// <exception cref="ArgumentException">The measurement has no runs, or not as many of the one form as of the other.</exception>
    public static MeasuredFigures Of(AgentMeasurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        return new(
            measurement,
            EffectOf(run => run.ReadyMilliseconds),
            measurement.Before.Concat(measurement.After).All(run => run.FirstAnswerMilliseconds is not null) ? EffectOf(run => run.FirstAnswerMilliseconds!.Value) : null,
            EffectOf(run => run.PeakBytesAtReady),
            EffectOf(run => run.PeakBytes));

        Effect EffectOf(Func<RunFigures, double> figure) => Effect.Of(measurement.Before.Select(figure), measurement.After.Select(figure));
    }
}
