using System.Collections.Immutable;
using AgentLift.Core.Data;
using AgentLift.Core.Manifest;
using AgentLift.Core.Settings;

namespace AgentLift.Migration.Assessment;

/// <summary>Compares a fleet manifest with the fleet. Only the whole fleet can tell: one project lacks the types of the others.</summary>
internal static class ManifestCoverage
{
    /// <summary>An error for each entry of the command line's manifest whose class no project has; a manifest that cannot be read is reported by the pass.</summary>
    public static IEnumerable<AssessmentError> ErrorsOf(DataFile? manifest, IEnumerable<AssessedProject> projects)
    {
        if (manifest is null)
            return [];
        try
        {
            return ErrorsOf(manifest.Path, FleetManifestReader.Read(manifest).Agents, projects.SelectMany(project => project.ManifestEntries));
        }
        catch (DataException)
        {
            return [];
        }
    }

    /// <summary>An error for each entry whose class no project has.</summary>
    /// <param name="file">The manifest, as given.</param>
    /// <param name="declared">Its entries.</param>
    /// <param name="found">The entries that some class answers to.</param>
    public static IEnumerable<AssessmentError> ErrorsOf(string file, ImmutableArray<ManifestAgent> declared, IEnumerable<ManifestAgent> found)
    {
        var names = found.Select(agent => agent.Name).ToHashSet(StringComparer.Ordinal);
        return declared.Where(agent => !names.Contains(agent.Name)).Select(agent => new AssessmentError(
            file,
            agent.Line,
            agent.Type is { } type
                ? $"agent '{agent.Name}' names the type '{type}', which no assessed project has"
                : $"agent '{agent.Name}' names the file '{agent.File}', which holds no class of an assessed project",
            "correct the name, assess the project that has it too, or take the entry out"));
    }
}
