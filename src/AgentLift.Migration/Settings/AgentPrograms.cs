using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting.Searching;
using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Migration.Settings;

/// <summary>Tells which programs of a solution run an agent: those with an entry point that a person wrote, which a test project's is not.</summary>
internal static class AgentPrograms
{
    /// <summary>The programs that name the agent; where none does, its own project if that is one, else the only one that refers to its project.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="own">The agent's project.</param>
    /// <param name="agent">The agent's class, fully named.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Full paths of the project files, sorted.</returns>
    public static async Task<ImmutableArray<string>> OfAsync(Solution solution, ProjectId own, string agent, CancellationToken cancellationToken)
    {
        var name = agent[(agent.LastIndexOf('.') + 1)..];
        var (naming, referring) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var id in solution.GetProjectDependencyGraph().GetProjectsThatTransitivelyDependOnThisProject(own).Append(own))
        {
            var project = solution.GetProject(id)!;
            if (project is not { FilePath: { } file, CompilationOptions.OutputKind: OutputKind.ConsoleApplication or OutputKind.WindowsApplication or OutputKind.WindowsRuntimeApplication })
                continue;
            var roots = await RootsAsync(project, cancellationToken).ConfigureAwait(false);
            if (!roots.Exists(IsEntryPoint))
                continue;
            referring.Add(file);
            if (roots.Exists(root => Names(root, name)))
                naming.Add(file);
        }

        return naming.Count > 0 ? [.. naming]
            : solution.GetProject(own)!.FilePath is { } itself && referring.Contains(itself) ? [itself]
            : referring.Count == 1 ? [.. referring] : [];
    }

    private static async Task<List<CompilationUnitSyntax>> RootsAsync(Project project, CancellationToken cancellationToken)
    {
        var (folder, roots) = (Path.GetDirectoryName(project.FilePath)!, new List<CompilationUnitSyntax>());
        foreach (var document in project.Documents.Where(document => IsBelow(folder, document.FilePath)))
        {
            if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is CompilationUnitSyntax root && HandWritten.Contains(root.SyntaxTree))
                roots.Add(root);
        }

        return roots;
    }

    // What a package or the build adds lies elsewhere, or in obj.
    private static bool IsBelow(string folder, string? file) =>
        file is not null && Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar)[0] is not (".." or "obj") and var first && !Path.IsPathRooted(first);

    private static bool IsEntryPoint(CompilationUnitSyntax root) => root.Members.Any(SyntaxKind.GlobalStatement)
        || root.DescendantNodes(node => node is not (BaseMethodDeclarationSyntax or PropertyDeclarationSyntax)).OfType<MethodDeclarationSyntax>()
            .Any(method => method.Identifier.ValueText == "Main" && method.Modifiers.Any(SyntaxKind.StaticKeyword));

    // Its own declaration does not count.
    private static bool Names(CompilationUnitSyntax root, string name) => TreeNames.Of(root).Identifiers.Contains(name)
        && root.DescendantNodes().OfType<SimpleNameSyntax>().Any(node => node.Identifier.ValueText == name && node.FirstAncestorOrSelf<TypeDeclarationSyntax>(type => type.Identifier.ValueText == name) is null);
}
