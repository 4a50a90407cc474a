using System.Collections.Immutable;
using AgentLift.Core.Candidates;
using AgentLift.Core.Catalogue;
using AgentLift.Core.Detectors;
using AgentLift.Core.Discovery;
using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Loads;
using AgentLift.Core.Measures;
using AgentLift.Core.Obstacles.Supervision;
using AgentLift.Core.Risk;
using AgentLift.Core.Rules;
using AgentLift.Core.Settings;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Assessment;

/// <summary>From the facts of a type to its assessment: identify, detect, measure, score. Holds what is shared within one compilation.</summary>
internal sealed class AgentAssessor
{
    private readonly FleetData data;
    private readonly CancellationToken cancellationToken;
    private readonly HolderIndex holders;
    private readonly SourceLoaders loaders;

    public AgentAssessor(Compilation compilation, FleetData data, CancellationToken cancellationToken)
    {
        this.data = data;
        this.cancellationToken = cancellationToken;
        Knowledge = new CompilationKnowledge(compilation, data.Catalogue);
        holders = new HolderIndex(compilation, cancellationToken);
        loaders = new SourceLoaders(Knowledge, data.Catalogue.LargeFile, cancellationToken);
    }

    public CompilationKnowledge Knowledge { get; }

    /// <returns><see langword="null"/> where the type is no agent.</returns>
    public AgentAssessment? Assess(TypeFacts facts, AgentSettings settings)
    {
        if (Identify(facts, settings) is not { } agent)
            return null;

        var evidence = Detect(agent);
        var matrix = data.MatrixFor(settings);
        var metrics = matrix.Factors.Select(factor => factor.Metric).Distinct();
        var measures = AgentMeasurer.Measure(agent, evidence, data.Manifest, holders, metrics, cancellationToken);
        var stage = MigrationMarker.StageReached(agent, evidence);
        return new AgentAssessment(
            facts.Type,
            agent.Identity,
            evidence,
            measures,
            matrix.Score(measures),
            Candidate(agent),
            MigrationMarker.IsLifted(agent, evidence),
            stage,
            [.. ModelLoads(agent)]);
    }

    /// <summary>What is found in a type, without measures and score, which look at more than the type.</summary>
    /// <returns><see langword="null"/> where the type is no agent.</returns>
    public AgentFindings? Find(TypeFacts facts, AgentSettings settings) =>
        Identify(facts, settings) is { } agent ? new AgentFindings(facts.Type, Detect(agent)) : null;

    private AgentSubject? Identify(TypeFacts facts, AgentSettings settings) =>
        AgentDiscovery.Identify(facts, settings, data.Manifest) is { } identity
            ? new AgentSubject(facts, identity, settings, BaseAgents.Find(facts.Type, settings), HeavyLoadFinder.Find(facts, loaders), [.. SocketUse.OwnListeners(facts)])
            : null;

    private static ImmutableArray<Evidence> Detect(AgentSubject agent)
    {
        var evidence = new List<Evidence>();
        foreach (var detector in DetectorList.All)
            detector.Detect(agent, evidence);
        TokenReach.Judge(agent, evidence);
        evidence.AddRange(MigrationMarker.Contradictions(agent, evidence));
        if (agent.Type.DeclaringSyntaxReferences.Length > 1)
            evidence.RemoveAll(static item => item.Location.SourceTree is { } part && !HandWritten.Contains(part));
        evidence.Sort(BySourcePosition);
        return [.. evidence];
    }

    private static int BySourcePosition(Evidence left, Evidence right)
    {
        var byFile = string.CompareOrdinal(left.Location.SourceTree?.FilePath, right.Location.SourceTree?.FilePath);
        if (byFile != 0)
            return byFile;
        var byPosition = left.Location.SourceSpan.Start.CompareTo(right.Location.SourceSpan.Start);
        return byPosition != 0 ? byPosition : string.CompareOrdinal(left.Rule.Id, right.Rule.Id);
    }

    private static CandidateScore Candidate(AgentSubject agent)
    {
        var eager = agent.Loads.Where(load => load.IsEager).ToList();
        return CandidateScorer.Score(
            eager.Sum(load => load.Dependency.Milliseconds) / 1000m,
            eager.Sum(load => load.Dependency.Megabytes),
            agent.Loads.Select(load => load.Dependency.Id).Concat(LibrariesUsed(agent.Facts)).Distinct().Count(),
            eager.Count);
    }

    private static IEnumerable<string> LibrariesUsed(TypeFacts facts) =>
        facts.Creations.Select(creation => creation.Type.Used)
            .Concat(facts.Calls.Select(call => call.Type.Used))
            .OfType<HeavyDependency>()
            .Select(library => library.Id);

    // The same model is the same loader with the same constant file.
    private static IEnumerable<ModelLoad> ModelLoads(AgentSubject agent) =>
        agent.Loads
            .Where(load => load.File is not null)
            .Select(load => new ModelLoad(
                $"{load.Loader.ContainingType.ToDisplayString(TypeNames.Full)}.{load.Loader.Name}({load.File!.Replace('\\', '/')})",
                load.Display,
                load.Operation.Syntax.GetLocation(),
                load.Scope.Function));
}
