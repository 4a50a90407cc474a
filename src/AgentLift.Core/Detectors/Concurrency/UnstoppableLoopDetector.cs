using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Detectors.Concurrency;

/// <summary>AGL2004: an endless loop without token or stop.</summary>
internal sealed class UnstoppableLoopDetector() : Detector(RuleIds.UnstoppableLoop)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        foreach (var loop in agent.Facts.Loops)
        {
            if ((LongLoop.IsEndless(loop.Operation) || RunsOnDeadFlag(agent, loop.Operation)) && !HasWayOut(agent, loop.Operation))
                found.Add(At(Keyword(loop.Operation), loop.Scope.Function, FunctionNames.Of(loop.Scope)));
        }
    }

    private static Location Keyword(ILoopOperation loop) => loop.Syntax switch
    {
        WhileStatementSyntax statement => statement.WhileKeyword.GetLocation(),
        ForStatementSyntax statement => statement.ForKeyword.GetLocation(),
        DoStatementSyntax statement => statement.DoKeyword.GetLocation(),
        var syntax => syntax.GetFirstToken().GetLocation(),
    };

    // while (_running), where _running is private to the agent and nothing ever sets it to false.
    private static bool RunsOnDeadFlag(AgentSubject agent, ILoopOperation loop)
    {
        if (loop is not IWhileLoopOperation { Condition: { } condition })
            return false;
        var negated = condition.Unwrapped() is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not };
        var flag = negated ? ((IUnaryOperation)condition.Unwrapped()).Operand : condition;
        if (flag.Unwrapped() is not IFieldReferenceOperation { Field: { DeclaredAccessibility: Accessibility.Private } field }
            || field.Type.SpecialType != SpecialType.System_Boolean
            || !SocketUse.Same(field.ContainingType.OriginalDefinition, agent.Type))
        {
            return false;
        }

        return !agent.Facts.Writes.Any(write => SocketUse.Same(write.Target, field.OriginalDefinition) && MayStop(write, stopValue: negated));
    }

    private static bool MayStop(MemberWrite write, bool stopValue) =>
        write.Value?.ConstantValue is not { HasValue: true, Value: bool value } || value == stopValue;

    private static bool HasWayOut(AgentSubject agent, ILoopOperation loop)
    {
        foreach (var operation in loop.SameFunction())
        {
            switch (operation)
            {
                case IBranchOperation { BranchKind: BranchKind.Break } branch when SocketUse.Same(branch.Target, loop.ExitLabel):
                case IBranchOperation { BranchKind: BranchKind.GoTo } jump when !loop.Syntax.Span.Contains(LabelPosition(jump)):
                case IReturnOperation:
                case IThrowOperation thrown when !IsCaughtInside(thrown, loop):
                case IInvocationOperation call when EndsLoop(agent, call, loop):
                case IPropertyReferenceOperation { Property.Name: "IsCancellationRequested" }:
                    return true;
                case IOperation value when value.Type is { } type && value is ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation
                    && agent.Knowledge.Known(type) == KnownType.CancellationToken && !IsNone(value):
                    return true;
            }
        }

        return false;
    }

    private static int LabelPosition(IBranchOperation jump) =>
        jump.Target.DeclaringSyntaxReferences.FirstOrDefault()?.Span.Start ?? -1;

    private static bool IsNone(IOperation token) => token is IPropertyReferenceOperation { Property: { Name: "None", IsStatic: true } };

    private static bool EndsLoop(AgentSubject agent, IInvocationOperation call, ILoopOperation loop)
    {
        var name = call.TargetMethod.Name;
        switch (agent.Knowledge.Known(call.TargetMethod.ContainingType))
        {
            case KnownType.Environment:
                return name is "Exit" or "FailFast";
            case KnownType.TcpListener or KnownType.Socket or KnownType.HttpListener or KnownType.UdpClient:
                return (name.Contains("Accept") || name.Contains("GetContext") || name.Contains("Receive"))
                    && !IsInTry(call, loop)
                    && SocketUse.Receiver(call) is IFieldSymbol or IPropertySymbol
                    && SocketUse.CallsOn(agent.Facts, SocketUse.Receiver(call)!).Any(other => other.Operation.TargetMethod.Name is "Stop" or "Close" or "Dispose" or "Abort");
            default:
                return false;
        }
    }

    private static bool IsInTry(IOperation operation, ILoopOperation loop)
    {
        for (var parent = operation.Parent; parent is not null && parent != loop; parent = parent.Parent)
        {
            if (parent is ITryOperation { Catches.IsEmpty: false })
                return true;
        }

        return false;
    }

    private static bool IsCaughtInside(IThrowOperation thrown, ILoopOperation loop)
    {
        IOperation inner = thrown;
        for (var parent = thrown.Parent; parent is not null && parent != loop; inner = parent, parent = parent.Parent)
        {
            if (parent is ITryOperation { Catches.IsEmpty: false } guarded && guarded.Body == inner)
                return true;
        }

        return false;
    }
}
