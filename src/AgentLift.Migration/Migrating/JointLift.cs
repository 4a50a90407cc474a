using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Verification;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Migrating;

/// <summary>
/// Lifts many agents by a stage at once, and cuts the result into the steps that it would have had one by one. That can be done where no file is changed for two
/// of them; otherwise, and where something is wrong, they are lifted one after the other, which says whose it is.
/// </summary>
internal sealed class JointLift(LiftFunction lift, bool includeAssisted)
{
    /// <summary>Lifts agents, all by the same stage.</summary>
    /// <returns>The steps, which stand on one another; <see langword="null"/> where they must be lifted one by one.</returns>
    public async Task<ImmutableArray<LiftStep>?> LiftAsync(Solution solution, ImmutableArray<StepRequest> requests, CancellationToken cancellationToken)
    {
        var names = requests.ToDictionary(request => request.Agent.Type, StringComparer.Ordinal);
        if (requests.Any(request => StepLifter.ProjectsOf(solution, request.Agent).Take(2).Count() != 1) || HasLinkedFiles(solution))
            return null;

        var stage = requests[0].Stage;
        var options = new LiftOptions(type => names.ContainsKey(type.ToDisplayString(AgentReport.FullName))) { IncludeAssisted = includeAssisted };
        var lifted = await lift(solution, stage, options, cancellationToken).ConfigureAwait(false);
        var outcomes = lifted.Agents.ToDictionary(agent => agent.Agent, StringComparer.Ordinal);
        if (outcomes.Count != requests.Length || OwnersOf(solution, lifted) is not { } owners)
            return null;

        var now = (await new LiftScope(options).ReadAsync(lifted.Solution, cancellationToken).ConfigureAwait(false)).ToDictionary(agent => agent.Type.ToDisplayString(), StringComparer.Ordinal);
        var steps = ImmutableArray.CreateBuilder<LiftStep>();
        foreach (var request in requests)
        {
            if (!outcomes.TryGetValue(request.Agent.Type, out var outcome) || !LiftCheck.ProblemsOf(stage, outcome, now.GetValueOrDefault(outcome.Agent), includeAssisted).IsEmpty)
                return null;
            var after = solution;
            foreach (var document in owners[outcome.Agent])
                after = after.WithDocumentText(document, await lifted.Solution.GetDocument(document)!.GetTextAsync(cancellationToken).ConfigureAwait(false));
            steps.Add(new LiftStep(request, solution, after, outcome));
            solution = after;
        }

        return steps.ToImmutable();
    }

    // The changed documents by the one agent that each was changed for.
    private static ILookup<string, DocumentId>? OwnersOf(Solution before, LiftedSolution lifted)
    {
        var changes = lifted.Solution.GetChanges(before).GetProjectChanges().ToList();
        if (changes.Exists(change => change.GetAddedDocuments().Any() || change.GetAddedAdditionalDocuments().Any() || change.GetChangedAdditionalDocuments().Any()))
            return null;
        var changed = changes.SelectMany(change => change.GetChangedDocuments()).ToList();
        var owned = changed.ConvertAll(document => (
            Document: document,
            Agents: lifted.Agents.Where(agent => agent.Edited.Contains(before.GetDocument(document)!.FilePath!)).Select(agent => agent.Agent).ToList()));
        return owned.TrueForAll(item => item.Agents.Count == 1) ? owned.ToLookup(item => item.Agents[0], item => item.Document, StringComparer.Ordinal) : null;
    }

    private static bool HasLinkedFiles(Solution solution) => solution.Projects
        .SelectMany(project => project.Documents).Where(document => document.FilePath is not null)
        .GroupBy(document => document.FilePath, StringComparer.Ordinal).Any(file => file.Skip(1).Any());
}
