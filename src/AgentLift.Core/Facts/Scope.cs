using AgentLift.Core.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Facts;

/// <summary>Where in a member an operation stands: in which function, loop, lock and try.</summary>
/// <param name="Function">The innermost method, lambda or local function; the field or property of an initialiser.</param>
/// <param name="Outer">The scope around this one; <see langword="null"/> for the member itself.</param>
/// <param name="Loop">The innermost loop of the same function.</param>
/// <param name="InLock">Inside a lock statement of the same function.</param>
internal sealed record Scope(ISymbol Function, Scope? Outer, ILoopOperation? Loop, bool InLock)
{
    public bool InLoop => Loop is not null;

    /// <summary>Inside that loop, and not in a lambda or local function that the loop only declares.</summary>
    public bool IsIn(ILoopOperation loop)
    {
        for (var scope = this; scope?.Loop is not null; scope = scope.Outer)
        {
            if (scope.Loop == loop)
                return true;
        }

        return false;
    }
}

/// <summary>An operation and where it stands.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Scope">Where it stands.</param>
/// <param name="Type">What is known of the type that it calls, makes, reads from or refers to.</param>
internal sealed record Fact<TOperation>(TOperation Operation, Scope Scope, TypeKnowledge Type)
    where TOperation : IOperation;

/// <summary>A write to a field or property of the type itself.</summary>
/// <param name="Target">The field or property.</param>
/// <param name="Value">What is written; <see langword="null"/> for increments, ref arguments and deconstruction.</param>
/// <param name="Operation">The writing operation.</param>
/// <param name="Scope">Where it stands.</param>
internal sealed record MemberWrite(ISymbol Target, IOperation? Value, IOperation Operation, Scope Scope);
