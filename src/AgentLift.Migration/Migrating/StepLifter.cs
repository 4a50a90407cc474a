using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Editing;
using AgentLift.Migration.Verification;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Migrating;

/// <summary>Lifts one agent by one stage in memory, and checks what the lift claims.</summary>
internal sealed class StepLifter(LiftFunction lift, bool includeAssisted)
{
    /// <summary>Lifts an agent.</summary>
    /// <returns>The step, and what is wrong with it.</returns>
    public async Task<(LiftStep? Step, ImmutableArray<string> Problems)> LiftAsync(Solution solution, StepRequest request, CancellationToken cancellationToken)
    {
        foreach (var project in ProjectsOf(solution, request.Agent))
        {
            var options = new LiftOptions(type => type.ToDisplayString(AgentReport.FullName) == request.Agent.Type) { IncludeAssisted = includeAssisted, OnlyProject = project };
            var lifted = await lift(solution, request.Stage, options, cancellationToken).ConfigureAwait(false);
            if (lifted.Agents.FirstOrDefault() is not { } outcome)
                continue;
            if (lifted.Solution == solution)
                return (new LiftStep(request, solution, solution, outcome), []);
            if (await SharedFiles.SpreadAsync(solution, lifted.Solution, cancellationToken).ConfigureAwait(false) is not { } after)
                return (null, ["two projects share one of its files and would have it differently"]);
            var now = await lifted.Scope.ReadAsync(after, cancellationToken).ConfigureAwait(false);
            var problems = LiftCheck.ProblemsOf(request.Stage, outcome, now is [var read] ? read : null, includeAssisted);
            return (new LiftStep(request, solution, after, outcome), problems);
        }

        return (null, ["the class is not found in its project"]);
    }

    /// <summary>The projects, one for each target framework, that an agent is in.</summary>
    public static IEnumerable<ProjectId> ProjectsOf(Solution solution, AssessedAgent agent) => solution.Projects
        .Where(project => (project.FilePath is { } file ? Path.GetFileNameWithoutExtension(file) : project.Name) == agent.Project)
        .Select(project => project.Id);
}
