using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Models;

/// <summary>Reads the device that code names, as the runtime writes it: <c>cpu</c>, <c>cuda:0</c>.</summary>
internal static class DeviceNames
{
    public const string Cpu = "cpu";

    /// <summary>The device of arguments such as <c>DeviceType.CUDA, 1</c>; <see langword="null"/> where it is only known at run time.</summary>
    public static string? Of(SemanticModel model, IReadOnlyList<ExpressionSyntax> arguments)
    {
        if (arguments.Count == 0)
            return null;
        var first = arguments[0];
        if (model.GetConstantValue(first) is { HasValue: true, Value: string text })
            return Normal(text);
        switch (model.GetSymbolInfo(first).Symbol)
        {
            case IFieldSymbol { Name: "CPU" or "CUDA", ContainingType.Name: "DeviceType" } type:
                return type.Name == "CPU" ? Cpu : IndexOf(model, arguments) is { } index ? $"cuda:{index}" : null;
            case (IFieldSymbol or IPropertySymbol) and { Name: "CPU" or "CUDA", ContainingType.Name: "torch" } and var device:
                return device.Name == "CPU" ? Cpu : "cuda:0";
            case IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType.Name: "Device" } or IMethodSymbol { Name: "device", ContainingType.Name: "torch" }:
                var list = first is BaseObjectCreationExpressionSyntax creation ? creation.ArgumentList : (first as InvocationExpressionSyntax)?.ArgumentList;
                return Of(model, [.. (list?.Arguments ?? default).Select(argument => argument.Expression)]);
            default:
                return null;
        }
    }

    /// <summary>The device of <c>cuda()</c> and <c>cuda(1)</c>.</summary>
    public static string? OfCuda(SemanticModel model, IReadOnlyList<ExpressionSyntax> arguments) =>
        arguments.Count == 0 ? "cuda:0" : model.GetConstantValue(arguments[0]) is { HasValue: true, Value: int index } ? $"cuda:{Math.Max(index, 0)}" : null;

    // Without an index it is the current device, which is the first one.
    private static long? IndexOf(SemanticModel model, IReadOnlyList<ExpressionSyntax> arguments) => arguments.Count < 2 ? 0
        : model.GetConstantValue(arguments[1]) is { HasValue: true, Value: int or long } index ? Math.Max(Convert.ToInt64(index.Value), 0)
        : null;

    private static string? Normal(string text) => text.ToLowerInvariant() switch
    {
        Cpu => Cpu,
        "cuda" => "cuda:0",
        var name when name.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(name.Substring("cuda:".Length), out var index) && index >= 0 => $"cuda:{index}",
        _ => null,
    };
}
