using AgentLift.Core.Detectors.Concurrency;
using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Core.Detectors.Gpu;

/// <summary>AGL6002: tensors made in a loop outside a dispose scope. One finding a loop.</summary>
internal sealed class LeakedTensorDetector() : Detector(RuleIds.LeakedTensor)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        var seen = new HashSet<ILoopOperation>();
        foreach (var member in agent.Facts.Members)
        {
            var scoped = member.Calls
                .Where(call => call.Type.OpensScope(call.Operation.TargetMethod.Name))
                .Select(call => (call.Scope.Function, Reach: ReachOf(call.Operation)))
                .ToList();
            foreach (var call in member.Calls)
            {
                if (call.Scope.Loop is { } loop
                    && agent.Knowledge.Of(call.Operation.Type).IsTensor
                    && !scoped.Any(scope => SocketUse.Same(scope.Function, call.Scope.Function) && scope.Reach.Contains(call.Operation.Syntax.Span))
                    && !IsDisposed(agent, call.Operation)
                    && !MadeByOuter(agent, call.Operation)
                    && seen.Add(loop))
                {
                    found.Add(At(call.Operation, call.Scope.Function, FunctionNames.Of(call.Scope)) with { FindObstacle = () => TensorRound.Of(agent.Knowledge, loop, call.Operation).Obstacle });
                }
            }
        }
    }

    // What the scope lasts for: the using statement, or the block of its declaration; the whole function where it is ended by hand.
    private static TextSpan ReachOf(IOperation opening)
    {
        for (var parent = opening.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IUsingOperation use)
                return use.Syntax.Span;
            if (parent is IUsingDeclarationOperation { Parent: { } block })
                return block.Syntax.Span;
            if (parent is IBlockOperation)
                break;
        }

        return TextSpan.FromBounds(0, int.MaxValue);
    }

    // A part of a larger tensor expression: that expression is looked at itself.
    private static bool MadeByOuter(AgentSubject agent, IInvocationOperation call) =>
        call.User() is IInvocationOperation outer && agent.Knowledge.Of(outer.Type).IsTensor && !IsDisposed(agent, outer) && outer.Instance?.Unwrapped() == call;

    private static bool IsDisposed(AgentSubject agent, IOperation tensor) =>
        tensor.IsUsingResource()
        || tensor.User() is IReturnOperation
        || tensor.StoredIn() is { } holder
            && (holder is not ILocalSymbol || SocketUse.CallsOn(agent.Facts, holder).Any(call => call.Operation.TargetMethod.Name == "Dispose"));
}
