using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes.Integration.Models;

/// <summary>
/// What the generated loaders call of TorchSharp. A project may have a stand-in of its own under that name, against which they would not compile: nothing is
/// written there.
/// </summary>
internal static class TorchSharpSurface
{
    private static readonly (string Type, string[] Members)[] Needed =
    [
        ("TorchSharp.torch", ["no_grad", "NewDisposeScope", "empty"]),
        ("TorchSharp.torch+cuda", ["is_available", "device_count"]),
        ("TorchSharp.torch+jit", ["load"]),
        ("TorchSharp.torch+jit+ScriptModule", []),
        ("TorchSharp.torch+jit+ScriptModule`1", []),
        ("TorchSharp.torch+jit+ScriptModule`2", []),
        ("TorchSharp.torch+jit+ScriptModule`3", []),
        ("TorchSharp.torch+nn+Module", ["parameters", "buffers", "load", "eval", "Dispose"]),
        ("TorchSharp.torch+Tensor", ["numel", "element_size", "set_", "dtype", "device"]),
        ("TorchSharp.torch+Device", []),
        ("TorchSharp.torch+ScalarType", ["Float16", "BFloat16", "Byte"]),
        ("TorchSharp.DisposeScope", ["MoveToOuter"]),
        ("TorchSharp.DeviceType", ["CPU", "CUDA"]),
        ("TorchSharp.ModuleExtensionMethods", ["to"]),
    ];

    /// <summary>What is missing first; <see langword="null"/> where nothing is.</summary>
    public static string? MissingIn(Compilation compilation)
    {
        foreach (var (name, members) in Needed)
        {
            if (compilation.GetTypeByMetadataName(name) is not { } type)
                return name.Substring(name.IndexOf('.') + 1).Replace('+', '.').Split('`')[0] + (name.Contains('`') ? "<>" : string.Empty);
            if (members.FirstOrDefault(member => type.GetMembers(member).IsEmpty) is { } missing)
                return $"{type.Name}.{missing}";
        }

        return null;
    }
}
