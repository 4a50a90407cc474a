using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Generating;
using AgentLift.Migration.Verification;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Migrating;

/// <summary>
/// Lifts many agents by a stage at once, and tells whose each changed file is. One that several agents change, such as the program that runs them, goes with the
/// last of them. An agent whose lift is not what it claims takes no part, nor do those that share a file with it.
/// </summary>
/// <param name="lift">The lift.</param>
/// <param name="includeAssisted">Whether it also makes rewrites that need a person's eye.</param>
/// <param name="last">The last stage. Source generators run after it alone: what they write for an agent is not for its rewriters to read, and whoever verifies a stage runs them.</param>
/// <param name="generators">The source generators of the solution.</param>
/// <param name="readingsOf">What is known of the agents in some code before the first lift.</param>
internal sealed class JointLift(LiftFunction lift, bool includeAssisted, MigrationStage last, SourceGenerators generators, Func<Solution, AgentReadings?> readingsOf)
{
    private LiftedSolution? before;

    /// <summary>Lifts agents, all by the same stage.</summary>
    /// <returns>The solution with the steps of those that took part, and the steps, in the order of the requests.</returns>
    public async Task<(Solution Solution, ImmutableArray<JointStep> Steps)> LiftAsync(
        Solution solution, MigrationStage stage, IReadOnlyList<StepRequest> requests, CancellationToken cancellationToken)
    {
        // By name: one that two projects have, or one project for several frameworks, is lifted alone.
        var wanted = requests.GroupBy(request => request.Agent.Type, StringComparer.Ordinal)
            .Where(type => type.Count() == 1 && StepLifter.ProjectsOf(solution, type.First().Agent).Take(2).Count() == 1)
            .Select(type => type.Key).ToHashSet(StringComparer.Ordinal);
        if (wanted.Count == 0)
            return (solution, []);
        var lifted = before = await lift(solution, stage, OptionsFor(solution, stage, wanted), cancellationToken).ConfigureAwait(false);
        var order = requests.Select((request, index) => (request.Agent.Type, index)).Where(pair => wanted.Contains(pair.Type)).ToDictionary(pair => pair.Type, pair => pair.index, StringComparer.Ordinal);
        if (EditsOf(solution, lifted, order) is not { } edits)
            return (solution, []);

        var outcomes = lifted.Agents.Where(outcome => wanted.Contains(outcome.Agent)).ToDictionary(outcome => outcome.Agent, StringComparer.Ordinal);
        var now = (await lifted.Scope.ReadAsync(lifted.Solution, cancellationToken).ConfigureAwait(false)).ToLookup(agent => agent.Type.ToDisplayString(), StringComparer.Ordinal);
        var sound = outcomes.Values.Where(outcome => LiftCheck.ProblemsOf(stage, outcome, now[outcome.Agent].FirstOrDefault(), includeAssisted).IsEmpty).Select(outcome => outcome.Agent).ToHashSet(StringComparer.Ordinal);
        while (edits.FirstOrDefault(edit => !edit.IsPossible(sound) && edit.Editors.Overlaps(sound)) is { } spoilt)
            sound.ExceptWith(spoilt.Editors);

        var texts = new Dictionary<string, List<DocumentText>>(StringComparer.Ordinal);
        foreach (var edit in edits.Where(edit => edit.IsPossible(sound)))
        {
            var text = new DocumentText(edit.Document.Id, edit.Document.FilePath!, await edit.Document.GetTextAsync(cancellationToken).ConfigureAwait(false));
            texts.TryAdd(edit.Editors.Max!, []);
            texts[edit.Editors.Max!].Add(text);
        }

        var steps = requests.Where(request => sound.Contains(request.Agent.Type))
            .Select(request => new JointStep(request, outcomes[request.Agent.Type], [.. texts.GetValueOrDefault(request.Agent.Type) ?? []])).ToImmutableArray();

        // What is whole is compiled already.
        return (sound.Count == outcomes.Count ? lifted.Solution : JointStep.Apply(solution, steps), steps);
    }

    /// <summary>Forgets what the lift before knew, which was of code that did not come to stand.</summary>
    public void Forget() => before = null;

    // What the lift before knows of these agents need not be read again.
    private LiftOptions OptionsFor(Solution solution, MigrationStage stage, HashSet<string> wanted)
    {
        var options = new LiftOptions(type => wanted.Contains(type.ToDisplayString(AgentReport.FullName)))
        {
            IncludeAssisted = includeAssisted,
            RunGenerators = stage == last ? generators.RunOnAsync : null,
        };
        if (before is null)
            return options with { Readings = readingsOf(solution) };
        return wanted.IsSubsetOf(before.Agents.Select(agent => agent.Agent)) && before.Scope.Narrow(solution, options) is { } scope ? options with { Scope = scope } : options;
    }

    /// <returns>The changed documents; <see langword="null"/> where the lift changed something that is no agent's.</returns>
    private static List<JointEdit>? EditsOf(Solution before, LiftedSolution lifted, Dictionary<string, int> order)
    {
        var edits = new List<JointEdit>();
        foreach (var change in lifted.Solution.GetChanges(before).GetProjectChanges())
        {
            if (change.GetAddedDocuments().Any(id => !GeneratedDocument.Is(change.NewProject.GetDocument(id)!)) || change.GetAddedAdditionalDocuments().Any() || change.GetChangedAdditionalDocuments().Any())
                return null;
            foreach (var document in change.GetChangedDocuments().Select(id => change.NewProject.GetDocument(id)!).Where(document => !GeneratedDocument.Is(document)))
            {
                var editors = lifted.Agents.Where(agent => agent.Edited.Contains(document.FilePath!)).Select(agent => agent.Agent)
                    .ToImmutableSortedSet(Comparer<string>.Create((one, other) => order[one].CompareTo(order[other])));
                if (editors.IsEmpty)
                    return null;
                edits.Add(new JointEdit(document, editors, before.GetDocumentIdsWithFilePath(document.FilePath).Length > 1));
            }
        }

        return edits;
    }

    /// <summary>A changed document.</summary>
    /// <param name="Document">As it is afterwards.</param>
    /// <param name="Editors">The agents that it was changed for, in the order of the requests.</param>
    /// <param name="IsLinked">Whether several projects have the file.</param>
    private sealed record JointEdit(Document Document, ImmutableSortedSet<string> Editors, bool IsLinked)
    {
        public bool IsPossible(HashSet<string> agents) => !IsLinked && Editors.All(agents.Contains);
    }
}
