using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes;

/// <summary>The classes that diagnostics stand in, of projects that reference the runtime.</summary>
internal static class DiagnosedAgents
{
    private const string BaseAgent = "AgentLift.Runtime.BaseAgent";

    /// <summary>Whether code of a project can derive from BaseAgent.</summary>
    public static bool HasRuntime(Compilation? compilation) => compilation?.GetTypeByMetadataName(BaseAgent) is not null;

    /// <returns>Fully named classes.</returns>
    public static async Task<HashSet<string>> OfAsync(
        Solution solution, IEnumerable<(ProjectId Project, ImmutableArray<Diagnostic> Diagnostics)> places, CancellationToken cancellationToken)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (id, diagnostics) in places)
        {
            if (await solution.GetProject(id)!.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation || !HasRuntime(compilation))
                continue;
            foreach (var place in diagnostics.Select(diagnostic => diagnostic.Location))
            {
                var root = await place.SourceTree!.GetRootAsync(cancellationToken).ConfigureAwait(false);

                // A finding within a nested class may be the agent's around it: each is asked for, and what is no agent is left.
                foreach (var declaration in root.FindNode(place.SourceSpan).AncestorsAndSelf().OfType<ClassDeclarationSyntax>())
                {
                    if (compilation.ContainsSyntaxTree(declaration.SyntaxTree) && compilation.GetSemanticModel(declaration.SyntaxTree).GetDeclaredSymbol(declaration, cancellationToken) is { } type)
                        wanted.Add(type.ToDisplayString());
                }
            }
        }

        return wanted;
    }
}
