using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Terminal;

/// <summary>Asks once before something is written.</summary>
internal static class Consent
{
    /// <summary>Whether to go on: by <c>--yes</c>, or by an answer at the terminal.</summary>
    /// <param name="yes">Whether <c>--yes</c> was given.</param>
    /// <param name="question">The question.</param>
    public static bool Given(bool yes, string question)
    {
        if (yes)
            return true;
        Console.Error.Write($"{question} [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes" or "Yes";
    }

    /// <summary>Fails early where nobody could answer.</summary>
    /// <exception cref="UnusableInputException">There is no terminal and no <c>--yes</c>.</exception>
    public static void Demand(bool yes)
    {
        if (!yes && Console.IsInputRedirected)
            throw new UnusableInputException(new AssessmentError(null, null, "nobody can be asked here: standard input is no terminal", "add --yes to write, or --dry-run to look first"));
    }
}
