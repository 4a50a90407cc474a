using AgentLift.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.Generators.Tests;

/// <summary>Compiles sources as a project with managers of models: against the runtime, and TorchSharp where it is given.</summary>
internal static class ModelCompilation
{
    private const string Usings = """
        global using TorchSharp;
        global using static TorchSharp.torch;
        global using static TorchSharp.torch.jit;
        """;

    /// <summary>Modules and loaders that the models of the tests use. The first part needs no TorchSharp.</summary>
    private const string Loaders = """
        namespace Fleet.Models;

        public class WordIndex { }

        public sealed class WordIndexLoader : IModelLoader<WordIndex>
        {
            public ValueTask<LoadedModel<WordIndex>> LoadAsync(ModelLoadRequest request, CancellationToken cancellationToken) => new(new LoadedModel<WordIndex>(new WordIndex(), 1));
            public ValueTask UnloadAsync(WordIndex model) => default;
        }
        """;

    private const string Modules = """
        namespace Fleet.Models;

        public class Detector : nn.Module<Tensor, Tensor>
        {
            public Detector() : base("detector") { }
            public override Tensor forward(Tensor input) => input;
        }

        public sealed class SizedDetector(int size) : nn.Module<Tensor, Tensor>("sized")
        {
            public int Size => size;
            public override Tensor forward(Tensor input) => input;
        }

        internal sealed class HiddenDetector : Detector { }
        """;

    public static CSharpCompilation Of(MetadataReference? torchSharp, params IEnumerable<string> sources) =>
        OfFiles(torchSharp, sources.Select((source, i) => ($"/fleet/File{i}.cs", source)));

    public static CSharpCompilation OfFiles(MetadataReference? torchSharp, IEnumerable<(string Path, string Text)> files, LanguageVersion version = LanguageVersion.CSharp13)
    {
        List<(string Path, string Text)> all = [.. files, ("/fleet/Loaders.cs", Loaders), ("/fleet/ModelUsings.cs", "global using Fleet.Models;")];
        if (torchSharp is not null)
            all.AddRange([("/fleet/Modules.cs", Modules), ("/fleet/TorchUsings.cs", Usings)]);
        var compilation = AgentCompilation.OfFiles(all, version);
        return torchSharp is null ? compilation : compilation.AddReferences(torchSharp);
    }

    /// <summary>A models file, at the path that the tests name.</summary>
    public static AdditionalText File(string models, string path = "/fleet/vision.models.json") => new AdditionalFile(path, models);
}
