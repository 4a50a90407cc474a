using System.Runtime.CompilerServices;
using AgentLift.Generators.LazyDependencies;
using AgentLift.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.Generators.Tests;

/// <summary>What the generator does again when somebody types, and what it keeps.</summary>
public class LazyDependencyCachingTests
{
    private const int Agents = 200;

    [Fact]
    public void An_unrelated_edit_leaves_every_step_as_it_was()
    {
        var before = Fleet();
        var driver = GeneratorRun.NewDriver(before).RunGenerators(before);

        var result = driver.RunGenerators(before.AddSyntaxTrees(Parse("public class Unrelated { public int Count = 1; }", "/fleet/Unrelated.cs"))).ResultOf<LazyDependencyGenerator>();

        Outcomes(result).ShouldBeSubsetOf([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged]);
        result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).Select(output => output.Reason)
            .ShouldAllBe(reason => reason == IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void An_edit_above_a_member_leaves_its_agent_as_it_was()
    {
        var before = Fleet();
        var driver = GeneratorRun.NewDriver(before).RunGenerators(before);
        var tree = before.SyntaxTrees.First(tree => tree.FilePath == "/fleet/File7.cs");

        var after = before.ReplaceSyntaxTree(tree, Parse("// A comment.\n\n" + tree, tree.FilePath));
        var result = driver.RunGenerators(after).ResultOf<LazyDependencyGenerator>();

        Outcomes(result).ShouldBeSubsetOf([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged]);
    }

    [Fact]
    public void An_edit_of_one_agent_writes_that_agent_alone()
    {
        var before = Fleet();
        var driver = GeneratorRun.NewDriver(before).RunGenerators(before);
        var tree = before.SyntaxTrees.First(tree => tree.FilePath == "/fleet/File7.cs");

        var after = before.ReplaceSyntaxTree(tree, Parse(tree.ToString().Replace("Retries = 1", "Retries = 2", StringComparison.Ordinal), tree.FilePath));
        var result = driver.RunGenerators(after).ResultOf<LazyDependencyGenerator>();

        result.TrackedSteps[LazyDependencyGenerator.Steps[^1]].SelectMany(step => step.Outputs)
            .Count(output => output.Reason == IncrementalStepRunReason.Modified).ShouldBe(1);
    }

    [Fact]
    public void No_compilation_is_kept_alive()
    {
        var compilation = Fleet();
        var driver = GeneratorRun.NewDriver(compilation, track: false).RunGenerators(compilation);

        var edits = Enumerable.Range(0, 4).Select(edit => RunOverAnEdit(ref driver, compilation, edit)).ToList();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        // The driver itself holds the last one.
        edits.SkipLast(1).Count(edit => edit.TryGetTarget(out _)).ShouldBe(0);
        GC.KeepAlive(driver);
    }

    [Fact]
    public void The_order_of_files_does_not_matter()
    {
        string[] sources =
        [
            "namespace Fleet; public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial Table First { get; } }",
            "namespace Fleet; public partial class TutorAgent { [LazyDependency] private partial Table Second { get; } [LazyDependency] private partial ValueTask<Table> GetSecondAsync(); }",
            "namespace Fleet; public partial class ECHOAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial Table Table { get; } }",
            "namespace Fleet; public partial class EchoAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial Table Table { get; } }",
        ];
        var files = sources.Select((source, i) => ($"/fleet/File{i}.cs", source)).ToList();
        var expected = GeneratorRun.Of(AgentCompilation.OfFiles(files)).Sources;

        for (var turn = 1; turn < files.Count; turn++)
        {
            var turned = GeneratorRun.Of(AgentCompilation.OfFiles([.. files.Skip(turn), .. files.Take(turn)]));
            turned.Sources.ShouldBe(expected);
        }

        GeneratorRun.Of(AgentCompilation.OfFiles(files.AsEnumerable().Reverse())).Sources.ShouldBe(expected);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<Compilation> RunOverAnEdit(ref GeneratorDriver driver, CSharpCompilation compilation, int edit)
    {
        var tree = compilation.SyntaxTrees.First(tree => tree.FilePath == "/fleet/File7.cs");
        var edited = compilation.ReplaceSyntaxTree(tree, Parse($"// Edit {edit}.\n{tree}", tree.FilePath));
        driver = driver.RunGenerators(edited);
        return new WeakReference<Compilation>(edited);
    }

    private static IEnumerable<IncrementalStepRunReason> Outcomes(GeneratorRunResult result) => LazyDependencyGenerator.Steps
        .SelectMany(step => result.TrackedSteps[step])
        .SelectMany(step => step.Outputs)
        .Select(output => output.Reason)
        .Distinct();

    /// <summary>Two hundred agents, one of them with a problem, and one with a name of its own for the attribute.</summary>
    private static CSharpCompilation Fleet() => AgentCompilation.Of(Enumerable.Range(0, Agents).Select(i => $$"""
        namespace Fleet;

        using Lazy = AgentLift.Runtime.LazyDependencyAttribute;

        public sealed partial class Agent{{i}}(AgentContext context) : BaseAgent(context)
        {
            [LazyDependency(nameof(LoadTable), Retries = 1)] private partial Table Table { get; {{(i == 0 ? "set; " : string.Empty)}}}
            [{{(i == 1 ? "Lazy" : "LazyDependency")}}(nameof(LoadTable))] private partial ValueTask<Table> GetTableAsync(CancellationToken token);

            private static Table LoadTable() => new();
        }
        """));

    private static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)AgentCompilation.Of().SyntaxTrees[0].Options, path);
}
