using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Commands;

/// <summary>Reads a file that a command was given.</summary>
internal static class InputFile
{
    /// <summary>The text of the file.</summary>
    /// <param name="file">The file, as given.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="UnusableInputException">It cannot be read.</exception>
    public static async Task<string> ReadAsync(string file, string what, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UnusableInputException(new AssessmentError(file, null, $"the {what} cannot be read: {error.Message}", "name an existing file"));
        }
    }
}
