using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Obstacles.Shutdown;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Detectors.Infrastructure;

/// <summary>AGL1005: own handling of Ctrl+C, signals and process exit.</summary>
internal sealed class HandRolledShutdownDetector() : Detector(RuleIds.HandRolledShutdown)
{
    private const string Exit = "Environment.Exit";

    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        var handlers = new List<Lazy<ExitSubscription>>();
        foreach (var subscription in agent.Facts.Events)
        {
            if (subscription.Operation is { Adds: true, EventReference: IEventReferenceOperation { Event: { } source } }
                && (agent.Knowledge.Known(source.ContainingType), source.Name) is
                    (KnownType.Console, "CancelKeyPress") or (KnownType.AppDomain, "ProcessExit" or "DomainUnload") or (KnownType.AssemblyLoadContext, "Unloading"))
            {
                var name = source.ContainingType.Name + "." + source.Name;
                found.Add(WithObstacle(At(subscription.Operation, subscription.Scope.Function, name), Handler(subscription.Operation, name)));
            }
        }

        foreach (var call in agent.Facts.Calls)
        {
            var method = call.Operation.TargetMethod;
            if ((agent.Knowledge.Known(method.ContainingType), method.Name) is (KnownType.PosixSignalRegistration, "Create"))
            {
                var name = method.ContainingType.Name + "." + method.Name;
                found.Add(WithObstacle(At(call.Operation, call.Scope.Function, name), Handler(call.Operation, name)));
            }
        }

        foreach (var call in agent.Facts.Calls)
        {
            if (agent.Knowledge.Known(call.Operation.TargetMethod.ContainingType) == KnownType.Environment && call.Operation.TargetMethod.Name == "Exit")
                found.Add(At(call.Operation, call.Scope.Function, Exit) with { FindObstacle = () => ObstacleOf(agent, handlers, call.Operation) });
        }

        Lazy<ExitSubscription> Handler(IOperation subscription, string name)
        {
            var handler = new Lazy<ExitSubscription>(() => ExitSubscription.Read(agent.Source, subscription.Syntax, name));
            handlers.Add(handler);
            return handler;
        }
    }

    private static Evidence WithObstacle(Evidence evidence, Lazy<ExitSubscription> handler) => evidence with { FindObstacle = () => handler.Value.Obstacle };

    // An exit within a handler goes with the handler.
    private static string? ObstacleOf(AgentSubject agent, List<Lazy<ExitSubscription>> handlers, IInvocationOperation exit) =>
        handlers.SelectMany(handler => handler.Value.Nodes).Any(node => node.SyntaxTree == exit.Syntax.SyntaxTree && node.Span.Contains(exit.Syntax.Span))
            ? null
            : ExitCall.Obstacle(agent.Source, (InvocationExpressionSyntax)exit.Syntax, agent.IsOnRuntime);
}
