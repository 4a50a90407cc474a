using System.Collections.Concurrent;
using System.Collections.Immutable;
using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Lifting.Searching;

/// <summary>In which files of a solution a name may mean a member of a type. It tells too many files rather than too few.</summary>
internal sealed class ReferenceIndex(Solution solution)
{
    private const string Anything = "";

    // Who comes second awaits what the first began, and blocks no thread meanwhile.
    private readonly ConcurrentDictionary<string, Lazy<Task<ILookup<string, Use>>>> searches = new(StringComparer.Ordinal);
    private readonly Lazy<Task<ImmutableArray<NamedFile>>> files = new(() => Task.Run(() => FilesAsync(solution)));

    /// <summary>The files that may use a member.</summary>
    public async Task<ImmutableHashSet<Document>> WithAsync(ISymbol member)
    {
        var named = await SearchAsync(member.Name, UsesAsync).ConfigureAwait(false);
        return [.. LineageOf(member).Append(Anything).SelectMany(type => named[type]).Select(use => use.Document)];
    }

    /// <summary>The files that may use a member outside of the type that declares it.</summary>
    public async Task<ImmutableHashSet<Document>> WithOutsideAsync(ISymbol member)
    {
        var named = await SearchAsync(member.Name, UsesAsync).ConfigureAwait(false);
        return [.. LineageOf(member).Append(Anything).SelectMany(type => named[type]).Where(use => !use.IsInside).Select(use => use.Document)];
    }

    /// <summary>Where a constructor is called or named: by the name of the type where there is one, else the whole expression or initializer.</summary>
    public async Task<ImmutableArray<SyntaxNode>> CallsOfAsync(IMethodSymbol constructor)
    {
        var sites = await WithNewAsync(constructor.ContainingType).ConfigureAwait(false);
        return [.. sites.SelectMany(file => ConstructorCalls.In(file.Model, constructor))];
    }

    // The files that may make an instance of a type.
    private async Task<IEnumerable<NamedFile>> WithNewAsync(INamedTypeSymbol type)
    {
        var all = await files.Value.ConfigureAwait(false);
        if (all.Any(file => file.Names.Aliased.Contains(type.Name)))
            return all;
        var made = await SearchAsync("new()", what => FindAsync(what, file => file.HasUnnamedNew, UnnamedCreations)).ConfigureAwait(false);
        var unnamed = made[KeyOf(type)].Concat(made[Anything]).Select(use => use.Document).ToImmutableHashSet();
        return all.Where(file => file.Names.Uses.Contains(type.Name) || file.Names.Chained.Contains(type.Name) || unnamed.Contains(file.Document));
    }

    /// <summary>Whether some class may derive from a type.</summary>
    public async Task<bool> MayHaveHeirsAsync(INamedTypeSymbol type) =>
        (await files.Value.ConfigureAwait(false)).Any(file => file.Names.Bases.Contains(type.Name) || file.Names.Aliased.Contains(type.Name));

    private Task<ILookup<string, Use>> SearchAsync(string what, Func<string, Task<ILookup<string, Use>>> search) =>
        searches.GetOrAdd(what, _ => new Lazy<Task<ILookup<string, Use>>>(() => Task.Run(() => search(what)))).Value;

    private Task<ILookup<string, Use>> UsesAsync(string name) => FindAsync(
        name,
        file => file.Uses.Contains(name),
        root => root.DescendantTokens(descendIntoTrivia: true).Where(token => token.Parent is SimpleNameSyntax && token.ValueText == name).Select(token => token.Parent!));

    private static IEnumerable<SyntaxNode> UnnamedCreations(SyntaxNode root) =>
        root.DescendantNodes().OfType<ImplicitObjectCreationExpressionSyntax>().Where(creation => TreeNames.DeclaredTypeOf(creation) is null);

    /// <summary>Where some nodes mean members of a type, by type.</summary>
    private async Task<ILookup<string, Use>> FindAsync(string what, Func<TreeNames, bool> hasAny, Func<SyntaxNode, IEnumerable<SyntaxNode>> nodes)
    {
        // On this thread alone: agents search beside each other, and searches that each wait for more threads would wait for one another.
        var meant = (await files.Value.ConfigureAwait(false)).Where(file => hasAny(file.Names))
            .SelectMany(file => file.Meanings.Get(what, () => nodes(file.Model.SyntaxTree.GetRoot()).SelectMany(node => MeaningsOf(file.Model, node))).Select(meaning => (meaning.Type, Use: new Use(file.Document, meaning.IsInside))));
        return meant.ToLookup(pair => pair.Type, pair => pair.Use, StringComparer.Ordinal);
    }

    private static IEnumerable<Meaning> MeaningsOf(SemanticModel model, SyntaxNode node)
    {
        if (OwnerOf(model, node) is { } owner)
            return Of(LineageOf(owner, ((SimpleNameSyntax)node).Identifier.ValueText), isInside: true);
        var info = model.GetSymbolInfo(node);
        if (info.Symbol is null && info.CandidateSymbols.IsEmpty)
            return [new Meaning(Anything, false)];
        var symbols = info.Symbol is { } one ? [one] : info.CandidateSymbols;
        return symbols.Where(symbol => symbol.ContainingType is not null).SelectMany(symbol => Of(LineageOf(symbol), IsWithin(node, symbol.ContainingType)));

        // Only the first of the types is the one that the use may stand within.
        static IEnumerable<Meaning> Of(IEnumerable<string> types, bool isInside) => types.Select((type, i) => new Meaning(type, i == 0 && isInside));
    }

    /// <summary>
    /// The type around a name whose member it means where nothing stands before it, the nearest that has or inherits one. A variable of that name hides the member,
    /// which tells one use too many; the code around the name need not be bound for it.
    /// </summary>
    private static INamedTypeSymbol? OwnerOf(SemanticModel model, SyntaxNode node)
    {
        if (node is not SimpleNameSyntax name || name.IsPartOfStructuredTrivia() || !IsUnqualified(name))
            return null;
        foreach (var declaration in name.Ancestors().OfType<TypeDeclarationSyntax>())
        {
            if (model.GetDeclaredSymbol(declaration) is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type)
                return null;
            for (var parent = type; parent is not null; parent = parent.BaseType)
            {
                if (!parent.GetMembers(name.Identifier.ValueText).IsEmpty)
                    return type;
            }
        }

        return null;
    }

    // Loop, this.Loop; not other.Loop, new Other { Loop = ... }, other is { Loop: ... }, Call(loop: ...).
    private static bool IsUnqualified(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name || access.Expression is ThisExpressionSyntax,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment => assignment.Left != name,
        MemberBindingExpressionSyntax or QualifiedNameSyntax or AliasQualifiedNameSyntax or NameColonSyntax or NameEqualsSyntax or AttributeSyntax or BaseTypeSyntax or NameMemberCrefSyntax => false,
        ExpressionColonSyntax => false,
        _ => true,
    };

    private static bool IsWithin(SyntaxNode node, INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Any(part => part.SyntaxTree == node.SyntaxTree && part.Span.Contains(node.Span));

    private static IEnumerable<string> LineageOf(ISymbol member) => member switch
    {
        { ContainingType: null } => [],
        IMethodSymbol { MethodKind: MethodKind.Constructor } => [KeyOf(member.ContainingType)],
        _ => LineageOf(member.ContainingType, member.Name),
    };

    // First the type itself. A call may go by way of a base class or an interface that has a member of the name.
    private static IEnumerable<string> LineageOf(INamedTypeSymbol type, string member)
    {
        yield return KeyOf(type);
        foreach (var contract in type.AllInterfaces.Where(Has))
            yield return KeyOf(contract);
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (Has(parent))
                yield return KeyOf(parent);
        }

        bool Has(INamedTypeSymbol other) => !other.GetMembers(member).IsEmpty;
    }

    // By name, since a type is another object in each project that sees it.
    private static string KeyOf(INamedTypeSymbol type) => type.OriginalDefinition.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    private static async Task<ImmutableArray<NamedFile>> FilesAsync(Solution solution)
    {
        var files = ImmutableArray.CreateBuilder<NamedFile>();
        var graph = await FileGraph.OfAsync(solution).ConfigureAwait(false);
        foreach (var project in solution.Projects.Where(project => project.Language == LanguageNames.CSharp))
        {
            var compilation = (await project.GetCompilationAsync().ConfigureAwait(false))!;
            foreach (var document in project.Documents.Concat(await project.GetSourceGeneratedDocumentsAsync().ConfigureAwait(false)))
            {
                if (await document.GetSyntaxRootAsync().ConfigureAwait(false) is { } root)
                    files.Add(new NamedFile(document, TreeNames.Of(root), FileMeanings.Of(root.SyntaxTree, graph), compilation.GetMeaningModel(root.SyntaxTree)));
            }
        }

        return files.ToImmutable();
    }

    /// <summary>A file that uses a member of a type; whether only that type itself does is told for its own members alone.</summary>
    private readonly record struct Use(Document Document, bool IsInside);

    /// <summary>A file; what its model has bound for one name it knows for the next.</summary>
    private sealed record NamedFile(Document Document, TreeNames Names, FileMeanings Meanings, SemanticModel Model);
}
