using System.Runtime.CompilerServices;
using AgentLift.Generators.ModelManagers;
using AgentLift.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.Generators.Tests;

/// <summary>What the generator does again when somebody types or edits a file, and what it keeps.</summary>
public class ModelManagerCachingTests
{
    private static readonly AdditionalText Models = ModelCompilation.File($$"""
        { "models": [
        {{string.Join(",\n", Enumerable.Range(1, 40).Select(i => $$"""{ "name": "model-{{i}}", "path": "{{i}}.pt", "type": "ScriptModule<Tensor, Tensor>" }"""))}}
        ] }
        """);

    private static readonly AdditionalText Unrelated = ModelCompilation.File("{}", "/fleet/other.json");

    [Fact]
    public void An_unrelated_edit_leaves_every_step_as_it_was()
    {
        var before = Fleet();

        var result = Run(RunOnce(before), before.AddSyntaxTrees(Parse("public class Unrelated { public int Count = 1; }", "/fleet/Unrelated.cs")));

        Outcomes(result).ShouldBeSubsetOf([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged]);
        WrittenAnew(result).ShouldBeFalse();
    }

    [Fact]
    public void An_edit_of_an_unrelated_additional_file_leaves_every_step_as_it_was()
    {
        var before = Fleet();

        var driver = RunOnce(before).ReplaceAdditionalText(Unrelated, ModelCompilation.File("""{ "edited": true }""", "/fleet/other.json"));
        var result = Run(driver, before);

        Outcomes(result).ShouldBeSubsetOf([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged]);
        WrittenAnew(result).ShouldBeFalse();
    }

    [Fact]
    public void The_same_models_file_read_again_leaves_every_step_as_it_was()
    {
        var before = Fleet();

        var driver = RunOnce(before).ReplaceAdditionalText(Models, ModelCompilation.File(Models.GetText()!.ToString()));
        var result = Run(driver, before);

        Outcomes(result).ShouldBeSubsetOf([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged]);
    }

    [Fact]
    public void An_edit_above_a_manager_writes_nothing_anew()
    {
        var before = Fleet();
        var tree = before.SyntaxTrees.First(tree => tree.FilePath == "/fleet/File7.cs");

        var result = Run(RunOnce(before), before.ReplaceSyntaxTree(tree, Parse("// A comment.\n\n" + tree, tree.FilePath)));

        WrittenAnew(result).ShouldBeFalse();
    }

    [Fact]
    public void An_edit_of_one_manager_writes_that_manager_alone()
    {
        var before = Fleet();
        var tree = before.SyntaxTrees.First(tree => tree.FilePath == "/fleet/File7.cs");

        var result = Run(RunOnce(before), before.ReplaceSyntaxTree(tree, Parse(tree.ToString().Replace("Priority = 3", "Priority = 4", StringComparison.Ordinal), tree.FilePath)));

        Modified(result).ShouldBe(1);
    }

    [Fact]
    public void An_edit_of_the_models_file_writes_the_managers_that_name_it()
    {
        var before = Fleet();

        var driver = RunOnce(before).ReplaceAdditionalText(Models, ModelCompilation.File(Models.GetText()!.ToString().Replace("7.pt", "seven.pt", StringComparison.Ordinal)));
        var result = Run(driver, before);

        Modified(result).ShouldBe(1);
    }

    [Fact]
    public void No_compilation_is_kept_alive()
    {
        var compilation = Fleet();
        var driver = GeneratorRun.NewDriver(compilation, track: false).AddAdditionalTexts([Models]).RunGenerators(compilation);

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
            """namespace Fleet; [ModelManager("vision.models.json")] public partial class VisionModels { [Model("first")] public partial ModelHandle<Detector> First { get; } }""",
            """namespace Fleet; public partial class VisionModels { [Model("second")] public partial ModelHandle<Detector> Second { get; } [Model("FIRST")] public partial ModelHandle<Detector> Third { get; } }""",
            """namespace Fleet; [ModelManager] public partial class SPEECHModels { [Model("net")] public partial ModelHandle<Detector> Net { get; } }""",
            """namespace Fleet; [ModelManager] public partial class SpeechModels { [Model("net")] public partial ModelHandle<Detector> Net { get; } }""",
        ];
        var files = sources.Select((source, i) => ($"/fleet/File{i}.cs", source)).ToList();
        var expected = GeneratorRun.Of(ModelCompilation.OfFiles(TorchSurface.Newest, files), Models, Unrelated);

        for (var turn = 1; turn < files.Count; turn++)
        {
            var turned = GeneratorRun.Of(ModelCompilation.OfFiles(TorchSurface.Newest, [.. files.Skip(turn), .. files.Take(turn)]), Unrelated, Models);
            turned.Sources.ShouldBe(expected.Sources);
            turned.Diagnostics.Select(diagnostic => diagnostic.ToString()).ShouldBe(expected.Diagnostics.Select(diagnostic => diagnostic.ToString()));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<Compilation> RunOverAnEdit(ref GeneratorDriver driver, CSharpCompilation compilation, int edit)
    {
        var tree = compilation.SyntaxTrees.First(tree => tree.FilePath == "/fleet/File0.cs");
        var edited = compilation.ReplaceSyntaxTree(tree, Parse($"// Edit {edit}.\n{tree}", tree.FilePath));
        driver = driver.RunGenerators(edited);
        return new WeakReference<Compilation>(edited);
    }

    private static GeneratorDriver RunOnce(CSharpCompilation compilation) => GeneratorRun.NewDriver(compilation).AddAdditionalTexts([Models, Unrelated]).RunGenerators(compilation);

    private static GeneratorRunResult Run(GeneratorDriver driver, CSharpCompilation compilation) => driver.RunGenerators(compilation).ResultOf<ModelManagerGenerator>();

    private static IEnumerable<IncrementalStepRunReason> Outcomes(GeneratorRunResult result) => ModelManagerGenerator.Steps
        .SelectMany(step => result.TrackedSteps.GetValueOrDefault(step, []))
        .SelectMany(step => step.Outputs)
        .Select(output => output.Reason)
        .Distinct();

    private static bool WrittenAnew(GeneratorRunResult result) => result.TrackedOutputSteps
        .SelectMany(step => step.Value)
        .SelectMany(step => step.Outputs)
        .Any(output => output.Reason != IncrementalStepRunReason.Cached);

    private static int Modified(GeneratorRunResult result) => result.TrackedSteps["ManagersWithModels"].SelectMany(step => step.Outputs)
        .Count(output => output.Reason == IncrementalStepRunReason.Modified);

    /// <summary>Fifty managers, the first with a models file and a problem.</summary>
    private static CSharpCompilation Fleet() => ModelCompilation.Of(TorchSurface.Newest, Enumerable.Range(0, 50).Select(i => $$"""
        namespace Fleet;

        [ModelManager{{(i == 0 ? "(\"vision.models.json\")" : string.Empty)}}]
        public sealed partial class Models{{i}}
        {
            [Model("script", Path = "net.pt", Priority = 3)] public partial ModelHandle<ScriptModule<Tensor, Tensor>> Script { get; }
            [Model("module", Factory = nameof(Create))] public partial ModelHandle<Detector> Module { get; {{(i == 0 ? "set; " : string.Empty)}}}

            private static Detector Create() => new();
        }
        """));

    private static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)AgentCompilation.Of().SyntaxTrees[0].Options, path);
}
