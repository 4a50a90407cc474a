using AgentLift.Testing;
using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.Tests;

/// <summary>Runs the generators over managers of models: what they report must stand at the marks, and nowhere else.</summary>
internal static class ModelVerifier
{
    /// <summary>A manager that takes its models from a file, for tests of files.</summary>
    public const string ManagerWithFile = """
        namespace Fleet;

        [ModelManager("vision.models.json")]
        public sealed partial class VisionModels
        {
            [Model("resnet50", Path = "resnet50.pt")] public partial ModelHandle<ScriptModule<Tensor, Tensor>> ResNet50 { get; }

            private static SizedDetector CreateSized() => new(3);
        }
        """;

    private const string SourcePath = "/fleet/File0.cs";
    private const string FilePath = "/fleet/vision.models.json";

    /// <summary>Checks that a rule is reported at the marks of a source, with a message.</summary>
    public static void Reports(string ruleId, string source, string message) => Reports(ruleId, source, message, TorchSurface.Newest);

    /// <summary>Checks that a rule is reported at the marks of a source of a project without TorchSharp.</summary>
    public static void ReportsWithoutTorchSharp(string ruleId, string source, string message, string? file = null) => Reports(ruleId, source, message, null, file);

    /// <summary>Checks that a rule is reported at the marks of a source beside a models file.</summary>
    public static void Reports(string ruleId, string source, string message, params IEnumerable<AdditionalText> files) =>
        Check(MarkedSource.Parse(SourcePath, source, ruleId), GeneratorRun.Of(ModelCompilation.Of(TorchSurface.Newest, MarkedSource.Parse(SourcePath, source, ruleId).Text), files), message);

    /// <summary>Checks that a rule is reported at the marks of a models file, with a message.</summary>
    public static void ReportsInFile(string ruleId, string file, string message, string source = ManagerWithFile)
    {
        var marked = MarkedSource.Parse(FilePath, file, ruleId);
        Check(marked, GeneratorRun.Of(ModelCompilation.Of(TorchSurface.Newest, source), ModelCompilation.File(marked.Text)), message);
    }

    /// <summary>Checks that nothing is reported, and that all compiles without a warning.</summary>
    public static void Accepts(string source, string? file = null) => Accepts(source, file, TorchSurface.Newest);

    /// <summary>Checks that nothing is reported in a project without TorchSharp, and that all compiles without a warning.</summary>
    public static void AcceptsWithoutTorchSharp(string source, string? file = null) => Accepts(source, file, null);

    /// <summary>Checks that nothing is reported where the compiler says what is wrong.</summary>
    public static void LeavesToTheCompiler(string source, string compilerError)
    {
        var run = GeneratorRun.Of(ModelCompilation.Of(TorchSurface.Newest, source));

        run.Diagnostics.ShouldBeEmpty();
        run.Compilation.Complaints().ShouldContain(complaint => complaint.Contains(compilerError, StringComparison.Ordinal));
    }

    private static void Reports(string ruleId, string source, string message, MetadataReference? torchSharp, string? file = null)
    {
        var marked = MarkedSource.Parse(SourcePath, source, ruleId);
        Check(marked, GeneratorRun.Of(ModelCompilation.Of(torchSharp, marked.Text), file is null ? [] : [ModelCompilation.File(file)]), message);
    }

    private static void Accepts(string source, string? file, MetadataReference? torchSharp)
    {
        var run = GeneratorRun.Of(ModelCompilation.Of(torchSharp, source), file is null ? [] : [ModelCompilation.File(file)]);

        run.Diagnostics.ShouldBeEmpty();
        run.Compilation.Complaints().ShouldBeEmpty();
    }

    private static void Check(MarkedSource marked, GeneratorRun run, string message)
    {
        run.Diagnostics.Select(diagnostic => new Mark(diagnostic.Id, diagnostic.Location.SourceSpan.Start)).ShouldBe(marked.Marks, string.Join("\n", run.Diagnostics));
        run.Diagnostics.Select(diagnostic => diagnostic.GetMessage()).ShouldContain(message);
        run.Diagnostics.ShouldAllBe(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Location.GetLineSpan().Path == marked.Path);
    }
}
