using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Facts;

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
        return Does(type, "OnStoppedAsync", method.Name, out _) || Does(type, "OnDrainingAsync", method.Name, out _) ? PhaseCall.Stop : PhaseCall.None;
    }

    /// <summary>What a call means for agents of some classes, which may be known by a contract or a base class of theirs.</summary>
    public static PhaseCall Of(IMethodSymbol method, IReadOnlyCollection<INamedTypeSymbol> types)
    {
        if (method.ContainingType.TypeKind != TypeKind.Interface)
            return Of(method);
        var meant = types.Where(type => type.AllInterfaces.Contains(method.ContainingType, SymbolEqualityComparer.Default))
            .Select(type => type.FindImplementationForInterfaceMember(method) is IMethodSymbol own ? Of(own) : PhaseCall.None).Distinct().ToList();
        return meant is [var only] ? only : PhaseCall.None;
    }

    // The phase does nothing but call the method, on its own thread or in a loop of the agent.
    private static bool Does(INamedTypeSymbol type, string phase, string method, out bool inLoop)
    {
        inLoop = false;
        foreach (var declaration in Phases(type, phase))
        {
            if (declaration.Body is not { Statements: var statements } || !statements.All(statement => statement is ReturnStatementSyntax || CallIn(statement) is not null))
                continue;
            var calls = statements.Select(CallIn).OfType<InvocationExpressionSyntax>().ToList();
            if (calls.Any(call => IsCallOf(call, method)))
                return true;
            if (calls is not [{ Expression: IdentifierNameSyntax { Identifier.ValueText: "RunOnThread" or "RunSupervised" } } loop])
                continue;
            inLoop = loop.ArgumentList.Arguments.Skip(1).SelectMany(argument => argument.DescendantNodes()).OfType<IdentifierNameSyntax>().Any(name =>
                name.Identifier.ValueText == method && name.Parent is InvocationExpressionSyntax or ArgumentSyntax);
            return inLoop;
        }

        return false;
    }

    private static InvocationExpressionSyntax? CallIn(StatementSyntax statement) => statement is ExpressionStatementSyntax { Expression: var expression }
        ? (expression is AwaitExpressionSyntax awaited ? awaited.Expression : expression) as InvocationExpressionSyntax
        : null;

    private static bool IsCallOf(InvocationExpressionSyntax call, string method) => call.Expression is IdentifierNameSyntax name && name.Identifier.ValueText == method;

    private static IEnumerable<MethodDeclarationSyntax> Phases(INamedTypeSymbol type, string phase) => type.GetMembers(phase)
        .Where(member => member.IsOverride).SelectMany(member => member.DeclaringSyntaxReferences).Select(part => part.GetSyntax()).OfType<MethodDeclarationSyntax>();
}
