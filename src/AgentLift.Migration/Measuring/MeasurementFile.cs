using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AgentLift.Migration.Assessment;

namespace AgentLift.Migration.Measuring;

/// <summary>
/// What was measured of a fleet's agents, in <c>agentlift.measurements.json</c> at the root of the target: a file to commit, so that figures outlive
/// the machine that they were taken on. One agent a line, with every run, so that no figure in it can contradict another.
/// </summary>
public static class MeasurementFile
{
    /// <summary>Name of the file.</summary>
    public const string Name = "agentlift.measurements.json";

    private const int Version = 1;
    private const string MeasureAnew = "correct the file, or remove it and measure anew with 'agentlift measure ... --save'";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        // The file is not put into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The measurements of a target, by agent; none where there is no file.</summary>
    /// <param name="root">Full path of the target's folder.</param>
    /// <exception cref="UnusableInputException">The file cannot be read.</exception>
    public static ImmutableArray<AgentMeasurement> Read(string root)
    {
        try
        {
            var content = JsonSerializer.Deserialize<Content>(File.ReadAllBytes(Path.Combine(root, Name)), Options) ?? throw new JsonException("it is empty");
            return content switch
            {
                { Version: not Version } => throw new JsonException($"it is of version {content.Version}, this tool reads version {Version}"),
                _ when content.Agents.FirstOrDefault(agent => !IsWhole(agent)) is { } broken => throw new JsonException($"the runs of '{broken.Agent}' are no pairs of runs that took time and memory"),
                _ => content.Agents,
            };
        }
        catch (FileNotFoundException)
        {
            return [];
        }
        catch (JsonException failure)
        {
            throw new UnusableInputException(new AssessmentError(Name, (int?)failure.LineNumber + 1, $"the measurements cannot be read: {failure.Message}", MeasureAnew));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UnusableInputException(new AssessmentError(Name, null, $"the measurements cannot be read: {failure.Message}", "give yourself read permission"));
        }
    }

    /// <summary>Keeps a measurement in place of the one before of the same agent.</summary>
    /// <param name="root">Full path of the target's folder.</param>
    /// <param name="measurement">The measurement.</param>
    /// <exception cref="UnusableInputException">The file cannot be read or written.</exception>
    public static void Keep(string root, AgentMeasurement measurement)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        var agents = Read(root).Where(agent => !string.Equals(agent.Agent, measurement.Agent, StringComparison.OrdinalIgnoreCase))
            .Append(measurement)
            .OrderBy(agent => agent.Agent, StringComparer.Ordinal);
        var file = Path.Combine(root, Name);
        try
        {
            File.WriteAllText(file + ".tmp", TextOf(agents));
            File.Move(file + ".tmp", file, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UnusableInputException(new AssessmentError(Name, null, $"the measurements cannot be written: {failure.Message}", "give yourself write permission"));
        }
    }

    private static bool IsWhole(AgentMeasurement agent) =>
        !agent.Before.IsEmpty && agent.Before.Length == agent.After.Length
        && agent.Before.Concat(agent.After).All(run => run is { ReadyMilliseconds: > 0, PeakBytesAtReady: > 0, PeakBytes: > 0, FirstAnswerMilliseconds: null or > 0 });

    private static string TextOf(IEnumerable<AgentMeasurement> agents)
    {
        var text = new StringBuilder();
        text.Append("{\n");
        text.Append($"  \"version\": {Version},\n");
        text.Append("  \"agents\": [\n");
        text.AppendJoin(",\n", agents.Select(agent => "    " + JsonSerializer.Serialize(agent, Options)));
        return text.Append("\n  ]\n}\n").ToString();
    }

    private sealed record Content(int Version, ImmutableArray<AgentMeasurement> Agents);
}
