using Spectre.Console;

namespace AgentLift.Cli.Terminal;

/// <summary>Says on standard error what is being done: one moving line where a terminal is, plain lines where not.</summary>
internal static class StatusLine
{
    /// <summary>Runs some work, which is handed what says a line.</summary>
    public static Task<T> RunAsync<T>(Verbosity verbosity, Func<Action<string>, Task<T>> work)
    {
        if (verbosity < Verbosity.Normal)
            return work(static _ => { });
        if (Console.IsErrorRedirected || verbosity == Verbosity.Detailed)
            return work(Console.Error.WriteLine);

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Status().StartAsync("Starting ...", context => work(text => context.Status(Markup.Escape(text))));
    }
}
