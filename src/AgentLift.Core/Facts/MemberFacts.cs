using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Facts;

/// <summary>What the operations of one member show, in the order of the source.</summary>
internal sealed class MemberFacts(ISymbol member, ImmutableArray<IOperation> blocks)
{
    public ISymbol Member { get; } = member;

    public ImmutableArray<IOperation> Blocks { get; } = blocks;

    public List<Fact<IInvocationOperation>> Calls { get; } = [];

    public List<Fact<IObjectCreationOperation>> Creations { get; } = [];

    public List<Fact<ILoopOperation>> Loops { get; } = [];

    /// <summary>Returns, breaks, jumps and yields inside loops: what may end a loop early.</summary>
    public List<Fact<IOperation>> LoopExits { get; } = [];

    public List<Fact<IPropertyReferenceOperation>> PropertyReads { get; } = [];

    /// <summary>Uses of locals whose type is known.</summary>
    public List<Fact<ILocalReferenceOperation>> LocalUses { get; } = [];

    public List<Fact<IEventAssignmentOperation>> Events { get; } = [];

    public List<Fact<IAnonymousFunctionOperation>> Lambdas { get; } = [];

    public List<Fact<ILocalFunctionOperation>> LocalFunctions { get; } = [];

    public List<Fact<ILockOperation>> Locks { get; } = [];

    public List<Fact<ILiteralOperation>> Texts { get; } = [];

    public List<MemberWrite> Writes { get; } = [];

    /// <summary>Entries put into a table that the type holds, by its indexer, <c>Add</c> or <c>TryAdd</c>.</summary>
    public List<MemberWrite> Entries { get; } = [];
}
