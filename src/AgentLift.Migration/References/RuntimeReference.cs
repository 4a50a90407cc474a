using System.Collections.Immutable;
using AgentLift.Migration.Generating;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentLift.Migration.References;

/// <summary>
/// Lets projects in memory see the runtime as its package will show it to them: its assembly, the web framework that the package
/// brings along, and the generators of log methods and of lazy dependencies. What a package brings reaches the projects that refer to its project too.
/// </summary>
/// <param name="assembly">Full path of <c>AgentLift.Runtime.dll</c>.</param>
/// <param name="sourceGenerators">The source generators of the solution, some of which may have been taken out of its projects.</param>
internal sealed class RuntimeReference(string assembly, SourceGenerators sourceGenerators)
{
    private const string BaseAgent = "AgentLift.Runtime.BaseAgent";
    private const int OldestFramework = 10;

    private const string Generators = "AgentLift.Generators.dll";

    private readonly Lazy<AnalyzerReference?> generators = new(() =>
        Path.Combine(Path.GetDirectoryName(assembly)!, Generators) is var file && File.Exists(file) ? new AnalyzerFileReference(file, new LoadFrom()) : null);

    private readonly Lazy<ImmutableArray<MetadataReference>> references = new(() =>
        [MetadataReference.CreateFromFile(assembly), .. PlatformPacks.References.Value.Select(file => MetadataReference.CreateFromFile(file))]);

    /// <summary>Whether a project sees the runtime, and its generators, already.</summary>
    public async Task<bool> IsSeenByAsync(Project project, CancellationToken cancellationToken) =>
        PlatformPacks.Has(sourceGenerators.ReferencesOf(project), Generators) && await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is { } compilation && compilation.GetTypeByMetadataName(BaseAgent) is not null;

    /// <summary>Why a project cannot refer to the runtime; <see langword="null"/> where it can.</summary>
    public async Task<string?> RefusalOfAsync(Project project, CancellationToken cancellationToken)
    {
        if (!File.Exists(assembly))
            return $"the runtime is missing beside the tool ({Path.GetFileName(assembly)}): install the tool again";
        if (project.FilePath is null)
            return "it belongs to no project, and only a project can refer to AgentLift.Runtime: add one";
        var compilation = await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
        var platform = compilation?.GetSpecialType(SpecialType.System_Object).ContainingAssembly?.Identity;
        return platform is { Name: "System.Runtime", Version.Major: >= OldestFramework }
            ? null
            : $"its project does not target net{OldestFramework}.0 or newer, which AgentLift.Runtime needs: raise the target framework first";
    }

    /// <summary>Adds it to a project and to those that refer to that one.</summary>
    public Solution AddTo(Solution solution, ProjectId project) =>
        solution.GetProjectDependencyGraph().GetProjectsThatTransitivelyDependOnThisProject(project).Append(project)
            .Aggregate(solution, (edited, id) => AddTo(edited.GetProject(id)!).Solution);

    private Project AddTo(Project project)
    {
        var known = project.MetadataReferences.Select(reference => Path.GetFileName(reference.Display)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        project = project.AddMetadataReferences(references.Value.Where(reference => !known.Contains(Path.GetFileName(reference.Display))));
        if (!PlatformPacks.HasLogMethods(sourceGenerators.ReferencesOf(project)) && PlatformPacks.LogMethods.Value is { } logMethods)
            project = project.AddAnalyzerReference(logMethods);
        return PlatformPacks.Has(sourceGenerators.ReferencesOf(project), Generators) || generators.Value is not { } own ? project : project.AddAnalyzerReference(own);
    }
}
