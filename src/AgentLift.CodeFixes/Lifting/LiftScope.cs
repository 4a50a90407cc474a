using AgentLift.Core;
using AgentLift.Core.Facts;
using AgentLift.Core.Settings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>The agents that a lift is about. They are searched for once; later passes look them up by name in the code as it is then, where it has changed.</summary>
internal sealed class LiftScope(LiftOptions options)
{
    private List<(ProjectId Project, string Name)>? agents;
    private (Solution Solution, List<AgentCode> Agents)? lastRead;

    public LiftOptions Options { get; } = options;

    /// <summary>The agents in the code as it is now, by project and file.</summary>
    public async Task<List<AgentCode>> ReadAsync(Solution solution, CancellationToken cancellationToken)
    {
        if (lastRead is { } last && last.Solution == solution)
            return last.Agents;
        var found = new List<AgentCode>();
        foreach (var project in solution.Projects.Where(IsInScope).OrderBy(project => project.Name, StringComparer.Ordinal))
        {
            if (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation)
                continue;
            var data = FleetData.Read(project.AnalyzerOptions.AdditionalFiles, SettingsOverrides.None, static _ => { }, cancellationToken);
            var reader = new AgentReader(compilation, data, cancellationToken);
            foreach (var type in TypesOf(project.Id, compilation, cancellationToken))
            {
                var declaration = DeclarationOf(type, cancellationToken);
                var settings = AgentSettings.Read(project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GetOptions(declaration.SyntaxTree));
                if (reader.Read(type, settings, cancellationToken) is var (assessment, facts))
                    found.Add(new AgentCode(project, compilation, assessment, facts, declaration, Options));
            }
        }

        agents ??= [.. found.Select(agent => (agent.Project.Id, MetadataNameOf(agent.Type)))];
        lastRead = (solution, found);
        return found;
    }

    private bool IsInScope(Project project) => agents is null
        ? Options.OnlyProject is null || Options.OnlyProject == project.Id
        : agents.Any(agent => agent.Project == project.Id);

    private IEnumerable<INamedTypeSymbol> TypesOf(ProjectId project, Compilation compilation, CancellationToken cancellationToken) => agents is null
        ? Classes(compilation, cancellationToken).Where(Options.Wanted)
        : agents.Where(agent => agent.Project == project).Select(agent => compilation.Assembly.GetTypeByMetadataName(agent.Name)).OfType<INamedTypeSymbol>();

    /// <summary>Each class once, in the order of the first parts that a person wrote.</summary>
    private static IEnumerable<INamedTypeSymbol> Classes(Compilation compilation, CancellationToken cancellationToken)
    {
        var seen = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var tree in compilation.SyntaxTrees.OrderBy(tree => tree.FilePath, StringComparer.Ordinal).Where(HandWritten.Contains))
        {
            SemanticModel? model = null;
            foreach (var declaration in tree.GetRoot(cancellationToken).DescendantNodes(node => node is not (MemberDeclarationSyntax and not (TypeDeclarationSyntax or BaseNamespaceDeclarationSyntax))).OfType<ClassDeclarationSyntax>())
            {
                model ??= compilation.GetSemanticModel(tree);
                if (model.GetDeclaredSymbol(declaration, cancellationToken) is INamedTypeSymbol type && seen.Add(type))
                    yield return type;
            }
        }
    }

    // New members and the marker go to the part that a person wrote in the file named like the class, else to the first.
    private static ClassDeclarationSyntax DeclarationOf(INamedTypeSymbol type, CancellationToken cancellationToken) => type.DeclaringSyntaxReferences
        .Where(part => HandWritten.Contains(part.SyntaxTree))
        .OrderBy(part => Path.GetFileNameWithoutExtension(part.SyntaxTree.FilePath) == type.Name ? 0 : 1)
        .ThenBy(part => part.SyntaxTree.FilePath, StringComparer.Ordinal).ThenBy(part => part.Span.Start)
        .Select(part => part.GetSyntax(cancellationToken)).OfType<ClassDeclarationSyntax>().First();

    private static string MetadataNameOf(INamedTypeSymbol type) => type.ContainingType is { } outer
        ? MetadataNameOf(outer) + "+" + type.MetadataName
        : type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() + "." + type.MetadataName : type.MetadataName;
}
