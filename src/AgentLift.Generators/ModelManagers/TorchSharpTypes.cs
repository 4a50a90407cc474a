using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.ModelManagers;

/// <summary>The types of TorchSharp, where a project refers to it.</summary>
internal sealed class TorchSharpTypes(Compilation compilation)
{
    private const string Script = "TorchSharp.torch+jit+ScriptModule";
    private const string Module = "TorchSharp.torch+nn+Module";

    public bool IsReferenced { get; } = !compilation.GetTypesByMetadataName("TorchSharp.torch").IsEmpty;

    /// <summary>The model of a models file that names no type: a TorchScript module from tensor to tensor. <see langword="null"/> without TorchSharp.</summary>
    public ITypeSymbol? TensorScript()
    {
        var tensor = compilation.GetTypesByMetadataName("TorchSharp.torch+Tensor").FirstOrDefault();
        var script = compilation.GetTypesByMetadataName(Script + "`2").FirstOrDefault();
        return tensor is null ? null : script?.Construct(tensor, tensor);
    }

    /// <summary>Whether a type is one that TorchScript files are loaded as.</summary>
    public static bool IsScript(ITypeSymbol type) => type is INamedTypeSymbol named && IsScriptName(PartialClass.MetadataNameOf(named));

    public static bool DerivesFromScript(ITypeSymbol type) => WithBases(type).Any(IsScript);

    public static bool IsModule(ITypeSymbol type) => WithBases(type).Any(part => PartialClass.MetadataNameOf(part) == Module);

    private static bool IsScriptName(string name) =>
        name.StartsWith(Script, StringComparison.Ordinal) && name.Substring(Script.Length) is "" or "`1" or "`2" or "`3";

    private static IEnumerable<INamedTypeSymbol> WithBases(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol named => BaseTypes.Of(named).Prepend(named),
        ITypeParameterSymbol parameter => parameter.ConstraintTypes.SelectMany(WithBases),
        _ => [],
    };
}
