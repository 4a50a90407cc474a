using System.Collections.Immutable;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Editing;
using AgentLift.Migration.Generating;
using AgentLift.Migration.References;
using AgentLift.Migration.Verification;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Migrating;

/// <summary>Gives the projects of a batch the runtime, in memory and, once an agent in them is written, in their project files.</summary>
internal sealed class RuntimeAddition(MigrationOptions options, SourceGenerators generators, PendingFiles files)
{
    private readonly RuntimeReference reference = new(options.RuntimeAssembly, generators);
    private readonly LiftPackages package = new(options.RuntimeVersion);
    private readonly Dictionary<string, string> added = new(StringComparer.Ordinal);
    private readonly HashSet<string> written = new(StringComparer.Ordinal);

    /// <summary>Adds the runtime where the projects of some agents lack it.</summary>
    /// <returns>The solution, and the agents that cannot be lifted because their project cannot have it.</returns>
    public async Task<(Solution Solution, ImmutableArray<(AssessedAgent Agent, string Reason)> Refused)> AddAsync(
        Solution solution, IEnumerable<AssessedAgent> agents, CompilerCheck compiler, CancellationToken cancellationToken)
    {
        var refused = ImmutableArray.CreateBuilder<(AssessedAgent, string)>();
        foreach (var project in agents.GroupBy(agent => agent.Project))
        {
            var extended = solution;
            string? reason = null;
            foreach (var id in StepLifter.ProjectsOf(solution, project.First()))
            {
                if (await reference.IsSeenByAsync(extended.GetProject(id)!, cancellationToken).ConfigureAwait(false))
                    continue;
                reason ??= await reference.RefusalOfAsync(extended.GetProject(id)!, cancellationToken).ConfigureAwait(false);
                extended = reference.AddTo(extended, id);
            }

            if (extended == solution)
                continue;
            if (reason is null && await compiler.NewInAsync(extended, cancellationToken).ConfigureAwait(false) is { IsEmpty: false } findings)
                reason = $"a reference to AgentLift.Runtime brings {findings[0].Id} into its project: {findings[0].Message}";
            if (reason is not null)
            {
                refused.AddRange(project.Select(agent => (agent, reason)));
                continue;
            }

            compiler.Accept(extended);
            solution = extended;
            added[project.Key] = solution.GetProject(StepLifter.ProjectsOf(solution, project.First()).First())!.FilePath!;
        }

        return (solution, refused.ToImmutable());
    }

    /// <summary>The edits of project files that an agent's project still waits for.</summary>
    public ImmutableArray<FileEdit> EditsFor(AssessedAgent agent) =>
        added.TryGetValue(agent.Project, out var project) && !written.Contains(agent.Project) ? package.EditsFor(project, files.Read) : [];

    /// <summary>Name of the project file that gets the reference for an agent.</summary>
    public string ProjectFileOf(AssessedAgent agent) => Path.GetFileName(added[agent.Project]);

    /// <summary>The edits for an agent's project were written.</summary>
    public void Written(AssessedAgent agent) => written.Add(agent.Project);

    /// <summary>The edits for an agent's project were taken back, and wait again.</summary>
    public void TakenBack(AssessedAgent agent) => written.Remove(agent.Project);
}
