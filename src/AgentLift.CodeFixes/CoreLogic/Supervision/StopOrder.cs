using AgentLift.CodeFixes.CoreLogic.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Supervision;

/// <summary>What the agent's stop does before it asks its loops to end. The runtime asks them first, and calls the stop when they have ended.</summary>
internal static class StopOrder
{
    // Ends of things, which may come later as well, and words for the log.
    private static readonly HashSet<string> Endings = new(StringComparer.Ordinal) { "Dispose", "Close", "Stop", "Set", "Cancel", "Change", "CompleteAdding", "Interrupt", "Join", "Shutdown", "Unregister" };
    private static readonly HashSet<string> Logs = new(StringComparer.Ordinal) { "Console", "Debug", "Trace", "ILogger", "LoggerExtensions", "TextWriter" };

    /// <returns>The first call that matters; <see langword="null"/> where there is none.</returns>
    public static string? EarlyIn(AgentSyntax code, Phases phases)
    {
        foreach (var signal in StopFlags.Candidates(code).SelectMany(code.ReferencesTo).Select(code.Whole).Where(use => Asks(use) && phases.Of(use) == Phase.Stop).Select(use => AgentSyntax.StatementOf(use)))
        {
            if (signal?.Parent is not BlockSyntax { Parent: MethodDeclarationSyntax } stop)
                continue;
            foreach (var statement in stop.Statements.TakeWhile(statement => statement != signal).OfType<ExpressionStatementSyntax>())
            {
                var expression = statement.Expression is AwaitExpressionSyntax wait ? wait.Expression : statement.Expression;
                if (expression is InvocationExpressionSyntax call && code.SymbolOf(call) is IMethodSymbol method && !IsEnding(method))
                    return method.Name;
            }
        }

        return null;
    }

    private static bool Asks(ExpressionSyntax flag) =>
        (flag.Parent is AssignmentExpressionSyntax assignment && assignment.Left == flag) || flag.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Cancel" };

    private static bool IsEnding(IMethodSymbol method) =>
        Endings.Contains(method.Name) || Logs.Contains(method.ContainingType.Name) || method.Name.StartsWith("Log", StringComparison.Ordinal);
}
