using System.Collections.Immutable;
using AgentLift.CodeFixes.CoreLogic.HeavyLoads;
using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Findings;
using AgentLift.Core.Obstacles.HeavyLoads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Models;

/// <summary>
/// AGL6001, AGL6003 and AGL4004: TorchScript models that an agent loads for itself become models of a manager, which the agent takes by its constructor. Asynchronous code
/// acquires a lease for its uses; where other code uses a model, the agent holds a lease while it runs. Assisted: what a model takes of its device, and what
/// models may take there together, is for a person to say. Managers of one process load a file once, however many agents have it.
/// </summary>
internal sealed class UnmanagedModelLoadRewriter : IRewriter
{
    private const LanguageVersion PartialProperties = (LanguageVersion)1300;

    public ImmutableArray<string> RuleIds { get; } = [Core.Rules.RuleIds.UnmanagedModelLoad, Core.Rules.RuleIds.NoMemoryBudget, Core.Rules.RuleIds.DuplicateModelLoad];

    public string Title => "Let a model manager load the models of '{0}'";

    public bool Concerns(AgentSigns agent) => agent.Shows(RuleIds);

    public async Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        var found = agent.EvidenceOf(Core.Rules.RuleIds.UnmanagedModelLoad).ToList();
        var budget = agent.EvidenceOf(Core.Rules.RuleIds.NoMemoryBudget).ToList();
        if (!agent.Options.IncludeAssisted || found.Count + budget.Count == 0)
            return;
        var source = new AgentSource(agent);
        if (agent.Compilation.GetTypeByMetadataName("TorchSharp.torch") is not null && TorchSharpSurface.MissingIn(agent.Compilation) is { } missing)
        {
            foreach (var evidence in found.Concat(budget))
                draft.Refuse(evidence, $"the TorchSharp that {agent.Project.Name} refers to has no {missing}, which the loaders of a manager need");
            return;
        }

        var left = new Dictionary<Evidence, string>();
        var kept = Keep(source, found, left, cancellationToken);
        var obstacle = kept.Count == 0 ? null : await WriteAsync(source, draft, kept, cancellationToken).ConfigureAwait(false);
        var other = kept.Count == 0 ? "it moves what is given to a model that the agent loads itself" : "it moves what is given to a model: move that to the Device of the lease instead, by hand";
        foreach (var evidence in found)
        {
            if (obstacle is not null || !kept.Exists(model => Holds(model, evidence)))
                draft.Refuse(evidence, ReasonOf(evidence, left) ?? obstacle ?? other);
        }

        if (obstacle is not null || kept.Count == 0)
            budget.ForEach(evidence => draft.Refuse(evidence, obstacle ?? "no model of the agent can be given to a manager: state by hand what it may take of the device"));
    }

    /// <summary>The models that leases can take the place of.</summary>
    private static List<KeptModel> Keep(AgentSource source, List<Evidence> found, Dictionary<Evidence, string> left, CancellationToken cancellationToken)
    {
        var kept = new List<KeptModel>();
        var uses = new ModelUses(source, new MemberUses(source.Facts, cancellationToken));
        foreach (var evidence in found)
        {
            var (load, obstacle) = ModelLoad.Read(source, evidence.Node);
            KeptModel? model = null;
            if (load is not null)
                (model, obstacle) = KeptModel.Find(source, load);
            if (model is not null)
                obstacle = uses.Sort(model);
            if (obstacle is not null)
                left[evidence] = obstacle;
            else if (model is not null)
                kept.Add(model);
        }

        return kept;
    }

    // What moves a model that stays, stays for the same reason.
    private static string? ReasonOf(Evidence evidence, Dictionary<Evidence, string> left) => left.TryGetValue(evidence, out var reason) ? reason
        : left.FirstOrDefault(other => other.Key.Location.SourceTree == evidence.Location.SourceTree && CallAt(evidence)?.Span.Contains(other.Key.Location.SourceSpan) == true).Value;

    private static InvocationExpressionSyntax? CallAt(Evidence evidence) => evidence.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>();

    /// <returns>Why nothing is written; <see langword="null"/> where it is.</returns>
    private static async Task<string?> WriteAsync(AgentSource source, AgentDraft draft, List<KeptModel> kept, CancellationToken cancellationToken)
    {
        var agent = source.Agent;
        if (((CSharpParseOptions)agent.Declaration.SyntaxTree.Options).LanguageVersion < PartialProperties)
            return "the models of a manager are partial properties, which need C# 13";
        var (dependency, obstacle) = await ManagerDependency.FindAsync(source, draft, cancellationToken).ConfigureAwait(false);
        if (dependency is null)
            return obstacle;

        var phases = new PhaseEdits(source);
        var places = new LeasePlaces(source);
        var manager = new ManagerWriter(source, dependency.Manager);
        var models = kept.ConvertAll(model => manager.Name(model, CanBeAcquiredForUses(model) ? places.Of(model) : null));
        var held = models.Where(model => model.Places is null).ToList();
        if (held.Count > 0 && phases.Obstacle(needsStop: held.Any(model => model.Kept.Released.Count == 0)) is { } reason)
            return reason;
        if (!new LeaseWriter(source, dependency, phases).Write(draft, models))
            return "a comment or directive stands where a model is loaded or prepared: move it first";
        var registration = await ManagerRegistration.FindAsync(agent, cancellationToken).ConfigureAwait(false);
        registration?.Write(draft, dependency.Manager);
        manager.Write(draft, models, registration is not null);
        return null;
    }

    // With the member go its disposal and its name; what is written about it would say so of something else.
    private static bool CanBeAcquiredForUses(KeptModel model) =>
        !MovedText.HasComments(model.Declaration) && !model.IsNamedInText && model.Released.TrueForAll(statement => statement.Parent is BlockSyntax);

    private static bool Holds(KeptModel model, Evidence evidence) =>
        model.Prepared.Prepend<SyntaxNode>(model.Load.Value).Any(node => node.SyntaxTree == evidence.Location.SourceTree && node.Span.Contains(evidence.Location.SourceSpan));
}
