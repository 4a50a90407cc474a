using System.Collections.Immutable;
using AgentLift.Core.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Facts;

/// <summary>Everything that the operations of a type show, over all its parts. Made once the type has been seen whole, and read by one thread.</summary>
internal sealed class TypeFacts
{
    private readonly Dictionary<SyntaxTree, SemanticModel> models = [];
    private ImmutableArray<BackgroundWork> background;
    private CallGraph? graph;

    public TypeFacts(INamedTypeSymbol type, CompilationKnowledge knowledge, List<MemberFacts> members)
    {
        Type = type;
        Knowledge = knowledge;
        members.Sort(BySourcePosition);
        Members = [.. members];
        Calls = All(members, static member => member.Calls);
        Creations = All(members, static member => member.Creations);
        Loops = All(members, static member => member.Loops);
        LoopExits = All(members, static member => member.LoopExits);
        PropertyReads = All(members, static member => member.PropertyReads);
        LocalUses = All(members, static member => member.LocalUses);
        Events = All(members, static member => member.Events);
        Locks = All(members, static member => member.Locks);
        Writes = All(members, static member => member.Writes);
        Entries = All(members, static member => member.Entries);
    }

    public INamedTypeSymbol Type { get; }

    public CompilationKnowledge Knowledge { get; }

    public ImmutableArray<MemberFacts> Members { get; }

    public CallGraph Graph => graph ??= new CallGraph(this);

    public ImmutableArray<BackgroundWork> Background => background.IsDefault ? background = [.. BackgroundWorkFinder.Find(this)] : background;

    public ImmutableArray<Fact<IInvocationOperation>> Calls { get; }

    public ImmutableArray<Fact<IObjectCreationOperation>> Creations { get; }

    public ImmutableArray<Fact<ILoopOperation>> Loops { get; }

    /// <summary>Returns, breaks, jumps and yields inside loops.</summary>
    public ImmutableArray<Fact<IOperation>> LoopExits { get; }

    public ImmutableArray<Fact<IPropertyReferenceOperation>> PropertyReads { get; }

    /// <summary>Uses of locals whose type is known.</summary>
    public ImmutableArray<Fact<ILocalReferenceOperation>> LocalUses { get; }

    public ImmutableArray<Fact<IEventAssignmentOperation>> Events { get; }

    public ImmutableArray<Fact<ILockOperation>> Locks { get; }

    public ImmutableArray<MemberWrite> Writes { get; }

    /// <summary>Entries put into tables that the type holds.</summary>
    public ImmutableArray<MemberWrite> Entries { get; }

    /// <summary>Calls of methods of that platform type.</summary>
    public IEnumerable<Fact<IInvocationOperation>> CallsOn(KnownType known) =>
        Calls.Where(call => call.Type.Known == known);

    /// <summary>Constructions of that platform type.</summary>
    public IEnumerable<Fact<IObjectCreationOperation>> CreationsOf(KnownType known) =>
        Creations.Where(creation => creation.Type.Known == known);

    /// <summary>What is known of the file that a node is in, from those who made the operations: what they have bound is not bound again.</summary>
    public SemanticModel ModelOf(SyntaxNode node)
    {
        if (!models.TryGetValue(node.SyntaxTree, out var model))
        {
            models[node.SyntaxTree] = model = Members.SelectMany(member => member.Blocks).FirstOrDefault(block => block.Syntax.SyntaxTree == node.SyntaxTree)?.SemanticModel
                ?? Knowledge.Compilation.GetMeaningModel(node.SyntaxTree);
        }

        return model;
    }

    private static ImmutableArray<T> All<T>(List<MemberFacts> members, Func<MemberFacts, List<T>> facts)
    {
        var count = 0;
        foreach (var member in members)
            count += facts(member).Count;
        if (count == 0)
            return [];
        var all = ImmutableArray.CreateBuilder<T>(count);
        foreach (var member in members)
            all.AddRange(facts(member));
        return all.MoveToImmutable();
    }

    private static int BySourcePosition(MemberFacts left, MemberFacts right)
    {
        if (left.Blocks.IsEmpty || right.Blocks.IsEmpty)
            return right.Blocks.IsEmpty.CompareTo(left.Blocks.IsEmpty);
        var (first, second) = (left.Blocks[0].Syntax, right.Blocks[0].Syntax);
        var byFile = string.CompareOrdinal(first.SyntaxTree.FilePath, second.SyntaxTree.FilePath);
        return byFile != 0 ? byFile : first.SpanStart.CompareTo(second.SpanStart);
    }
}
