using System.Collections.Immutable;

namespace AgentLift.Generators.ModelManagers;

/// <summary>The loaders for models of TorchSharp: code for the user's project, the same in each, which alone refers to TorchSharp.</summary>
internal static class TorchSharpLoaders
{
    private static readonly Lazy<ImmutableArray<(string HintName, string Text)>> Read = new(() =>
        [.. new[] { "TorchSharpLoaders", "TorchMemory", "TorchFailure" }.Select(name => ReadFile($"AgentLift.{name}.g.cs"))]);

    public static ImmutableArray<(string HintName, string Text)> Files => Read.Value;

    private static (string HintName, string Text) ReadFile(string name)
    {
        using var stream = typeof(TorchSharpLoaders).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded in {typeof(TorchSharpLoaders).Assembly.GetName().Name}.");
        using var reader = new StreamReader(stream);
        return (name, reader.ReadToEnd());
    }
}
