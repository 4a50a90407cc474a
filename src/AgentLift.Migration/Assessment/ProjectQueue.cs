using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Assessment;

/// <summary>The C# projects of a solution, dependencies first. What no waiting project needs is let go of, so that its compilation can be collected.</summary>
internal sealed class ProjectQueue
{
    private readonly Queue<ProjectId> waiting;
    private Solution solution;

    public ProjectQueue(Solution solution)
    {
        this.solution = solution;
        waiting = new Queue<ProjectId>(
            solution.GetProjectDependencyGraph().GetTopologicallySortedProjects()
                .Where(id => solution.GetProject(id)?.Language == LanguageNames.CSharp));
        Total = waiting.Count;
    }

    /// <summary>The number of projects at the start.</summary>
    public int Total { get; }

    /// <summary>Takes the next project; <see langword="null"/> at the end.</summary>
    public Project? Next() => waiting.TryDequeue(out var id) ? solution.GetProject(id) : null;

    /// <summary>Forgets a project that is done, with its dependencies, as far as no waiting project needs them.</summary>
    public void LetGo(ProjectId done)
    {
        var graph = solution.GetProjectDependencyGraph();
        var needed = new HashSet<ProjectId>(waiting);
        foreach (var id in waiting)
            needed.UnionWith(graph.GetProjectsThatThisProjectTransitivelyDependsOn(id));
        if (!needed.Contains(done))
            solution = solution.ProjectIds.Where(id => !needed.Contains(id)).Aggregate(solution, (rest, id) => rest.RemoveProject(id));
    }
}
