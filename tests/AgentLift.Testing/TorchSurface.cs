using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.Testing;

/// <summary>What a project can refer to of TorchSharp: the stand-in, compiled with the surface of one version or the other.</summary>
public static class TorchSurface
{
    /// <summary>0.99.6.</summary>
    public static MetadataReference Oldest { get; } = Compile("TORCHSHARP_0_99");

    /// <summary>0.107.0.</summary>
    public static MetadataReference Newest { get; } = Compile("TORCHSHARP_0_107");

    /// <summary>Both of them.</summary>
    public static IEnumerable<MetadataReference> Both => [Oldest, Newest];

    private static PortableExecutableReference Compile(string version)
    {
        var folder = Path.Combine(Repository.Root, "tests", "AgentLift.TorchSharp.StandIn");
        var files = new[] { "Fakes", "Surface" }.SelectMany(part => Directory.EnumerateFiles(Path.Combine(folder, part), "*.cs")).Order(StringComparer.Ordinal);
        var compilation = TestCompilation.Create(files.Select(file => (file, File.ReadAllText(file))))
            .WithAssemblyName("TorchSharp")
            .WithOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var options = new CSharpParseOptions(LanguageVersion.Preview, preprocessorSymbols: [version]);
        var trees = compilation.SyntaxTrees.Select(tree => CSharpSyntaxTree.ParseText(tree.GetText(), options, tree.FilePath));
        using var image = new MemoryStream();
        var emitted = compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees).Emit(image);
        return emitted.Success ? MetadataReference.CreateFromImage(image.ToArray()) : throw new InvalidOperationException("The stand-in does not compile:\n" + string.Join("\n", emitted.Diagnostics));
    }
}
