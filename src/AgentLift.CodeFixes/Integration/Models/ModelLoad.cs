using AgentLift.CodeFixes.Integration.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Models;

/// <summary>A load of a TorchScript file as an agent writes it, with what moves the model to its device in the same expression.</summary>
/// <param name="Value">The whole expression: the load, and the transfers behind it.</param>
/// <param name="Type">The model.</param>
/// <param name="Path">Its file.</param>
/// <param name="Device">The device that the expression names; <see langword="null"/> where it is chosen at run time.</param>
internal sealed record ModelLoad(ExpressionSyntax Value, ITypeSymbol Type, string Path, string? Device)
{
    private const string Loads = "TorchSharp.torch.jit";

    /// <summary>Reads the load at a place that a rule found.</summary>
    /// <returns>The load, or why a manager cannot do it; neither where the place is no load.</returns>
    public static (ModelLoad? Load, string? Obstacle) Read(AgentSource source, SyntaxNode node)
    {
        if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call || source.SymbolOf(call) is not IMethodSymbol method || Transfer.IsTransfer(method))
            return (null, null);
        if (method.Name != "load" || method.ContainingType.ToDisplayString() != Loads)
            return (null, "only TorchScript files, loaded by torch.jit.load, are moved to a manager: declare this model there by hand, with a Factory or a Loader");
        var arguments = call.ArgumentList.Arguments;
        if (arguments.Any(argument => argument.NameColon is not null) || arguments.Count == 0 || source.ConstantOf(arguments[0].Expression) is not string path || string.IsNullOrWhiteSpace(path))
            return (null, "its file is only known at run time: declare the model by hand, and name its file in Models:Managers of the configuration");

        // The type as the caller has it, not as it is declared.
        var type = source.TypeOf(call)!;
        var device = arguments.Count == 1 ? DeviceNames.Cpu : DeviceNames.Of(source.ModelOf(call), [.. arguments.Skip(1).Select(argument => argument.Expression)]);
        ExpressionSyntax value = call;
        while (true)
        {
            switch (value.Parent)
            {
                case ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression }:
                case CastExpressionSyntax cast when SymbolEqualityComparer.Default.Equals(source.TypeOf(cast), type):
                    value = (ExpressionSyntax)value.Parent;
                    continue;
                case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax outer } access when access.Expression == value && Transfer.Read(source, outer) is { } transfer:
                    if (transfer.Obstacle is { } obstacle)
                        return (null, obstacle);
                    device = transfer.Device;
                    value = outer;
                    continue;
                default:
                    return (new ModelLoad(value, type, path, device), null);
            }
        }
    }
}
