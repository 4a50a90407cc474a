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

    public List<Fact<IPropertyReferenceOperation>> PropertyReads { get; } = [];

    public List<Fact<IEventAssignmentOperation>> Events { get; } = [];

    public List<Fact<IAnonymousFunctionOperation>> Lambdas { get; } = [];

    public List<Fact<ILocalFunctionOperation>> LocalFunctions { get; } = [];

    public List<Fact<ILockOperation>> Locks { get; } = [];

    public List<Fact<ILiteralOperation>> Texts { get; } = [];

    public List<MemberWrite> Writes { get; } = [];
}
