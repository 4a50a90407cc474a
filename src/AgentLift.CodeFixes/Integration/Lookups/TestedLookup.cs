using AgentLift.CodeFixes.Integration.Listeners;
using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.Core.Obstacles;
using AgentLift.Core.Obstacles.Addresses;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Integration.Lookups;

/// <summary>Splits a call of <c>TryGetValue</c>: <c>ContainsKey</c> asks whether the table has a name, and the address is looked up where it does.</summary>
internal static class TestedLookup
{
    /// <param name="source">The agent's code.</param>
    /// <param name="use">The call.</param>
    /// <param name="reason">Why it cannot be split.</param>
    public static SplitLookup? Read(AgentSource source, AddressUse use, out string? reason)
    {
        var call = (InvocationExpressionSyntax)use.Lookup!;
        reason = $"{PlaceNames.Of(call)} asks by TryGetValue in a way that a look-up cannot take the place of: ask in an if of its own, or look up by the index";
        var found = call.ArgumentList.Arguments[1].Expression;
        var split = new SplitLookup(
            [new TextChange(((MemberAccessExpressionSyntax)call.Expression).Name.Span, "ContainsKey"), new TextChange(TextSpan.FromBounds(use.Key.Span.End, call.Span.End), ")")], use.Key.WithoutTrivia().ToString(), string.Empty);
        if (source.ModelOf(call).GetSymbolInfo(found).Symbol is IDiscardSymbol || found is DeclarationExpressionSyntax { Designation: DiscardDesignationSyntax })
            return split;
        if (!IsSettled(source, use.Key) || VariableOf(source, found) is not var (variable, written) || AgentSource.FunctionAround(call) is null)
            return null;
        split = split with { Variable = written };
        var reads = source.ReferencesTo(variable).Where(name => name != found).ToList();
        if (reads.Count == 0)
            return Without(split, variable);
        return Branch(call, out var isNegated) is not { } branch || Changes(branch, use.Key) ? null
            : isNegated ? AsGuard(split, variable, branch, reads)
            : AsBranch(split, variable, call, branch, reads);
    }

    // out var address, or out address where that is a variable of its own.
    private static (ISymbol Variable, string Written)? VariableOf(AgentSource source, ExpressionSyntax found) => found switch
    {
        DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax designation } declaration when source.ModelOf(found).GetDeclaredSymbol(designation) is { } declared => (declared, $"{declaration.Type.WithoutTrivia()} {designation.WithoutTrivia()}"),
        IdentifierNameSyntax name when source.SymbolOf(name) is ILocalSymbol { RefKind: RefKind.None } known && known.DeclaringSyntaxReferences is [var part] && part.GetSyntax() is VariableDeclaratorSyntax declarator && AgentSource.FunctionAround(declarator) == AgentSource.FunctionAround(name) => (known, name.Identifier.Text),
        _ => null,
    };

    private static SplitLookup? AsBranch(SplitLookup split, ISymbol variable, InvocationExpressionSyntax call, SyntaxNode branch, List<SimpleNameSyntax> reads)
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
            return split with { Before = block.Statements.First() };
        return reads is [var only] && LookupPlaces.CanStandFor(only, call, then) ? Without(split with { Inline = only }, variable) : null;
    }

    // A variable of before that takes nothing any more goes, or the compiler would warn of it.
    private static SplitLookup? Without(SplitLookup split, ISymbol variable) => variable.DeclaringSyntaxReferences[0].GetSyntax() switch
    {
        VariableDeclaratorSyntax { Initializer: null or { Value: LiteralExpressionSyntax }, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax } statement } } =>
            split with { Names = [.. split.Names, new TextChange(SpanOf(statement), string.Empty)] },
        VariableDeclaratorSyntax => null,
        _ => split,
    };

    private static TextSpan SpanOf(StatementSyntax statement)
    {
        var whole = AnswerText.WholeLine(statement);
        return whole != statement.Span ? whole : new TextSpan(whole.Start, whole.Length + statement.GetTrailingTrivia().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Sum(trivia => trivia.Span.Length));
    }

    // A variable of before must be forgotten with the block that is left, and not be read on the way out.
    private static SplitLookup? AsGuard(SplitLookup split, ISymbol variable, SyntaxNode branch, List<SimpleNameSyntax> reads)
    {
        if (branch is not IfStatementSyntax { Else: null, Parent: BlockSyntax around } guard || !Leaves(guard.Statement) || reads.Exists(read => guard.Span.Contains(read.Span)))
            return null;
        var isOfBefore = variable.DeclaringSyntaxReferences[0].GetSyntax() is VariableDeclaratorSyntax;
        var isHere = isOfBefore ? variable.DeclaringSyntaxReferences[0].GetSyntax().FirstAncestorOrSelf<StatementSyntax>()?.Parent == around : reads.TrueForAll(read => around.Span.Contains(read.Span) && read.SpanStart > guard.Span.End);
        return isHere ? split with { Behind = guard } : null;
    }

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

    // Between the question and the look-up, as far as that can stand behind it.
    private static bool Changes(SyntaxNode branch, ExpressionSyntax key)
    {
        var first = key.GetFirstToken();
        var between = branch is IfStatementSyntax { Statement: BlockSyntax, Condition: var condition } ? condition : branch;
        return between.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => first.IsKind(SyntaxKind.IdentifierToken) && name.Identifier.ValueText == first.ValueText
            && (name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name
                || name.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 }
                || name.Parent is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression }
                || name.Parent is ElementAccessExpressionSyntax { Parent: AssignmentExpressionSyntax element } && element.Left == name.Parent));
    }

    // It is read twice, and must be the same both times: name, parts[0], request.Agent where that cannot be set.
    private static bool IsSettled(AgentSource source, ExpressionSyntax key) => source.ConstantOf(key) is not null || source.SymbolOf(key) switch
    {
        ILocalSymbol or IParameterSymbol { RefKind: RefKind.None } or IFieldSymbol { IsReadOnly: true } => key is IdentifierNameSyntax || (key is MemberAccessExpressionSyntax member && (member.Expression is ThisExpressionSyntax || IsSettled(source, member.Expression))),
        IPropertySymbol { SetMethod: null or { IsInitOnly: true } } property => key is MemberAccessExpressionSyntax access && IsKept(property) && IsSettled(source, access.Expression),
        _ => key is ElementAccessExpressionSyntax { ArgumentList.Arguments: [{ Expression: var index }] } element && source.TypeOf(element.Expression) is IArrayTypeSymbol && source.ConstantOf(index) is int && source.SymbolOf(element.Expression) is ILocalSymbol or IParameterSymbol,
    };

    private static bool IsKept(IPropertySymbol property) => property.ContainingType.IsAnonymousType || property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property))
        || property.ContainingType is { Name: "KeyValuePair", ContainingNamespace.Name: "Generic" };
}
