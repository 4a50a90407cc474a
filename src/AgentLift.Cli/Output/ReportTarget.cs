using AgentLift.Cli.Reports.Pages;
using AgentLift.Cli.Terminal;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Output;

/// <summary>Where a report goes and in which form.</summary>
/// <param name="Format">The form.</param>
/// <param name="File">The file, or <see langword="null"/> for standard output.</param>
/// <param name="Verbosity">How much is said besides.</param>
internal sealed record ReportTarget(ReportFormat Format, string? File, Verbosity Verbosity)
{
    /// <summary>Writes the report; a file is replaced whole or not at all.</summary>
    /// <exception cref="UnusableInputException">The file cannot be written.</exception>
    public Task WriteAsync(FleetAssessment fleet, CancellationToken cancellationToken) => WriteAsync(
        () => ReportWriters.WriteToStandardOutput(Format, fleet, Verbosity), output => ReportWriters.WriteToFile(Format, fleet, Verbosity, output), cancellationToken);

    /// <summary>Writes what another command has to say; a file is replaced whole or not at all.</summary>
    /// <exception cref="UnusableInputException">The file cannot be written.</exception>
    public Task WriteAsync(Page page, CancellationToken cancellationToken) => WriteAsync(
        () => ReportWriters.WriteToStandardOutput(Format, page, Verbosity), output => ReportWriters.WriteToFile(Format, page, output), cancellationToken);

    private async Task WriteAsync(Action toStandardOutput, Action<TextWriter> toFile, CancellationToken cancellationToken)
    {
        if (File is null)
        {
            toStandardOutput();
            return;
        }

        using var text = new StringWriter { NewLine = "\n" };
        toFile(text);
        var full = Path.GetFullPath(File);
        var temporary = $"{full}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            await System.IO.File.WriteAllTextAsync(temporary, text.ToString(), cancellationToken);
            System.IO.File.Move(temporary, full, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UnusableInputException(
                new AssessmentError(File, null, $"the report cannot be written: {failure.Message}", "name a file in a folder that you may write to"));
        }
        finally
        {
            if (System.IO.File.Exists(temporary))
                System.IO.File.Delete(temporary);
        }

        Say($"Wrote the report to {File}.");
    }

    /// <summary>Says how something ended.</summary>
    public void Say(string text)
    {
        if (Verbosity >= Verbosity.Minimal)
            Console.Error.WriteLine(text);
    }
}
