using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.Core.Obstacles.Addresses;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Lookups;

/// <summary>
/// A call of <c>TryGetValue</c>. Whether the table has a name is still asked of the table, and the address is looked up where it does: there a variable is
/// declared, or the only place that reads it looks up.
/// </summary>
/// <param name="Call">The call.</param>
/// <param name="Variable">What the address goes into; <see langword="null"/> where nobody wants it.</param>
/// <param name="Inline">The only place that reads it, where the look-up can stand there.</param>
/// <param name="Block">The block that begins with the look-up otherwise.</param>
/// <param name="Guard">The statement behind which it stands otherwise.</param>
internal sealed record TestedLookup(InvocationExpressionSyntax Call, DeclarationExpressionSyntax? Variable, IdentifierNameSyntax? Inline, BlockSyntax? Block, IfStatementSyntax? Guard)
{
    /// <summary>Where the look-up is to stand; <see langword="null"/> where none is needed.</summary>
    public SyntaxNode? Place => Inline ?? (SyntaxNode?)Block?.Statements.First() ?? Guard;

    /// <summary>Reads a call.</summary>
    /// <param name="source">The agent's code.</param>
    /// <param name="use">The place.</param>
    /// <param name="reason">Why it cannot be told apart into a question and a look-up.</param>
    public static TestedLookup? Read(AgentSource source, AddressUse use, out string? reason)
    {
        var call = (InvocationExpressionSyntax)use.Lookup!;
        var place = Core.Obstacles.PlaceNames.Of(call);
        reason = $"{place} asks by TryGetValue in a way that a look-up cannot take the place of: ask in an if of its own, or look up by the index";
        var found = call.ArgumentList.Arguments[1].Expression;
        if (source.ModelOf(call).GetSymbolInfo(found).Symbol is IDiscardSymbol || found is DeclarationExpressionSyntax { Designation: DiscardDesignationSyntax })
            return new TestedLookup(call, null, null, null, null);
        if (found is not DeclarationExpressionSyntax declaration)
            return null;
        if (declaration.Designation is not SingleVariableDesignationSyntax designation || source.ModelOf(call).GetDeclaredSymbol(designation) is not { } variable || !IsSettled(source, use.Key))
            return null;
        var reads = AgentSource.FunctionAround(call) is { } function
            ? function.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == variable.Name && SymbolEqualityComparer.Default.Equals(source.ModelOf(name).GetSymbolInfo(name).Symbol, variable)).ToList()
            : [];
        if (reads.Count == 0)
            return new TestedLookup(call, declaration, null, null, null);
        return Branch(call, out var isNegated) is not { } branch ? null
            : isNegated ? AsGuard(call, declaration, branch, reads)
            : AsBranch(call, declaration, branch, reads);
    }

    private static TestedLookup? AsBranch(InvocationExpressionSyntax call, DeclarationExpressionSyntax declaration, SyntaxNode branch, List<IdentifierNameSyntax> reads)
    {
        var then = branch switch
        {
            IfStatementSyntax choice => choice.Statement,
            ConditionalExpressionSyntax choice => (SyntaxNode)choice.WhenTrue,
            _ => null,
        };
        if (then is null || !reads.TrueForAll(read => then.Span.Contains(read.Span)))
            return null;
        if (then is BlockSyntax block)
            return new TestedLookup(call, declaration, null, block, null);
        return reads is [var only] && AgentSource.FunctionAround(only) == AgentSource.FunctionAround(call) && only.Parent is not (AssignmentExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: not 0 })
            && !only.AncestorsAndSelf().TakeWhile(node => node != then).Any(node => node is ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax)
                ? new TestedLookup(call, declaration, only, null, null)
                : null;
    }

    private static TestedLookup? AsGuard(InvocationExpressionSyntax call, DeclarationExpressionSyntax declaration, SyntaxNode branch, List<IdentifierNameSyntax> reads) =>
        branch is IfStatementSyntax { Else: null, Parent: BlockSyntax around } guard && Leaves(guard.Statement) && reads.TrueForAll(read => around.Span.Contains(read.Span) && read.SpanStart > guard.Span.End)
            ? new TestedLookup(call, declaration, null, null, guard)
            : null;

    // The statement or choice that the call decides together with others: a && call, !call || b.
    private static SyntaxNode? Branch(InvocationExpressionSyntax call, out bool isNegated)
    {
        SyntaxNode node = call;
        isNegated = false;
        while (node.Parent is ParenthesizedExpressionSyntax)
            node = node.Parent;
        if (node.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression })
            (node, isNegated) = (node.Parent, true);
        var joins = isNegated ? SyntaxKind.LogicalOrExpression : SyntaxKind.LogicalAndExpression;
        while (node.Parent is ParenthesizedExpressionSyntax || node.Parent.IsKind(joins))
            node = node.Parent;
        return node.Parent switch
        {
            IfStatementSyntax choice when choice.Condition == node => choice,
            ConditionalExpressionSyntax choice when choice.Condition == node && !isNegated => choice,
            _ => null,
        };
    }

    private static bool Leaves(StatementSyntax statement) => statement switch
    {
        BlockSyntax block => block.Statements.LastOrDefault() is { } last && Leaves(last),
        _ => statement is ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax,
    };

    // It is read twice, and must be the same both times.
    private static bool IsSettled(AgentSource source, ExpressionSyntax key) =>
        source.ConstantOf(key) is not null || source.SymbolOf(key) is ILocalSymbol or IParameterSymbol { RefKind: RefKind.None } or IFieldSymbol { IsReadOnly: true };
}
