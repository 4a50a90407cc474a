using AgentLift.Migration.Assessment;
using Spectre.Console;

namespace AgentLift.Cli.Terminal;

/// <summary>Shows on standard error what is being done: one moving line where a terminal is, plain lines where not.</summary>
internal static class ProgressDisplay
{
    /// <summary>Runs some work and shows its progress.</summary>
    public static Task<T> RunAsync<T>(Verbosity verbosity, Func<IProgress<AssessmentProgress>, Task<T>> work)
    {
        if (verbosity < Verbosity.Normal)
            return work(new Steps(static _ => { }, static _ => { }));

        Action<string> detail = verbosity == Verbosity.Detailed ? Console.Error.WriteLine : static _ => { };
        if (Console.IsErrorRedirected || verbosity == Verbosity.Detailed)
            return work(new Steps(Console.Error.WriteLine, detail));

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Status().StartAsync(
            "Starting ...",
            context => work(new Steps(text => context.Status(Markup.Escape(text)), detail)));
    }

    private static string TextOf(AssessmentProgress step) => step.Phase switch
    {
        AssessmentPhase.Restoring => $"Restoring {step.Subject} ...",
        AssessmentPhase.Loading => $"Loading {step.Subject} ...",
        _ when step.Total > 1 => $"Assessing {step.Subject} ({step.Done + 1} of {step.Total}) ...",
        _ => $"Assessing {step.Subject} ...",
    };

    /// <summary>Hands steps on at once and in order, other than <see cref="Progress{T}"/>.</summary>
    private sealed class Steps(Action<string> step, Action<string> detail) : IProgress<AssessmentProgress>
    {
        private readonly Lock gate = new();

        public void Report(AssessmentProgress value)
        {
            lock (gate)
            {
                if (value.Phase == AssessmentPhase.Detail)
                    detail("  " + value.Subject);
                else
                    step(TextOf(value));
            }
        }
    }
}
