using AgentLift.Core.Facts;
using AgentLift.Core.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Discovery;

/// <summary>Tells background work that lasts no longer than a call or a piece of input.</summary>
internal static class BoundedWork
{
    /// <summary>The loop is over once something has come about: the input is used up, or there is a result to give back.</summary>
    public static bool EndsByItself(TypeFacts facts, Fact<ILoopOperation> loop) =>
        (loop.Scope.Function is IMethodSymbol { MethodKind: MethodKind.Ordinary } method
            && ((TypeNames.HasWord(method.Name, "retry", "retries", "until") && !RunLike.UntilStopped(method)) || (!RunLike.GivesNothingBack(method) && !RunLike.Named(method))))
        || (LongLoop.IsEndless(loop.Operation) && !LongLoop.Waits(facts, loop) && LeavesUnasked(facts, loop.Operation));

    /// <summary>The work stops when the method that starts it does: that method owns the token, awaits the task, or waits for it.</summary>
    public static bool EndsWithItsStarter(TypeFacts facts, BackgroundWork work) =>
        RunsOnTokenOf(facts, work) || (IsAwaited(work.Operation) && !RunLike.Named(work.Scope.Function)) || IsCallersTask(work);

    private static bool LeavesUnasked(TypeFacts facts, ILoopOperation loop) =>
        LongLoop.ExitConditions(facts, loop).Any(condition => !AsksForStop(facts, condition));

    // A flag of the class or a token says when to stop; anything else says that the input has ended.
    private static bool AsksForStop(TypeFacts facts, IOperation condition) =>
        condition.DescendantsAndSelf().Any(part =>
            part is IPropertyReferenceOperation { Property.Name: "IsCancellationRequested" }
            || part is IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member
                && member.Type?.SpecialType == SpecialType.System_Boolean
                && SymbolEqualityComparer.Default.Equals(member.Member.ContainingType?.OriginalDefinition, facts.Type));

    // using var stop = new CancellationTokenSource(); Task.Run(() => { while (!stop.IsCancellationRequested) ... }); ... stop.Cancel();
    private static bool RunsOnTokenOf(TypeFacts facts, BackgroundWork work)
    {
        var conditions = facts.Loops
            .Where(loop => SymbolEqualityComparer.Default.Equals(loop.Scope.Function, work.Body))
            .Select(loop => loop.Operation)
            .OfType<IWhileLoopOperation>()
            .Where(loop => loop.Condition is not null)
            .ToList();
        return conditions.Count > 0 && conditions.All(loop => loop.Condition!.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Any(local =>
            facts.Knowledge.Known(local.Type) == KnownType.CancellationTokenSource
            && SymbolEqualityComparer.Default.Equals(local.Local.ContainingSymbol, work.Scope.Function)));
    }

    // A static helper that gives its caller the task: the caller owns it.
    private static bool IsCallersTask(BackgroundWork work) =>
        work.Kind == BackgroundKind.Task
        && work.Scope.Function is IMethodSymbol { IsStatic: true } helper
        && (!helper.ContainingType.IsStatic || helper.DeclaredAccessibility == Accessibility.Private)
        && work.Operation.User() is IReturnOperation;

    private static bool IsAwaited(IOperation operation) =>
        operation.User() is IAwaitOperation || operation.User() is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured && configured.User() is IAwaitOperation;
}
