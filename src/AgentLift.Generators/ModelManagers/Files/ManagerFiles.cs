using System.Collections.Immutable;
using AgentLift.Core.Rules;

namespace AgentLift.Generators.ModelManagers.Files;

/// <summary>Gives each manager the models file that it names.</summary>
internal static class ManagerFiles
{
    public static ImmutableArray<ManagerWithFile> Of(ReadManager read, ImmutableArray<ModelsFile> files)
    {
        if (read.Manager is not { } manager)
            return [];
        if (manager.File is not { } named)
            return [new(manager, null, default)];

        var matches = files.Where(file => ModelsFile.IsNamed(file.Path, named.Name)).ToList();
        if (matches.Count == 1)
            return [new(manager, matches[0], default)];
        var problems = new ProblemList(named.Place);
        if (matches.Count == 0)
            problems.Add(RuleIds.ModelsFileMissing, manager.Name, named.Name, "which is not among the additional files", $"""add <AdditionalFiles Include="{named.Name}" /> to the project""");
        else
            problems.Add(RuleIds.ModelsFileMissing, manager.Name, named.Name, $"and {matches.Count} additional files are called that", "give more of its path");
        return [new(manager, null, problems.ToArray())];
    }
}
