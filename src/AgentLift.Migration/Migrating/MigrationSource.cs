using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Settings;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Generating;
using AgentLift.Migration.Loading;
using AgentLift.Migration.References;
using AgentLift.Migration.StaysLegacy;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Migration.Migrating;

/// <summary>A target loaded and assessed, ready to be planned or migrated.</summary>
public sealed class MigrationSource
{
    internal MigrationSource(Solution solution, FleetAssessment assessment, AssessTarget target, ImmutableArray<LegacyExemption> exemptions, DataFile? manifest)
    {
        Solution = Loaded = solution;
        Assessment = assessment;
        Root = target.Root;
        Exemptions = exemptions;
        Manifest = manifest;
    }

    /// <summary>The runtime's assembly that ships with the tool.</summary>
    internal static string ShippedRuntime { get; } = Path.Combine(AppContext.BaseDirectory, "runtime", "AgentLift.Runtime.dll");

    /// <summary>What was found in it.</summary>
    public FleetAssessment Assessment { get; }

    /// <summary>Full path of the target's folder, outside which nothing is written.</summary>
    public string Root { get; }

    /// <summary>The agents that stay legacy, and what may stay in others.</summary>
    public ImmutableArray<LegacyExemption> Exemptions { get; }

    /// <summary>The projects, whose generators have run and run again when told to.</summary>
    internal Solution Solution { get; }

    /// <summary>The generators of the projects.</summary>
    internal SourceGenerators Generators { get; private init; } = new();

    /// <summary>The projects as they were loaded, with all that they refer to.</summary>
    internal Solution Loaded { get; private init; }

    internal DataFile? Manifest { get; }

    /// <summary>What the assessment has read of the agents, for the first lift.</summary>
    private AgentReadings? Readings { get; set; }

    /// <summary>Loads and assesses a target.</summary>
    /// <param name="path">A solution, project or folder.</param>
    /// <param name="options">How it is assessed.</param>
    /// <param name="progress">Told what begins, from any thread.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="UnusableInputException">Nothing of the target can be loaded.</exception>
    public static async Task<MigrationSource> LoadAsync(
        string path, AssessmentOptions options, IProgress<AssessmentProgress> progress, CancellationToken cancellationToken)
    {
        LoadedTarget loaded;
        using (WarmUp.Begin(ShippedRuntime))
            loaded = await TargetLoader.LoadAsync(path, options, progress, cancellationToken).ConfigureAwait(false);
        var generators = new SourceGenerators();
        var asLoaded = await UnrestoredRuntime.AddAsync(loaded.Solution, new RuntimeReference(ShippedRuntime, generators), cancellationToken).ConfigureAwait(false);
        (loaded, var assessment, var readings) = await AssessAsync(loaded with { Solution = asLoaded }, generators, new FleetAssessor(options, progress), cancellationToken).ConfigureAwait(false);
        return new MigrationSource(WithManifest(loaded.Solution, options.Overrides.Manifest), assessment, loaded.Target, ExemptionFile.Read(loaded.Target.Root), options.Overrides.Manifest)
        {
            Generators = generators,
            Loaded = asLoaded,
            Readings = readings,
        };
    }

    // Generators take one processor, and mostly write nothing: the agents are read meanwhile, and read again where something was written.
    private static async Task<(LoadedTarget Loaded, FleetAssessment Assessment, AgentReadings Readings)> AssessAsync(
        LoadedTarget loaded, SourceGenerators generators, FleetAssessor assessor, CancellationToken cancellationToken)
    {
        loaded = loaded with { Solution = await generators.TakeOverAsync(loaded.Solution, cancellationToken).ConfigureAwait(false) };
        using var ahead = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var readings = new AgentReadings(loaded.Solution);
        var assessing = Task.Run(() => assessor.AssessAsync(loaded, readings, ahead.Token), cancellationToken);
        var generated = await generators.RunOnAsync(loaded.Solution, cancellationToken).ConfigureAwait(false);
        if (generated == loaded.Solution)
            return (loaded, await assessing.ConfigureAwait(false), readings);

        await ahead.CancelAsync().ConfigureAwait(false);
        await assessing.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        (loaded, readings) = (loaded with { Solution = generated }, new AgentReadings(generated));
        return (loaded, await assessor.AssessAsync(loaded, readings, cancellationToken).ConfigureAwait(false), readings);
    }

    /// <summary>Hands over what the assessment has read of the agents in some code; <see langword="null"/> where it has not, or once it has been handed over.</summary>
    internal AgentReadings? TakeReadings(Solution solution)
    {
        var readings = Readings;
        Readings = null;
        return readings?.Solution == solution ? readings : null;
    }

    /// <summary>The exception by which an agent stays legacy as a whole, if any.</summary>
    internal LegacyExemption? ExemptionOf(AssessedAgent agent) => Exemptions.Where(exemption => exemption.Rules is null).FirstOrDefault(exemption =>
        string.Equals(exemption.Agent, agent.Name, StringComparison.OrdinalIgnoreCase) || string.Equals(exemption.Agent, agent.Type, StringComparison.OrdinalIgnoreCase));

    // The lift reads the manifest from the projects, as the compiler does; the one of the command line goes first.
    private static Solution WithManifest(Solution solution, DataFile? manifest) => manifest is null
        ? solution
        : solution.ProjectIds.Aggregate(solution, (edited, id) => edited
            .RemoveAdditionalDocuments([.. edited.GetProject(id)!.AdditionalDocuments.Where(document => Core.Manifest.FleetManifestReader.IsManifest(document.FilePath ?? document.Name)).Select(document => document.Id)])
            .AddAdditionalDocument(DocumentId.CreateNewId(id), "agents" + Path.GetExtension(manifest.Path), SourceText.From(manifest.Content), filePath: Path.Combine(Path.GetTempPath(), "agents" + Path.GetExtension(manifest.Path))));
}
