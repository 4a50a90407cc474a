using AgentLift.Core.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Facts;

/// <summary>Tells loops that run for as long as the process lives from loops that end by themselves.</summary>
internal static class LongLoop
{
    /// <summary>The condition is constantly true, or there is none.</summary>
    public static bool IsEndless(ILoopOperation loop) => loop switch
    {
        IWhileLoopOperation { Condition: { } condition } => condition.ConstantValue is { HasValue: true, Value: true },
        IForLoopOperation { Condition: null } => true,
        IForLoopOperation { Condition: { } condition } => condition.ConstantValue is { HasValue: true, Value: true },
        _ => false,
    };

    /// <summary>The loop is endless, or ends only by a flag of the type, by a token, or with the source that it drains.</summary>
    public static bool IsLong(TypeFacts facts, Fact<ILoopOperation> fact)
    {
        if (Yields(facts, fact.Operation))
            return false;
        if (IsEndless(fact.Operation))
            return true;
        return fact.Operation switch
        {
            IWhileLoopOperation { Condition: { } condition } => IsLongCondition(facts, condition),
            IForLoopOperation { Condition: { } condition } => !IsBounded(condition) && IsLongCondition(facts, condition),
            IForEachLoopOperation { Collection: { } source } => source.Unwrapped() is IInvocationOperation { TargetMethod.Name: "GetConsumingEnumerable" or "ReadAllAsync" },
            _ => false,
        };
    }

    /// <summary>The loop waits: it sleeps, delays, awaits a tick, or blocks on a socket, signal or queue.</summary>
    public static bool Waits(TypeFacts facts, Fact<ILoopOperation> fact) =>
        facts.Calls.Any(call => call.Scope.IsIn(fact.Operation) && IsWait(facts, call.Operation));

    /// <summary>The loop's own condition, if it has one.</summary>
    public static IOperation? ConditionOf(ILoopOperation loop) => loop switch
    {
        IWhileLoopOperation { Condition: { } condition } => condition,
        IForLoopOperation { Condition: { } condition } => condition,
        _ => null,
    };

    /// <summary>The operation leaves the loop: it returns, or breaks out of that loop.</summary>
    public static bool Leaves(IOperation operation, ILoopOperation loop) =>
        operation.Kind is OperationKind.Return or OperationKind.YieldBreak
        || operation is IBranchOperation { BranchKind: BranchKind.Break } branch && SymbolEqualityComparer.Default.Equals(branch.Target, loop.ExitLabel);

    /// <summary>The if statements inside a loop that leave it when they hold.</summary>
    public static IEnumerable<IConditionalOperation> ExitGuards(TypeFacts facts, ILoopOperation loop) =>
        ExitsBy(facts, loop).Where(exit => exit.Guard.WhenTrue == exit.Branch).Select(exit => exit.Guard);

    /// <summary>The conditions inside a loop that leave it when they hold, or when they do not.</summary>
    public static IEnumerable<IOperation> ExitConditions(TypeFacts facts, ILoopOperation loop) =>
        ExitsBy(facts, loop).Where(exit => exit.Guard.Condition != exit.Branch).Select(exit => exit.Guard.Condition);

    private static IEnumerable<(IConditionalOperation Guard, IOperation Branch)> ExitsBy(TypeFacts facts, ILoopOperation loop)
    {
        foreach (var exit in facts.LoopExits)
        {
            if (!exit.Scope.IsIn(loop) || !Leaves(exit.Operation, loop))
                continue;
            var inner = exit.Operation;
            for (var outer = inner.Parent; outer is not null && outer != loop; inner = outer, outer = outer.Parent)
            {
                if (outer is IConditionalOperation guard)
                    yield return (guard, inner);
            }
        }
    }

    private static bool Yields(TypeFacts facts, ILoopOperation loop) =>
        facts.LoopExits.Any(exit => exit.Operation.Kind == OperationKind.YieldReturn && exit.Scope.IsIn(loop));

    /// <summary>The call waits for time to pass, for a signal, or for something to arrive.</summary>
    public static bool IsWait(TypeFacts facts, IInvocationOperation call) =>
        (facts.Knowledge.Known(call.TargetMethod.ContainingType), call.TargetMethod.Name) is
            (KnownType.Thread, "Sleep" or "SpinWait" or "Yield") or (KnownType.Task, "Delay") or (KnownType.PeriodicTimer, _) or (KnownType.WaitHandle, _) or (KnownType.Monitor, "Wait")
            or (KnownType.Socket or KnownType.UdpClient or KnownType.TcpListener or KnownType.HttpListener, _) or (KnownType.NetMqSocket, _)
            or (KnownType.SemaphoreSlim, "Wait" or "WaitAsync") or (KnownType.ManualResetEventSlim, "Wait")
        || WaitsForQueue(facts, call);

    // A queue that a local or a parameter holds belongs to one call, and ends with it.
    private static bool WaitsForQueue(TypeFacts facts, IInvocationOperation call)
    {
        if ((facts.Knowledge.Known(call.TargetMethod.ContainingType), call.TargetMethod.Name) is not
            ((KnownType.BlockingCollection, "Take" or "TryTake" or "GetConsumingEnumerable") or (KnownType.ChannelReader, "ReadAsync" or "ReadAllAsync" or "WaitToReadAsync")))
        {
            return false;
        }

        var owner = call.Instance?.Unwrapped();
        while (owner is IMemberReferenceOperation { Instance: { } outer })
            owner = outer.Unwrapped();
        return owner is IInstanceReferenceOperation or IMemberReferenceOperation;
    }

    /// <summary>The loop reads commands from the console: a prompt, not an agent.</summary>
    public static bool TalksToConsole(TypeFacts facts, Fact<ILoopOperation> fact) =>
        facts.Calls.Any(call => call.Type.Known == KnownType.Console
            && call.Operation.TargetMethod.Name.StartsWith("Read", StringComparison.Ordinal)
            && call.Scope.IsIn(fact.Operation));

    /// <summary>The loop stands in a handler of ASP.NET Core, and lives as long as its request.</summary>
    public static bool ServesRequest(Fact<ILoopOperation> fact)
    {
        for (var scope = fact.Scope; scope is not null; scope = scope.Outer)
        {
            if (scope.Function is IMethodSymbol function && function.Parameters.Any(parameter => IsRequest(parameter.Type)))
                return true;
        }

        return false;
    }

    private static bool IsOwnOrInherited(ISymbol member, INamedTypeSymbol type)
    {
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(member.ContainingType?.OriginalDefinition, current.OriginalDefinition))
                return true;
        }

        return false;
    }

    private static bool IsRequest(ITypeSymbol type) =>
        TypeKnowledge.MetadataNameOf(type) is "Microsoft.AspNetCore.Http.HttpContext" or "Microsoft.AspNetCore.Http.HttpRequest" or "Microsoft.AspNetCore.Http.HttpResponse";

    // for (var i = 0; i < count && !_stop; i++) ends with its count; a count to int.MaxValue is none.
    private static bool IsBounded(IOperation condition) =>
        condition.DescendantsAndSelf().OfType<IBinaryOperation>().Any(comparison =>
            comparison.OperatorKind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.NotEquals
            && comparison.RightOperand.ConstantValue is not { HasValue: true, Value: int.MaxValue or long.MaxValue });

    private static bool IsLongCondition(TypeFacts facts, IOperation condition)
    {
        foreach (var part in condition.DescendantsAndSelf())
        {
            switch (part)
            {
                case IPropertyReferenceOperation { Property.Name: "IsCancellationRequested" }:
                case IInvocationOperation { TargetMethod.Name: "WaitForNextTickAsync" or "WaitToReadAsync" }:
                    return true;
                case IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member
                    when member.Type?.SpecialType == SpecialType.System_Boolean && IsOwnOrInherited(member.Member, facts.Type):
                    return true;
                case IInvocationOperation call when facts.Knowledge.Known(call.TargetMethod.ContainingType) is KnownType.Volatile or KnownType.Interlocked:
                case IInvocationOperation { Arguments.Length: > 0, TargetMethod: { Name: "WaitOne" } or { Name: "Wait", ContainingType.Name: "ManualResetEventSlim" or "SemaphoreSlim" or "CountdownEvent" } }:
                    return true;
            }
        }

        return false;
    }
}
