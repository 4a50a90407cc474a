using AgentLift.Core.Rules;
using AgentLift.Migration.Migrating;

namespace AgentLift.Cli.Terminal;

/// <summary>Shows on standard error what a migration is doing, and how long it may still take.</summary>
internal static class MigrationDisplay
{
    private static readonly TimeSpan ShortestShown = TimeSpan.FromSeconds(2);

    /// <summary>Runs some work and shows its progress.</summary>
    public static Task<T> RunAsync<T>(Verbosity verbosity, Func<IProgress<MigrationProgress>, Task<T>> work) =>
        StatusLine.RunAsync(verbosity, say => work(new Steps(say)));

    /// <summary>A step as one line.</summary>
    public static string TextOf(MigrationProgress step)
    {
        var what = step.Phase switch
        {
            MigrationPhase.Lifting => $"Lifting {step.Subject}, {step.Stage.ToKebabCase()}",
            MigrationPhase.Settling => $"Looking once more at {step.Subject}",
            MigrationPhase.Verifying => $"Verifying {step.Subject}",
            MigrationPhase.Writing => $"Writing {step.Subject}, {step.Stage.ToKebabCase()}",
            MigrationPhase.Command => $"Running {step.Subject}",
            _ => $"Pausing {step.Subject}",
        };
        var where = step.Batch > 0 ? $" (batch {step.Batch} of {step.Batches}{Left(step.Left)})" : string.Empty;
        return $"{what}{where} ...";
    }

    private static string Left(TimeSpan? left) => left switch
    {
        null => string.Empty,
        { } time when time < ShortestShown => string.Empty,
        { TotalSeconds: < 100 } time => $", about {time.TotalSeconds:0} s left",
        { } time => $", about {time.TotalMinutes:0} min left",
    };

    private sealed class Steps(Action<string> say) : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value) => say(TextOf(value));
    }
}
