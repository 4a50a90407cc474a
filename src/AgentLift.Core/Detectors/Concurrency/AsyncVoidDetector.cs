using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Obstacles.Supervision;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Detectors.Concurrency;

/// <summary>AGL2007: async void in an agent, event handlers apart.</summary>
internal sealed class AsyncVoidDetector() : Detector(RuleIds.AsyncVoid)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        foreach (var member in agent.Facts.Members)
        {
            if (member.Member is IMethodSymbol method && IsLost(method))
                found.Add(WithObstacle(agent, At(method), method.DeclaringSyntaxReferences[0].GetSyntax()));
            foreach (var local in member.LocalFunctions)
            {
                if (IsLost(local.Operation.Symbol))
                    found.Add(WithObstacle(agent, At(local.Operation.Symbol), local.Operation.Syntax));
            }

            foreach (var lambda in member.Lambdas)
            {
                if (IsLost(lambda.Operation.Symbol))
                    found.Add(WithObstacle(agent, At(lambda.Operation, lambda.Scope.Function, "lambda in " + FunctionNames.Of(lambda.Scope)), lambda.Operation.Syntax));
            }
        }
    }

    private static Evidence WithObstacle(AgentSubject agent, Evidence evidence, SyntaxNode node) =>
        evidence with { FindObstacle = () => AsyncVoidCalls.Obstacle(agent.Source, evidence, node) };

    private static bool IsLost(IMethodSymbol method) =>
        method is { IsAsync: true, ReturnsVoid: true } && !IsEventHandler(method);

    private static bool IsEventHandler(IMethodSymbol method) =>
        method.Parameters.Length == 2
        && method.Parameters[0].Type.SpecialType == SpecialType.System_Object
        && IsEventArgs(method.Parameters[1].Type);

    private static bool IsEventArgs(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type is { Name: "EventArgs", ContainingNamespace.Name: "System" } || type.Name.EndsWith("EventArgs", StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
