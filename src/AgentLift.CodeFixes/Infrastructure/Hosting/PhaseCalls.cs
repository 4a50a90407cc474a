using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>What a call on a lifted agent means for its life.</summary>
internal enum PhaseCall
{
    /// <summary>Nothing that the host does.</summary>
    None,

    /// <summary>It starts the agent and returns.</summary>
    Start,

    /// <summary>It starts the agent and returns when the agent has ended.</summary>
    Run,

    /// <summary>It stops the agent.</summary>
    Stop,
}

/// <summary>Reads from the lifecycle of a lifted agent which of its methods the host calls.</summary>
internal static class PhaseCalls
{
    public static PhaseCall Of(IMethodSymbol method)
    {
        if (method.ContainingType is { Name: "LegacyCallers" or "BaseAgent", ContainingNamespace.Name: "Runtime" })
        {
            return method.Name switch
            {
                "Start" or "StartAsync" => PhaseCall.Start,
                "Stop" or "StopAsync" or "DisposeAsync" => PhaseCall.Stop,
                _ => PhaseCall.None,
            };
        }

        if (method.IsStatic || method.MethodKind != MethodKind.Ordinary)
            return PhaseCall.None;
        var type = method.ContainingType;
        if (Does(type, "OnStartingAsync", method.Name, out var inLoop))
            return inLoop ? PhaseCall.Run : PhaseCall.Start;
        return Does(type, "OnStoppedAsync", method.Name, out _) || IsRegistered(type, method.Name) ? PhaseCall.Stop : PhaseCall.None;
    }

    // The phase does nothing but call the method, on its own thread or in a loop of the agent.
    private static bool Does(INamedTypeSymbol type, string phase, string method, out bool inLoop)
    {
        inLoop = false;
        foreach (var declaration in Phases(type, phase))
        {
            if (declaration.Body is not { Statements: { Count: > 0 and <= 2 } statements })
                continue;
            switch (statements[0])
            {
                case ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call }:
                    if (IsCallOf(call, method))
                        return true;
                    if (call.Expression is not IdentifierNameSyntax { Identifier.ValueText: "RunOnThread" or "RunSupervised" })
                        break;
                    inLoop = call.ArgumentList.Arguments.Skip(1).SelectMany(argument => argument.DescendantNodes()).OfType<IdentifierNameSyntax>().Any(name =>
                        name.Identifier.ValueText == method && name.Parent is InvocationExpressionSyntax or ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax } });
                    return inLoop;
                case ExpressionStatementSyntax { Expression: AwaitExpressionSyntax { Expression: InvocationExpressionSyntax awaited } } when IsCallOf(awaited, method):
                    return true;
            }
        }

        return false;
    }

    // stop.Register(Stop): the end of a loop that only its own flag ends.
    private static bool IsRegistered(INamedTypeSymbol type, string method) => Phases(type, "OnStartingAsync").Any(phase => phase.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Register" }
        && call.ArgumentList.Arguments is [{ Expression: IdentifierNameSyntax name }] && name.Identifier.ValueText == method));

    private static bool IsCallOf(InvocationExpressionSyntax call, string method) => call.Expression is IdentifierNameSyntax name && name.Identifier.ValueText == method;

    private static IEnumerable<MethodDeclarationSyntax> Phases(INamedTypeSymbol type, string phase) => type.GetMembers(phase)
        .Where(member => member.IsOverride).SelectMany(member => member.DeclaringSyntaxReferences).Select(part => part.GetSyntax()).OfType<MethodDeclarationSyntax>();
}
