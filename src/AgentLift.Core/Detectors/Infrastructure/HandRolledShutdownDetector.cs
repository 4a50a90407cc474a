using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Obstacles.Shutdown;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Detectors.Infrastructure;

/// <summary>AGL1005: own handling of Ctrl+C, signals and process exit.</summary>
internal sealed class HandRolledShutdownDetector() : Detector(RuleIds.HandRolledShutdown)
{
    private const string Exit = "Environment.Exit";

    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        var handlers = new List<ExitSubscription>();
        foreach (var subscription in agent.Facts.Events)
        {
            if (subscription.Operation is { Adds: true, EventReference: IEventReferenceOperation { Event: { } source } }
                && (agent.Knowledge.Known(source.ContainingType), source.Name) is
                    (KnownType.Console, "CancelKeyPress") or (KnownType.AppDomain, "ProcessExit" or "DomainUnload") or (KnownType.AssemblyLoadContext, "Unloading"))
            {
                var name = source.ContainingType.Name + "." + source.Name;
                handlers.Add(ExitSubscription.Read(agent.Source, subscription.Operation.Syntax, name));
                found.Add(At(subscription.Operation, subscription.Scope.Function, name) with { FixObstacle = handlers[handlers.Count - 1].Obstacle });
            }
        }

        foreach (var call in agent.Facts.Calls)
        {
            var method = call.Operation.TargetMethod;
            if ((agent.Knowledge.Known(method.ContainingType), method.Name) is (KnownType.PosixSignalRegistration, "Create"))
            {
                var name = method.ContainingType.Name + "." + method.Name;
                handlers.Add(ExitSubscription.Read(agent.Source, call.Operation.Syntax, name));
                found.Add(At(call.Operation, call.Scope.Function, name) with { FixObstacle = handlers[handlers.Count - 1].Obstacle });
            }
        }

        foreach (var call in agent.Facts.Calls)
        {
            if (agent.Knowledge.Known(call.Operation.TargetMethod.ContainingType) == KnownType.Environment && call.Operation.TargetMethod.Name == "Exit")
                found.Add(At(call.Operation, call.Scope.Function, Exit) with { FixObstacle = ObstacleOf(agent, handlers, call.Operation) });
        }
    }

    // An exit within a handler goes with the handler.
    private static string? ObstacleOf(AgentSubject agent, List<ExitSubscription> handlers, IInvocationOperation exit) =>
        handlers.SelectMany(handler => handler.Nodes).Any(node => node.SyntaxTree == exit.Syntax.SyntaxTree && node.Span.Contains(exit.Syntax.Span))
            ? null
            : ExitCall.Obstacle(agent.Source, (InvocationExpressionSyntax)exit.Syntax, agent.IsOnRuntime);
}
