using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Detectors.Concurrency;

/// <summary>What messages call the function around a place.</summary>
internal static class FunctionNames
{
    /// <summary>The name of the innermost function that has one; a constructor goes by the name of its class.</summary>
    public static string Of(Scope scope)
    {
        while (scope.Function.Name.Length == 0 && scope.Outer is { } outer)
            scope = outer;
        return scope.Function switch
        {
            IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } constructor => constructor.ContainingType.Name,
            IMethodSymbol { AssociatedSymbol: { } property } => property.Name,
            var function => function.Name,
        };
    }
}
