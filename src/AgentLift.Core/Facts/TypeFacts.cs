using System.Collections.Immutable;
using AgentLift.Core.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Facts;

/// <summary>Everything that the operations of a type show, over all its parts. Made once the type has been seen whole.</summary>
internal sealed class TypeFacts
{
    private readonly Lazy<ImmutableArray<BackgroundWork>> background;
    private readonly Lazy<CallGraph> graph;

    public TypeFacts(INamedTypeSymbol type, CompilationKnowledge knowledge, IEnumerable<MemberFacts> members)
    {
        Type = type;
        Knowledge = knowledge;
        Members = [.. members.OrderBy(member => SourceOrder(member), SourceOrderComparer)];
        background = new(() => [.. BackgroundWorkFinder.Find(this)]);
        graph = new(() => new CallGraph(this));
    }

    public INamedTypeSymbol Type { get; }

    public CompilationKnowledge Knowledge { get; }

    public ImmutableArray<MemberFacts> Members { get; }

    public CallGraph Graph => graph.Value;

    public ImmutableArray<BackgroundWork> Background => background.Value;

    public IEnumerable<Fact<IInvocationOperation>> Calls => Members.SelectMany(member => member.Calls);

    public IEnumerable<Fact<IObjectCreationOperation>> Creations => Members.SelectMany(member => member.Creations);

    public IEnumerable<Fact<ILoopOperation>> Loops => Members.SelectMany(member => member.Loops);

    public IEnumerable<Fact<IPropertyReferenceOperation>> PropertyReads => Members.SelectMany(member => member.PropertyReads);

    public IEnumerable<Fact<IEventAssignmentOperation>> Events => Members.SelectMany(member => member.Events);

    public IEnumerable<Fact<ILockOperation>> Locks => Members.SelectMany(member => member.Locks);

    public IEnumerable<MemberWrite> Writes => Members.SelectMany(member => member.Writes);

    /// <summary>Calls of methods of that platform type.</summary>
    public IEnumerable<Fact<IInvocationOperation>> CallsOn(KnownType known) =>
        Calls.Where(call => Knowledge.Known(call.Operation.TargetMethod.ContainingType) == known);

    /// <summary>Constructions of that platform type.</summary>
    public IEnumerable<Fact<IObjectCreationOperation>> CreationsOf(KnownType known) =>
        Creations.Where(creation => Knowledge.Known(creation.Operation.Type) == known);

    private static (string Path, int Position) SourceOrder(MemberFacts member) =>
        member.Blocks.Length > 0 ? (member.Blocks[0].Syntax.SyntaxTree.FilePath, member.Blocks[0].Syntax.SpanStart) : (string.Empty, 0);

    private static readonly IComparer<(string Path, int Position)> SourceOrderComparer = Comparer<(string Path, int Position)>.Create(
        static (left, right) => string.CompareOrdinal(left.Path, right.Path) is var order && order != 0 ? order : left.Position.CompareTo(right.Position));
}
