using AgentLift.Core.Rules;
using AgentLift.Migration.Measuring;

namespace AgentLift.Cli.Terminal;

/// <summary>Shows on standard error which run a measurement is at.</summary>
internal static class MeasureDisplay
{
    /// <summary>Runs some work and shows its progress.</summary>
    public static Task<T> RunAsync<T>(Verbosity verbosity, Func<IProgress<MeasureProgress>, Task<T>> work) =>
        StatusLine.RunAsync(verbosity, say => work(new Steps(say)));

    private sealed class Steps(Action<string> say) : IProgress<MeasureProgress>
    {
        public void Report(MeasureProgress value) =>
            say(value.Run == 0 ? $"Warming up, {KebabCase.ToKebabCase(value.Form)} ..." : $"Run {value.Run} of {value.Runs}, {KebabCase.ToKebabCase(value.Form)} ...");
    }
}
