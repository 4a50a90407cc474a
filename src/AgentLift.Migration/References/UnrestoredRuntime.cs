using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.References;

/// <summary>Projects that refer to the runtime's package, which no restore has brought yet: after a first run, or on a machine without its feed.</summary>
internal static class UnrestoredRuntime
{
    /// <summary>Lets such projects see the runtime that the tool ships with.</summary>
    public static async Task<Solution> AddAsync(Solution solution, RuntimeReference reference, CancellationToken cancellationToken)
    {
        foreach (var id in solution.GetProjectDependencyGraph().GetTopologicallySortedProjects(cancellationToken))
        {
            var project = solution.GetProject(id)!;
            if (project.FilePath is { } file
                && File.Exists(file)
                && PackageReferenceEdit.Has(await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false), "PackageReference", LiftPackages.Runtime)
                && !await reference.IsSeenByAsync(project, cancellationToken).ConfigureAwait(false)
                && await reference.RefusalOfAsync(project, cancellationToken).ConfigureAwait(false) is null)
            {
                solution = reference.AddTo(solution, id);
            }
        }

        return solution;
    }
}
