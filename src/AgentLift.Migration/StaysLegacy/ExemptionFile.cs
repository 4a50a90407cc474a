using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using AgentLift.Migration.Assessment;

namespace AgentLift.Migration.StaysLegacy;

/// <summary>The agents that stay legacy, in <c>agentlift.exceptions.json</c> at the root of the target: a file to commit and to review.</summary>
public static class ExemptionFile
{
    /// <summary>Name of the file.</summary>
    public const string Name = "agentlift.exceptions.json";

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The exceptions of a target; none where there is no file.</summary>
    /// <param name="root">Full path of the target's folder.</param>
    /// <exception cref="UnusableInputException">The file cannot be read.</exception>
    public static ImmutableArray<LegacyExemption> Read(string root)
    {
        try
        {
            return JsonSerializer.Deserialize<Content>(File.ReadAllBytes(Path.Combine(root, Name)), Options)!.Exceptions;
        }
        catch (FileNotFoundException)
        {
            return [];
        }
        catch (JsonException failure)
        {
            throw new UnusableInputException(new AssessmentError(
                Name, (int?)failure.LineNumber + 1, $"the list of exceptions cannot be read: {failure.Message}", "give each exception agent, reason and review (yyyy-mm-dd)"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UnusableInputException(new AssessmentError(Name, null, $"the list of exceptions cannot be read: {failure.Message}", "give yourself read permission"));
        }
    }

    /// <summary>Records an exception; one for the same agent is replaced.</summary>
    /// <param name="root">Full path of the target's folder.</param>
    /// <param name="exemption">The exception.</param>
    /// <exception cref="UnusableInputException">The file cannot be read or written.</exception>
    public static void Add(string root, LegacyExemption exemption)
    {
        var others = Read(root).Where(other => !string.Equals(other.Agent, exemption.Agent, StringComparison.OrdinalIgnoreCase));
        var all = others.Append(exemption).OrderBy(other => other.Agent, StringComparer.Ordinal).ToImmutableArray();
        var file = Path.Combine(root, Name);
        try
        {
            File.WriteAllText(file + ".tmp", JsonSerializer.Serialize(new Content(all), Options) + "\n");
            File.Move(file + ".tmp", file, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UnusableInputException(new AssessmentError(Name, null, $"the list of exceptions cannot be written: {failure.Message}", "give yourself write permission"));
        }
    }

    private sealed record Content(ImmutableArray<LegacyExemption> Exceptions);
}
