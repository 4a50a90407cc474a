using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Verification;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Migrating;

/// <summary>
/// Lifts many agents by a stage at once, and tells whose each changed file is. An agent that changes a file together with another one, or whose lift is not what
/// it claims, takes no part.
/// </summary>
internal sealed class JointLift(LiftFunction lift, bool includeAssisted)
{
    private readonly Dictionary<DocumentId, string> owners = [];
    private LiftedSolution? last;

    /// <summary>Lifts agents, all by the same stage.</summary>
    /// <returns>The solution with the steps of those that took part, and the steps.</returns>
    public async Task<(Solution Solution, ImmutableArray<JointStep> Steps)> LiftAsync(
        Solution solution, MigrationStage stage, IEnumerable<StepRequest> requests, CancellationToken cancellationToken)
    {
        var wanted = requests.Where(request => StepLifter.ProjectsOf(solution, request.Agent).Take(2).Count() == 1).ToDictionary(request => request.Agent.Type, StringComparer.Ordinal);
        if (wanted.Count == 0)
            return (solution, []);
        var lifted = last = await lift(solution, stage, OptionsFor(solution, wanted), cancellationToken).ConfigureAwait(false);
        if (DocumentsOf(solution, lifted) is not { } documents)
            return (solution, []);

        var now = (await lifted.Scope.ReadAsync(lifted.Solution, cancellationToken).ConfigureAwait(false)).ToLookup(agent => agent.Type.ToDisplayString(), StringComparer.Ordinal);
        var steps = ImmutableArray.CreateBuilder<JointStep>();
        foreach (var outcome in lifted.Agents.Where(outcome => wanted.ContainsKey(outcome.Agent) && documents.ContainsKey(outcome.Agent)))
        {
            if (!LiftCheck.ProblemsOf(stage, outcome, now[outcome.Agent].FirstOrDefault(), includeAssisted).IsEmpty)
                continue;
            var own = documents[outcome.Agent];
            foreach (var document in own)
                owners[document.Id] = outcome.Agent;
            steps.Add(new JointStep(wanted[outcome.Agent], outcome, [.. await Task.WhenAll(own.Select(TextAsync)).ConfigureAwait(false)]));
        }

        // What is whole is compiled already.
        return steps.Count == wanted.Count ? (lifted.Solution, steps.ToImmutable()) : (JointStep.Apply(solution, steps), steps.ToImmutable());

        async Task<DocumentText> TextAsync(Document document) =>
            new(document.Id, document.FilePath!, await document.GetTextAsync(cancellationToken).ConfigureAwait(false));
    }

    private LiftOptions OptionsFor(Solution solution, Dictionary<string, StepRequest> wanted) => new(type => wanted.ContainsKey(type.ToDisplayString(AgentReport.FullName)))
    {
        IncludeAssisted = includeAssisted,
        Scope = last is not null && last.Solution == solution && wanted.Keys.ToHashSet().SetEquals(last.Agents.Select(agent => agent.Agent)) ? last.Scope : null,
    };

    /// <returns>The changed documents of each agent that shares none of its own; <see langword="null"/> where the lift changed something that is no agent's.</returns>
    private Dictionary<string, List<Document>>? DocumentsOf(Solution before, LiftedSolution lifted)
    {
        var documents = lifted.Agents.ToDictionary(agent => agent.Agent, _ => new List<Document>(), StringComparer.Ordinal);
        foreach (var change in lifted.Solution.GetChanges(before).GetProjectChanges())
        {
            if (change.GetAddedDocuments().Any() || change.GetAddedAdditionalDocuments().Any() || change.GetChangedAdditionalDocuments().Any())
                return null;
            foreach (var document in change.GetChangedDocuments().Select(id => change.NewProject.GetDocument(id)!))
            {
                var editors = lifted.Agents.Where(agent => agent.Edited.Contains(document.FilePath!)).Select(agent => agent.Agent).ToList();
                if (editors.Count == 0)
                    return null;
                var isShared = editors.Count > 1
                    || owners.GetValueOrDefault(document.Id, editors[0]) != editors[0]
                    || before.GetDocumentIdsWithFilePath(document.FilePath).Length > 1;
                foreach (var editor in editors)
                {
                    if (isShared)
                        documents.Remove(editor);
                    else if (documents.TryGetValue(editor, out var own))
                        own.Add(document);
                }
            }
        }

        return documents;
    }
}
