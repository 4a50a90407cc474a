using AgentLift.CodeFixes.Integration.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Models;

/// <summary>A call that moves a model to a device.</summary>
/// <param name="Device">The device; <see langword="null"/> where it is chosen at run time.</param>
/// <param name="Obstacle">Why the call cannot be left to a manager.</param>
internal sealed record Transfer(string? Device, string? Obstacle)
{
    /// <summary>Whether a method moves something to a device.</summary>
    public static bool IsTransfer(IMethodSymbol method) => method.Name is "cuda" or "cpu" or "to" && method.ContainingNamespace.ToDisplayString() == "TorchSharp";

    /// <returns><see langword="null"/> where the call is something else.</returns>
    public static Transfer? Read(AgentSource source, InvocationExpressionSyntax call)
    {
        var model = source.ModelOf(call);
        if (source.SymbolOf(call) is not IMethodSymbol method || !IsTransfer(method))
            return null;
        var arguments = call.ArgumentList.Arguments.Select(argument => argument.Expression).ToList();
        if (arguments.Any(argument => model.GetTypeInfo(argument).Type?.Name == "ScalarType"))
            return new Transfer(null, "it changes the precision of the model too: say so by hand in the Precision of its [Model]");
        return method.Name switch
        {
            "cpu" => new Transfer(DeviceNames.Cpu, null),
            "cuda" => new Transfer(DeviceNames.OfCuda(model, arguments), null),
            _ => new Transfer(DeviceNames.Of(model, arguments), null),
        };
    }
}
