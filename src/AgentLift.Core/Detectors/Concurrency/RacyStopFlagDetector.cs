using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Detectors.Concurrency;

/// <summary>AGL2009: a plain bool that one thread writes and another's loop reads.</summary>
internal sealed class RacyStopFlagDetector() : Detector(RuleIds.RacyStopFlag)
{
    public override IEnumerable<Evidence> Detect(AgentSubject agent)
    {
        var readers = LoopsByFlag(agent);
        foreach (var flag in readers.Keys.OrderBy(flag => flag.Locations[0].SourceSpan.Start).Where(flag => IsPlain(agent, flag)))
        {
            var writes = agent.Facts.Writes.Where(write => SocketUse.Same(write.Target, flag) && !IsConstruction(write.Scope.Function)).ToList();
            if (readers[flag].Any(reader => writes.Any(write => IsUnguarded(agent, write, reader))))
                yield return At(flag);
        }
    }

    // A write that may happen while the loop runs: plain, outside any lock, from another function than the loop's own,
    // the one that starts the loop, or one that calls it and so waits for it.
    private static bool IsUnguarded(AgentSubject agent, MemberWrite write, ISymbol reader) =>
        !write.Scope.InLock
        && write.Operation is not IArgumentOperation
        && !SocketUse.Same(write.Scope.Function, reader)
        && !agent.Facts.Background.Any(work => SocketUse.Same(work.Scope.Function, write.Scope.Function)
            && work.Body is { } body
            && agent.Facts.Graph.Reach(body).Contains(reader))
        && !agent.Facts.Graph.Reach(reader).Contains(write.Scope.Function)
        && !agent.Facts.Graph.Reach(write.Scope.Function).Contains(reader);

    private static bool IsConstruction(ISymbol function) =>
        function is not IMethodSymbol { MethodKind: not (MethodKind.Constructor or MethodKind.StaticConstructor) };

    private static bool IsPlain(AgentSubject agent, ISymbol flag) => flag switch
    {
        IFieldSymbol field => field is { IsVolatile: false, IsReadOnly: false, IsConst: false },
        IPropertySymbol property => agent.Type.GetMembers().OfType<IFieldSymbol>().Any(field => SocketUse.Same(field.AssociatedSymbol, property)),
        _ => false,
    };

    private static Dictionary<ISymbol, HashSet<ISymbol>> LoopsByFlag(AgentSubject agent)
    {
        var readers = new Dictionary<ISymbol, HashSet<ISymbol>>(SymbolEqualityComparer.Default);
        foreach (var loop in agent.Facts.Loops)
        {
            if (loop.Scope.InLock)
                continue;
            foreach (var condition in StopConditions(loop.Operation))
            {
                foreach (var flag in Flags(agent, condition))
                {
                    if (!readers.TryGetValue(flag, out var functions))
                        readers[flag] = functions = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
                    functions.Add(loop.Scope.Function);
                }
            }
        }

        return readers;
    }

    // The loop's own condition, and conditions inside it that leave it.
    private static IEnumerable<IOperation> StopConditions(ILoopOperation loop)
    {
        var condition = loop switch
        {
            IWhileLoopOperation { Condition: { } own } => own,
            IForLoopOperation { Condition: { } own } => own,
            _ => null,
        };
        if (condition is not null)
            yield return condition;
        foreach (var branch in loop.SameFunction().OfType<IConditionalOperation>())
        {
            if (branch.WhenTrue is { } then && Leaves(then, loop) && !IsInLock(branch, loop))
                yield return branch.Condition;
        }
    }

    private static bool Leaves(IOperation then, ILoopOperation loop) =>
        then.SameFunction().Any(operation => operation is IReturnOperation
            || (operation is IBranchOperation { BranchKind: BranchKind.Break } branch && SocketUse.Same(branch.Target, loop.ExitLabel)));

    private static bool IsInLock(IOperation operation, ILoopOperation loop)
    {
        for (var parent = operation.Parent; parent is not null && parent != loop; parent = parent.Parent)
        {
            if (parent is ILockOperation)
                return true;
        }

        return false;
    }

    // Volatile.Read(ref _flag) hands the flag over by reference: that is a barrier, not a plain read.
    private static IEnumerable<ISymbol> Flags(AgentSubject agent, IOperation condition) =>
        condition.DescendantsAndSelf()
            .OfType<IMemberReferenceOperation>()
            .Where(reference => reference.Type?.SpecialType == SpecialType.System_Boolean
                && reference.Member is IFieldSymbol or IPropertySymbol
                && SocketUse.Same(reference.Member.ContainingType?.OriginalDefinition, agent.Type)
                && reference.Parent is not IArgumentOperation { Parameter.RefKind: not RefKind.None })
            .Select(reference => reference.Member.OriginalDefinition);
}
