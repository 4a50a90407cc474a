using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Detectors.Concurrency;

/// <summary>AGL2009: a plain bool that one thread writes and another's loop reads.</summary>
internal sealed class RacyStopFlagDetector() : Detector(RuleIds.RacyStopFlag)
{
    public override void Detect(AgentSubject agent, List<Evidence> found)
    {
        var readers = LoopsByFlag(agent);
        if (readers.Count == 0)
            return;
        foreach (var flag in readers.Keys.OrderBy(flag => flag.Locations[0].SourceSpan.Start).Where(flag => IsPlain(agent, flag)))
        {
            var writes = agent.Facts.Writes.Where(write => SocketUse.Same(write.Target, flag) && !IsConstruction(write.Scope.Function)).ToList();
            if (readers[flag].Any(reader => writes.Any(write => IsUnguarded(agent, write, reader))))
                found.Add(At(flag));
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
            if (LongLoop.ConditionOf(loop.Operation) is { } condition)
                AddFlags(agent, condition, loop.Scope.Function, readers);
            foreach (var guard in LongLoop.ExitGuards(agent.Facts, loop.Operation))
            {
                if (!IsInLock(guard, loop.Operation))
                    AddFlags(agent, guard.Condition, loop.Scope.Function, readers);
            }
        }

        return readers;
    }

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
    private static void AddFlags(AgentSubject agent, IOperation condition, ISymbol reader, Dictionary<ISymbol, HashSet<ISymbol>> readers)
    {
        foreach (var part in condition.DescendantsAndSelf())
        {
            if (part is not IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } reference
                || reference.Type?.SpecialType != SpecialType.System_Boolean
                || !SocketUse.Same(reference.Member.ContainingType?.OriginalDefinition, agent.Type)
                || reference.Parent is IArgumentOperation { Parameter.RefKind: not RefKind.None })
            {
                continue;
            }

            var flag = reference.Member.OriginalDefinition;
            if (!readers.TryGetValue(flag, out var functions))
                readers[flag] = functions = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
            functions.Add(reader);
        }
    }
}
