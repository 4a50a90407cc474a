using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AgentLift.Migration.Assessment;

namespace AgentLift.Migration.Baselines;

/// <summary>Reads and writes a baseline as JSON, one entry a line, so that a change shows as one line.</summary>
public static class BaselineFile
{
    private const int Version = 1;
    private const string WriteAnew = "correct the file, or write it anew with --update-baseline";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        // Symbols hold angle brackets; the file is not put into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads a baseline.</summary>
    /// <exception cref="UnusableInputException">The file is missing, unreadable, malformed or of another version.</exception>
    public static async Task<Baseline> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var text = await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
            var content = JsonSerializer.Deserialize<Content>(text, Options)
                ?? throw Unusable(path, 1, "the baseline is empty", WriteAnew);
            return content.Version == Version
                ? new Baseline(content.Evidence)
                : throw Unusable(path, LineOfVersion(text), $"the baseline is of version {content.Version}, this tool reads version {Version}", WriteAnew);
        }
        catch (JsonException failure)
        {
            throw Unusable(path, (int)(failure.LineNumber ?? 0) + 1, $"the baseline is malformed: {ShortMessage(failure)}", WriteAnew);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Unusable(path, null, "the baseline does not exist", "check the path, or write it with --update-baseline");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, null, $"the baseline cannot be read: {failure.Message}", "give yourself read permission");
        }
    }

    /// <summary>Writes a baseline; whoever reads the file meanwhile sees the old or the new content, never a part.</summary>
    /// <param name="path">The file; its folder is created where it is missing.</param>
    /// <param name="baseline">The content.</param>
    /// <param name="tool">Name and version of the tool.</param>
    /// <param name="cancellationToken">Stops before anything is replaced.</param>
    /// <exception cref="UnusableInputException">The file cannot be written.</exception>
    public static async Task WriteAsync(string path, Baseline baseline, string tool, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(path);
        var temporary = $"{full}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            await File.WriteAllTextAsync(temporary, TextOf(baseline, tool), cancellationToken).ConfigureAwait(false);
            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, null, $"the baseline cannot be written: {failure.Message}", "give yourself write permission, or name another file");
        }
        finally
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    private static string TextOf(Baseline baseline, string tool)
    {
        var text = new StringBuilder();
        text.Append("{\n");
        text.Append($"  \"version\": {Version},\n");
        text.Append($"  \"tool\": {JsonSerializer.Serialize(tool, Options)},\n");
        text.Append("  \"evidence\": [");
        text.AppendJoin(',', baseline.Entries.Select(entry => "\n    " + JsonSerializer.Serialize(entry, Options)));
        return text.Append(baseline.Entries.IsEmpty ? "]\n}\n" : "\n  ]\n}\n").ToString();
    }

    private static int LineOfVersion(string text)
    {
        var index = text.IndexOf("\"version\"", StringComparison.Ordinal);
        return 1 + text.AsSpan(0, Math.Max(index, 0)).Count('\n');
    }

    // The serialiser appends the path and the position, which the error names already.
    private static string ShortMessage(JsonException failure) =>
        failure.Message.Split(" Path: ")[0].Split(" LineNumber: ")[0].TrimEnd('.', '|', ' ').Replace("AgentLift.Migration.Baselines.", string.Empty);

    private static UnusableInputException Unusable(string path, int? line, string message, string nextStep) =>
        new(new AssessmentError(path, line, message, nextStep));

    private sealed record Content(int Version, string Tool, ImmutableArray<BaselineEntry> Evidence);
}
