using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes.Lifting.Searching;

/// <summary>
/// Which files of a solution may mean something in one another. What code means changes only where a file changes that it can reach: one that declares a type or
/// an extension that it names, or that such a file names in turn, as what is not named is met by way of something that is. It tells too many files rather than too few.
/// Generated files lead on to others and count for nothing themselves: they follow from those that a person wrote.
/// </summary>
internal sealed class FileGraph
{
    private static readonly ConditionalWeakTable<Solution, Lazy<Task<FileGraph>>> Known = new();

    private readonly Dictionary<SyntaxTree, int> numbers = [];
    private readonly List<SyntaxTree> trees = [];
    private readonly List<TreeNames> files = [];
    private readonly HashSet<int> written = [];
    private readonly ILookup<string, int> declaring;
    private readonly int[][] named;
    private readonly ILookup<int, int> naming;

    // What concerns every file: what projects refer to and are compiled with, namespaces, and the files that say something for all.
    private readonly ImmutableArray<object> frame;

    private FileGraph(IEnumerable<object> projects, IEnumerable<(SyntaxTree Tree, TreeNames Names)> all)
    {
        foreach (var (tree, names) in all)
        {
            numbers[tree] = files.Count;
            if (HandWritten.Contains(tree))
                written.Add(files.Count);
            trees.Add(tree);
            files.Add(names);
        }

        declaring = files.SelectMany((file, i) => file.Declared.Select(name => (name, i))).ToLookup(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        named = [.. files.Select((file, i) => file.Identifiers.SelectMany(name => declaring[name]).Distinct().Where(other => other != i).ToArray())];
        naming = named.SelectMany((others, i) => others.Select(other => (other, i))).ToLookup(pair => pair.other, pair => pair.i);
        frame =
        [
            .. projects,
            .. written.SelectMany(file => files[file].Namespaces).Distinct().OrderBy(name => name, StringComparer.Ordinal),
            .. written.Where(file => files[file].SpeaksForAll).Select(file => trees[file]),
        ];
    }

    /// <summary>The graph of a solution, made once.</summary>
    public static Task<FileGraph> OfAsync(Solution solution) => Known.GetValue(solution, static solution => new Lazy<Task<FileGraph>>(() => Task.Run(() => MakeAsync(solution)))).Value;

    /// <summary>What a file reaches, itself included.</summary>
    public FileReach ReachOf(SyntaxTree tree) => new(frame, TreesOf(Closure(NumbersOf([tree]), file => named[file])));

    /// <summary>What stands around a type that has its files here: what it reaches, what reaches it, and what may know it by a base type or an interface.</summary>
    public FileReach Around(INamedTypeSymbol type)
    {
        var own = FilesOf(type).ToList();
        var around = Closure(NumbersOf(own), file => named[file]);
        around.UnionWith(Closure(NumbersOf(own.Concat(BasesOf(type).SelectMany(FilesOf))), file => naming[file]));
        return new FileReach(frame, TreesOf(around));
    }

    private static async Task<FileGraph> MakeAsync(Solution solution)
    {
        var projects = new List<object>();
        var trees = new List<(SyntaxTree, TreeNames)>();
        foreach (var project in solution.Projects)
        {
            projects.AddRange([project.Id, project.MetadataReferences, project.AllProjectReferences]);
            if (project.CompilationOptions is { } options && project.ParseOptions is { } language)
                projects.AddRange([options, language]);
            if (project.Language != LanguageNames.CSharp)
                projects.Add(project.Version);
            else if (await project.GetCompilationAsync().ConfigureAwait(false) is { } compilation)
                trees.AddRange(compilation.SyntaxTrees.AsParallel().AsOrdered().Select(tree => (tree, TreeNames.Of(tree.GetRoot()))).ToArray());
        }

        return new FileGraph(projects, trees);
    }

    private static IEnumerable<SyntaxTree> FilesOf(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Select(part => part.SyntaxTree);

    private static IEnumerable<INamedTypeSymbol> BasesOf(INamedTypeSymbol type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
            yield return parent;
        foreach (var contract in type.AllInterfaces)
            yield return contract;
    }

    private HashSet<SyntaxTree> TreesOf(HashSet<int> some) => [.. some.Where(written.Contains).Select(file => trees[file])];

    private IEnumerable<int> NumbersOf(IEnumerable<SyntaxTree> trees) => trees.Where(numbers.ContainsKey).Select(tree => numbers[tree]);

    private static HashSet<int> Closure(IEnumerable<int> start, Func<int, IEnumerable<int>> next)
    {
        var reached = new HashSet<int>(start);
        var left = new Stack<int>(reached);
        while (left.Count > 0)
        {
            foreach (var file in next(left.Pop()).Where(reached.Add))
                left.Push(file);
        }

        return reached;
    }
}

/// <summary>Files that mean something in one another, and what concerns them all.</summary>
internal sealed record FileReach(ImmutableArray<object> Frame, HashSet<SyntaxTree> Files)
{
    /// <summary>Whether all of it is the same.</summary>
    public bool IsSame(FileReach other) => Frame.SequenceEqual(other.Frame) && Files.SetEquals(other.Files);
}
