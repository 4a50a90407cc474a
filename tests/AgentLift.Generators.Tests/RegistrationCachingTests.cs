using System.Runtime.CompilerServices;
using AgentLift.Generators.AgentRegistration;
using AgentLift.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.Generators.Tests;

/// <summary>What the registration of agents does again when somebody types, and what it keeps.</summary>
public class RegistrationCachingTests
{
    private const int Agents = 200;
    private static readonly IncrementalStepRunReason[] AsBefore = [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged];

    [Fact]
    public void An_unrelated_edit_leaves_every_step_as_it_was()
    {
        var before = Fleet();
        var driver = GeneratorRun.NewDriver(before).RunGenerators(before);

        var after = before.AddSyntaxTrees(Parse("public class Unrelated : System.IDisposable { public void Dispose() { } }", "/fleet/Unrelated.cs"));
        var result = driver.RunGenerators(after).ResultOf<AgentRegistrationGenerator>();

        foreach (var step in AgentRegistrationGenerator.Steps)
            Outcomes(result, step).ShouldBeSubsetOf(AsBefore, step);
        result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).Select(output => output.Reason)
            .ShouldAllBe(reason => reason == IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void The_fleet_of_these_tests_reaches_every_step()
    {
        var compilation = Fleet();

        var result = GeneratorRun.NewDriver(compilation).RunGenerators(compilation).ResultOf<AgentRegistrationGenerator>();

        foreach (var step in AgentRegistrationGenerator.Steps)
            Outcomes(result, step).ShouldNotBeEmpty(step);
    }

    [Fact]
    public void An_edit_above_an_agent_leaves_the_registration_as_it_was()
    {
        var before = Fleet();
        var driver = GeneratorRun.NewDriver(before).RunGenerators(before);
        var tree = before.SyntaxTrees.First(tree => tree.FilePath == "/fleet/File7.cs");

        var result = driver.RunGenerators(before.ReplaceSyntaxTree(tree, Parse("// A comment.\n\n" + tree, tree.FilePath))).ResultOf<AgentRegistrationGenerator>();

        Outcomes(result, "RegistrableAgents").ShouldBeSubsetOf(AsBefore);
        Outcomes(result, "Registration").ShouldBe([IncrementalStepRunReason.Cached]);
    }

    [Theory]
    [InlineData("[Agent(\"agent 7\")]", "[Agent(\"seventh\")]")]
    [InlineData("\"requests\"", "\"questions\"")]
    [InlineData("int Count", "long Count")]
    public void An_edit_of_what_is_written_is_seen(string old, string young)
    {
        var before = Fleet();
        var driver = GeneratorRun.NewDriver(before).RunGenerators(before);
        var tree = before.SyntaxTrees.First(tree => tree.FilePath == "/fleet/File7.cs");

        var after = before.ReplaceSyntaxTree(tree, Parse(tree.ToString().Replace(old, young, StringComparison.Ordinal), tree.FilePath));
        var result = driver.RunGenerators(after).ResultOf<AgentRegistrationGenerator>();

        Outcomes(result, "Registration").ShouldBe([IncrementalStepRunReason.Modified]);
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
            "namespace Fleet; public partial class TutorAgent(AgentContext context) : BaseAgent(context) { void A() => ListenLines(\"b\", line => line); }",
            "namespace Fleet; public partial class TutorAgent : BaseAgent { void B() => ListenLines(\"a\", line => line); }",
            "namespace Fleet.Night; public class TutorAgent(AgentContext context) : BaseAgent(context) { }",
            "namespace Fleet; public class Host { public void Add(Microsoft.Extensions.Hosting.IHostApplicationBuilder builder) => builder.AddAgents(); }",
        ];
        var files = sources.Select((source, i) => ($"/fleet/File{i}.cs", source)).ToList();
        var expected = GeneratorRun.Of(AgentCompilation.OfFiles(files));
        expected.Diagnostics.Select(diagnostic => diagnostic.Id).ShouldBe(["AGL7022"]);

        for (var turn = 1; turn < files.Count; turn++)
        {
            var turned = GeneratorRun.Of(AgentCompilation.OfFiles([.. files.Skip(turn), .. files.Take(turn)]));
            turned.Sources.ShouldBe(expected.Sources);
            turned.Diagnostics.Select(diagnostic => diagnostic.ToString()).ShouldBe(expected.Diagnostics.Select(diagnostic => diagnostic.ToString()));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<Compilation> RunOverAnEdit(ref GeneratorDriver driver, CSharpCompilation compilation, int edit)
    {
        var tree = compilation.SyntaxTrees.First(tree => tree.FilePath == "/fleet/File7.cs");
        var edited = compilation.ReplaceSyntaxTree(tree, Parse($"// Edit {edit}.\n{tree}", tree.FilePath));
        driver = driver.RunGenerators(edited);
        return new WeakReference<Compilation>(edited);
    }

    private static IEnumerable<IncrementalStepRunReason> Outcomes(GeneratorRunResult result, string step) =>
        (result.TrackedSteps.TryGetValue(step, out var runs) ? runs : []).SelectMany(run => run.Outputs).Select(output => output.Reason).Distinct();

    /// <summary>Two hundred agents with endpoints and options, one of them hidden, and a program that registers them.</summary>
    private static CSharpCompilation Fleet() => AgentCompilation.Of(Enumerable.Range(0, Agents)
        .Select(i => $$"""
            using Microsoft.Extensions.Options;
            namespace Fleet;

            [Agent("agent {{i}}")]
            {{(i == 0 ? "file" : "public")}} sealed class Agent{{i}}(AgentContext context, IOptions<Agent{{i}}Options> options) : BaseAgent(context)
            {
                protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
                {
                    ListenLines("requests", line => line + options.Value.Count);
                    return ValueTask.CompletedTask;
                }
            }

            public sealed class Agent{{i}}Options { public int Count { get; set; } }
            """)
        .Append("""
            using Microsoft.Extensions.DependencyInjection;
            using Microsoft.Extensions.Hosting;
            namespace Fleet;

            public static class Program
            {
                public static void Add(IHostApplicationBuilder builder)
                {
                    builder.Services.AddOptions<Agent0Options>();
                    builder.AddAgents();
                }
            }
            """));

    private static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)AgentCompilation.Of().SyntaxTrees[0].Options, path);
}
