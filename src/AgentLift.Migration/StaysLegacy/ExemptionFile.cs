using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using AgentLift.Migration.Assessment;

namespace AgentLift.Migration.StaysLegacy;

/// <summary>The agents that stay legacy, and the findings that may stay in others, in <c>agentlift.exceptions.json</c> at the root of the target: a file to commit and to review.</summary>
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
            var exemptions = JsonSerializer.Deserialize<Content>(File.ReadAllBytes(Path.Combine(root, Name)), Options)!.Exceptions;
            return exemptions.FirstOrDefault(exemption => exemption.Rules is { IsEmpty: true }) is { } empty
                ? throw new JsonException($"the rules of '{empty.Agent}' are an empty list")
                : exemptions;
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

    /// <summary>Records exceptions. A rule has one entry an agent, and an agent that stays as a whole has no other: what was recorded before gives way.</summary>
    /// <param name="root">Full path of the target's folder.</param>
    /// <param name="exemptions">The exceptions.</param>
    /// <exception cref="UnusableInputException">The file cannot be read or written.</exception>
    public static void Add(string root, params ReadOnlySpan<LegacyExemption> exemptions)
    {
        var all = Read(root);
        foreach (var exemption in exemptions)
            all = [.. all.Select(other => Without(other, exemption)).OfType<LegacyExemption>(), exemption];
        all = [.. all.OrderBy(exemption => exemption.Agent, StringComparer.Ordinal).ThenBy(exemption => exemption.Rules?[0], StringComparer.Ordinal)];
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

    private static LegacyExemption? Without(LegacyExemption old, LegacyExemption added)
    {
        if (!old.IsSameAgent(added))
            return old;
        if (old.Rules is not { } rules || added.Rules is not { } taken)
            return null;
        var left = rules.RemoveRange(taken);
        return left.IsEmpty ? null : old with { Rules = left };
    }

    private sealed record Content(ImmutableArray<LegacyExemption> Exceptions);
}
