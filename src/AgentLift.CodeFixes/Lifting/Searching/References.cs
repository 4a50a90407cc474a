using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace AgentLift.CodeFixes.Lifting.Searching;

/// <summary>
/// Finds who uses a symbol. A search for the Start of each of many agents would look at every Start of the solution for each of them; here all that have a name
/// are looked at once, and the search for one agent is over the files in which they may mean it.
/// </summary>
internal static class References
{
    private static readonly ConditionalWeakTable<Solution, ReferenceIndex> Indices = new();

    private delegate Task<ImmutableHashSet<Document>> FilesWith(ReferenceIndex index, ISymbol member);

    /// <summary>The references to a symbol, as <see cref="SymbolFinder"/> finds them.</summary>
    public static Task<IEnumerable<ReferencedSymbol>> FindAsync(ISymbol symbol, Solution solution, CancellationToken cancellationToken) =>
        FindAsync(symbol, solution, static (index, member) => index.WithAsync(member), cancellationToken);

    /// <summary>All references to a member outside of the type that declares it, and maybe some of those inside.</summary>
    public static Task<IEnumerable<ReferencedSymbol>> FindOutsideAsync(ISymbol member, Solution solution, CancellationToken cancellationToken) =>
        FindAsync(member, solution, static (index, member) => index.WithOutsideAsync(member), cancellationToken);

    /// <summary>Where a constructor is called or named: the name of the type where there is one, else the whole expression or initializer.</summary>
    public static async Task<IReadOnlyList<SyntaxNode>> CallsOfAsync(IMethodSymbol constructor, Solution solution, CancellationToken cancellationToken)
    {
        if (solution.Projects.All(project => project.Language == LanguageNames.CSharp))
            return await IndexOf(solution).CallsOfAsync(constructor).ConfigureAwait(false);
        var found = await SymbolFinder.FindReferencesAsync(constructor, solution, cancellationToken).ConfigureAwait(false);
        return [.. found.SelectMany(reference => reference.Locations).Select(place => place.Location.SourceTree!.GetRoot(cancellationToken).FindNode(place.Location.SourceSpan, getInnermostNodeForTie: true))];
    }

    /// <summary>Where instances of a type are made, but for constructors that call one another.</summary>
    public static async Task<IReadOnlyList<SyntaxNode>> MakersOfAsync(INamedTypeSymbol type, Solution solution, CancellationToken cancellationToken)
    {
        var makers = new List<SyntaxNode>();
        foreach (var constructor in type.InstanceConstructors)
        {
            var calls = await CallsOfAsync(constructor, solution, cancellationToken).ConfigureAwait(false);
            makers.AddRange(calls.Where(call => call.FirstAncestorOrSelf<ConstructorInitializerSyntax>() is null));
        }

        return makers;
    }

    private static async Task<IEnumerable<ReferencedSymbol>> FindAsync(ISymbol symbol, Solution solution, FilesWith filesWith, CancellationToken cancellationToken)
    {
        if (await FilesAsync(symbol, solution, filesWith).ConfigureAwait(false) is not { } files)
            return await SymbolFinder.FindReferencesAsync(symbol, solution, cancellationToken).ConfigureAwait(false);
        return files.Count == 0 ? [] : await SymbolFinder.FindReferencesAsync(symbol, solution, files, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A class that derives from another, directly; <see langword="null"/> where none does.</summary>
    public static async Task<INamedTypeSymbol?> HeirOfAsync(INamedTypeSymbol type, Solution solution, CancellationToken cancellationToken) =>
        await IndexOf(solution).MayHaveHeirsAsync(type).ConfigureAwait(false)
            ? (await SymbolFinder.FindDerivedClassesAsync(type, solution, transitive: false, cancellationToken: cancellationToken).ConfigureAwait(false)).FirstOrDefault()
            : null;

    private static async Task<IImmutableSet<Document>?> FilesAsync(ISymbol symbol, Solution solution, FilesWith filesWith) => symbol switch
    {
        // A private one is searched for in its own files only, and projects of other languages are not indexed.
        { DeclaredAccessibility: Accessibility.Private } => null,
        _ when solution.Projects.Any(project => project.Language != LanguageNames.CSharp) => null,
        IMethodSymbol { MethodKind: MethodKind.Ordinary } or IFieldSymbol or IPropertySymbol { IsIndexer: false } when !TreeNames.CalledUnnamed.Contains(symbol.Name) => await filesWith(IndexOf(solution), symbol).ConfigureAwait(false),
        _ => null,
    };

    private static ReferenceIndex IndexOf(Solution solution) => Indices.GetValue(solution, static solution => new ReferenceIndex(solution));
}
