using AgentLift.Core.Detectors;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.Supervision;

/// <summary>
/// Findings whose fix needs the agent's token. Loops that the runtime takes over bring it along; once an agent is on the runtime, and none is left that could
/// be taken over, what the token does not reach by then it never will.
/// </summary>
internal static class TokenReach
{
    private static readonly HashSet<string> NeedToken = new(StringComparer.Ordinal) { RuleIds.UnstoppableLoop, RuleIds.SleepPolling, RuleIds.RacyStopFlag, RuleIds.ManualTimer };

    private static readonly HashSet<string> BringToken = new(StringComparer.Ordinal) { RuleIds.ManualThread, RuleIds.UnsupervisedTask, RuleIds.AsyncVoid };

    /// <summary>The findings, with what is known of their fix now that all are there.</summary>
    public static void Judge(AgentSubject agent, List<Evidence> found)
    {
        if (!agent.IsOnRuntime)
            return;
        var bringers = found.Where(evidence => BringToken.Contains(evidence.Rule.Id)).ToList();
        for (var i = 0; i < found.Count; i++)
        {
            var evidence = found[i];
            if (!NeedToken.Contains(evidence.Rule.Id))
                continue;
            found[i] = evidence with
            {
                FindObstacle = () => evidence.Fix == FixKind.Safe && !bringers.Exists(bringer => bringer.Fix == FixKind.Safe) ? ObstacleOf(agent.Source, evidence) : evidence.FixObstacle,
            };
        }
    }

    /// <summary>The name of a token that stands for the agent's stop where a node stands.</summary>
    public static string? TokenAt(TypeSource source, SyntaxNode node)
    {
        for (var function = TypeSource.FunctionAround(node); function is not null; function = TypeSource.FunctionAround(function))
        {
            if (source.SymbolOfFunction(function) is not IMethodSymbol method)
                return null;
            if (method.Parameters.LastOrDefault(parameter => parameter.Type.Name == nameof(CancellationToken)) is { Name: not "_" } token && !method.IsOverride)
                return token.Name;
            if (method.IsStatic && function is not MethodDeclarationSyntax)
                return null;
        }

        return null;
    }

    private static string? ObstacleOf(TypeSource source, Evidence evidence) => evidence.Rule.Id switch
    {
        RuleIds.UnstoppableLoop => $"no token is in reach of {evidence.MessageArguments[0]}: others than the agent's loops may call it, so give it a CancellationToken first",
        RuleIds.SleepPolling => OfSleep(source, evidence),
        RuleIds.RacyStopFlag when evidence.Symbol is IPropertySymbol => $"{evidence.Symbol.Name} is a property, which cannot be volatile, and it is set while the agent runs: keep it in a volatile field",
        RuleIds.ManualTimer when evidence.Node is var timer && source.ModelOf(timer).GetTypeInfo(timer).Type?.Name == "PeriodicTimer" => "it sets the beat of a loop: let RunSupervised run that loop, or let RunPeriodically run its rounds",
        _ => null,
    };

    private static string? OfSleep(TypeSource source, Evidence evidence)
    {
        var call = evidence.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>()!;
        if (TokenAt(source, call) is null)
            return $"{evidence.MessageArguments[0]} sleeps on the thread of whoever calls it, and no token is in reach: give it a CancellationToken first";
        return call.Parent is ExpressionStatementSyntax && call.ArgumentList.Arguments.Count == 1 ? null : "the sleep is a part of an expression";
    }
}
