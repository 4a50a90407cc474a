using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Obstacles.Waiting;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Detectors.Concurrency;

/// <summary>AGL2008: .Result, .Wait(), GetAwaiter().GetResult().</summary>
internal sealed class BlockingOnTaskDetector() : Detector(RuleIds.BlockingOnTask)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        foreach (var read in agent.Facts.PropertyReads)
        {
            if (read.Operation.Property.Name == "Result"
                && read.Type.Known is KnownType.Task or KnownType.ValueTask
                && !IsDone(agent, read.Operation, read.Operation.Instance, read.Scope))
            {
                found.Add(WithObstacle(At(read.Operation, read.Scope.Function, FunctionNames.Of(read.Scope)), read.Operation));
            }
        }

        foreach (var call in agent.Facts.Calls)
        {
            if (Blocks(agent.Knowledge, call.Operation) && !IsDone(agent, call.Operation, call.Operation.Instance, call.Scope))
                found.Add(WithObstacle(At(call.Operation, call.Scope.Function, FunctionNames.Of(call.Scope)), call.Operation));
        }
    }

    private static Evidence WithObstacle(Evidence evidence, IOperation wait) => evidence with
    {
        FindObstacle = () =>
        {
            BlockedWait.Read(wait.Syntax, out var obstacle);
            return obstacle;
        },
    };

    private static bool Blocks(CompilationKnowledge knowledge, IInvocationOperation call) =>
        (knowledge.Known(call.TargetMethod.ContainingType), call.TargetMethod.Name) is
            (KnownType.Task, "Wait" or "WaitAll" or "WaitAny") or (KnownType.TaskAwaiter, "GetResult");

    // A task that was awaited before, or the antecedent of a continuation, is done: asking for its result does not block.
    private static bool IsDone(AgentSubject agent, IOperation operation, IOperation? instance, Scope scope)
    {
        if (instance?.Unwrapped() is IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } task })
            instance = task;
        if (AwaitedTogether(operation, instance, scope))
            return true;
        return instance.ReferencedSymbol() switch
        {
            IParameterSymbol parameter => scope.Function is IMethodSymbol { MethodKind: MethodKind.LambdaMethod } lambda
                && SocketUse.Same(parameter.ContainingSymbol, lambda)
                && IsContinuation(agent, lambda),
            ILocalSymbol local => WasAwaited(operation, local),
            _ => false,
        };
    }

    // await Task.WhenAll(tasks), and then tasks[0].Result, tasks.Select(task => task.Result), foreach (var task in tasks) task.Result.
    private static bool AwaitedTogether(IOperation operation, IOperation? task, Scope scope) => task?.Unwrapped() switch
    {
        IArrayElementReferenceOperation element => element.ArrayReference.ReferencedSymbol() is ILocalSymbol tasks && WasAwaited(operation, tasks),
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } list } => list.ReferencedSymbol() is ILocalSymbol tasks && WasAwaited(operation, tasks),
        IParameterReferenceOperation => LambdaAround(operation) is { } lambda && lambda.User() is IArgumentOperation { Parent: IInvocationOperation query }
            && (query.Instance ?? query.Arguments[0].Value).ReferencedSymbol() is ILocalSymbol tasks && WasAwaited(query, tasks),
        ILocalReferenceOperation item => scope.Loop is IForEachLoopOperation loop && loop.Locals.Contains(item.Local)
            && loop.Collection.ReferencedSymbol() is ILocalSymbol tasks && WasAwaited(loop, tasks),
        _ => false,
    };

    private static IOperation? LambdaAround(IOperation operation)
    {
        var parent = operation.Parent;
        while (parent is not (null or IAnonymousFunctionOperation))
            parent = parent.Parent;
        return parent;
    }

    private static bool IsContinuation(AgentSubject agent, IMethodSymbol lambda) =>
        agent.Facts.Calls.Any(call => call.Operation.TargetMethod.Name == "ContinueWith"
            && call.Operation.Arguments.Any(argument => SocketUse.Same(argument.Value.DelegateTarget(), lambda)));

    private static bool WasAwaited(IOperation operation, ILocalSymbol local)
    {
        var root = operation;
        while (root.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation))
            root = parent;
        return root.SameFunction()
            .TakeWhile(other => other != operation)
            .OfType<IAwaitOperation>()
            .Any(wait => wait.Syntax.SpanStart < operation.Syntax.SpanStart
                && wait.Operation.DescendantsAndSelf().Any(part => part is ILocalReferenceOperation reference && SocketUse.Same(reference.Local, local)));
    }
}
