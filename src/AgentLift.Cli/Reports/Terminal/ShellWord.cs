namespace AgentLift.Cli.Reports.Terminal;

/// <summary>Arguments of commands that are shown to be copied into a shell.</summary>
internal static class ShellWord
{
    /// <summary>The argument as it is where it is plain, else in single quotes, so that no shell reads anything into it.</summary>
    public static string Quote(string argument) => argument.Length > 0 && argument.All(IsPlain)
        ? argument
        : $"'{argument.Replace("'", "'\\''")}'";

    private static bool IsPlain(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '/' or ':' or '+' or '@' or '\\';
}
