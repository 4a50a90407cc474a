using System.Collections.Immutable;
using AgentLift.Core.Facts;
using AgentLift.Core.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Detectors.Gpu;

/// <summary>
/// What of a loop's round a dispose scope may hold. A scope owns whatever its thread makes while it is open, in called functions too, and belongs to its
/// thread: so nothing native may outlive it, and nothing may be awaited in it. Where a round waits before or behind its tensors, the scope holds only these.
/// </summary>
/// <param name="Statements">The statements that it may hold, one behind the other; none where there is an obstacle.</param>
/// <param name="IsWhole">Whether these are the whole round.</param>
/// <param name="Obstacle">Why there can be no scope, for a person.</param>
internal sealed record TensorRound(ImmutableArray<IOperation> Statements, bool IsWhole, string? Obstacle)
{
    /// <summary>The library of the tensors.</summary>
    public NativeLibrary? Library { get; private init; }

    /// <summary>Reads a loop.</summary>
    /// <param name="knowledge">What is known of the types.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="tensor">A tensor that it makes.</param>
    public static TensorRound Of(CompilationKnowledge knowledge, ILoopOperation loop, IOperation tensor)
    {
        if (!loop.Body.Syntax.Span.Contains(tensor.Syntax.Span))
            return Refused("the tensor is made where the loop decides whether it goes on, which no scope within its round holds");
        var statements = loop.Body is IBlockOperation block ? block.Operations : [loop.Body];
        if (NativeLibrary.Of(knowledge, loop.Body.DescendantsAndSelf()) is not { } library || library.OpenerIn(knowledge.Compilation) is null)
            return Refused("its library has no dispose scopes");
        if (statements.SelectMany(statement => statement.SameFunction()).Any(operation => operation is IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak }))
            return Refused("the round hands out values while it goes on, and a scope would stay open meanwhile");
        if (loop.Body.DescendantsAndSelf().OfType<ILabeledOperation>().Any())
            return Refused("a label stands in the round");

        var isWhole = !statements.Any(Waits);
        if (!isWhole)
        {
            var (first, last) = EndsOf(statements, new NativeUse(library, knowledge.Compilation, statements, isCalled: false));
            statements = [.. statements.Skip(first).Take(last - first + 1)];
            if (statements.Any(Waits))
                return Refused("it waits while it has tensors, and what waits is or becomes an await, which no dispose scope may span: take them apart first");
            if (UsedBehind(loop.Body, statements) is { } local)
                return Refused($"'{local.Name}' is worked out with tensors and used behind a wait, where a dispose scope is over: declare it before");
        }

        return new RoundReach(knowledge.Compilation, library).Obstacle(statements) is { } obstacle ? Refused(obstacle) : new TensorRound(statements, isWhole, null) { Library = library };
    }

    private static TensorRound Refused(string reason) => new([], false, reason);

    // A sleep too: nobody needs tensors meanwhile, and it is to become an await.
    private static bool Waits(IOperation statement) => statement.SameFunction().Any(operation =>
        RoundReach.Awaits(operation) || operation is IInvocationOperation { TargetMethod: { Name: "Sleep", ContainingType.Name: "Thread" } });

    private static (int First, int Last) EndsOf(ImmutableArray<IOperation> statements, NativeUse uses)
    {
        var native = Enumerable.Range(0, statements.Length).Where(i => statements[i].DescendantsAndSelf().Any(operation => operation.Type is not null && uses.IsNative(operation))).ToList();
        return (native[0], native[native.Count - 1]);
    }

    private static ILocalSymbol? UsedBehind(IOperation body, ImmutableArray<IOperation> statements)
    {
        var declared = new HashSet<ISymbol>(statements.SelectMany(statement => statement.DescendantsAndSelf()).Select(operation => operation switch
        {
            IVariableDeclaratorOperation declarator => declarator.Symbol,
            ILocalReferenceOperation { IsDeclaration: true } reference => reference.Local,
            IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol symbol } => symbol,
            _ => null,
        }).OfType<ISymbol>(), SymbolEqualityComparer.Default);
        var end = statements[statements.Length - 1].Syntax.Span.End;
        return body.DescendantsAndSelf().OfType<ILocalReferenceOperation>().FirstOrDefault(use => use.Syntax.SpanStart >= end && declared.Contains(use.Local))?.Local;
    }
}
