using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>What of the agent a statement may change, which decides where it can be moved.</summary>
internal sealed class StatementReach(TypeFacts agent, ISymbol member, Func<ISymbol, bool> isLazy)
{
    public StatementReach(TypeFacts agent, SimpleNameSyntax use, Func<ISymbol, bool> isLazy)
        : this(agent, agent.ModelOf(use).GetSymbolInfo(use).Symbol!.OriginalDefinition, isLazy)
    {
    }

    /// <summary>The members, other than the one asked about, that the statement may change.</summary>
    public IEnumerable<ISymbol> Touched(StatementSyntax statement)
    {
        foreach (var name in statement.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            if (OwnMember(name) is { } other && !SymbolEqualityComparer.Default.Equals(other, member) && MayChange(statement, new MemberUse(name), other))
                yield return other;
        }
    }

    /// <summary>The one private collection that the statement fills from the member, and nothing else; <see langword="null"/> where there is none.</summary>
    public ISymbol? Filled(StatementSyntax statement)
    {
        var touched = new HashSet<ISymbol>(Touched(statement), SymbolEqualityComparer.Default);
        return touched.Count == 1 && touched.First() is IFieldSymbol { DeclaredAccessibility: Accessibility.Private, Type.TypeKind: TypeKind.Class or TypeKind.Interface } filled && !ChangesWhatIsLoaded(statement)
            ? filled
            : null;
    }

    private bool MayChange(StatementSyntax statement, MemberUse use, ISymbol other)
    {
        var type = other is IFieldSymbol held ? held.Type : ((IPropertySymbol)other).Type;
        var place = use.Value;
        var isCalled = false;
        while (true)
        {
            switch (place.Parent)
            {
                case InvocationExpressionSyntax call when call.Expression == place:
                    isCalled = true;
                    place = call;
                    continue;
                case MemberAccessExpressionSyntax access when access.Expression == place:
                    place = access;
                    continue;
                case ElementAccessExpressionSyntax element when element.Expression == place:
                    place = element;
                    continue;
                case ConditionalAccessExpressionSyntax conditional when conditional.Expression == place:
                    isCalled = true;
                    place = conditional;
                    continue;
            }

            break;
        }

        if (place.Parent is AssignmentExpressionSyntax assignment && assignment.Left == place)
            return true;
        if (isLazy(other))
            return isCalled && place.Parent is ExpressionStatementSyntax;
        if (Captures.NeverChanges(type))
            return false;
        return isCalled || (place == use.Value && place.Parent is ArgumentSyntax && !IsCallOfMember(statement));
    }

    // asr.to(device) changes asr.
    private bool IsCallOfMember(StatementSyntax statement)
    {
        if (statement is not ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call })
            return false;
        ExpressionSyntax root = call;
        while (true)
        {
            switch (root)
            {
                case InvocationExpressionSyntax inner:
                    root = inner.Expression;
                    continue;
                case MemberAccessExpressionSyntax access when OwnMember(access.Name) is null:
                    root = access.Expression;
                    continue;
            }

            return agent.ModelOf(root).GetSymbolInfo(root).Symbol is { } symbol && SymbolEqualityComparer.Default.Equals(symbol.OriginalDefinition, member);
        }
    }

    /// <summary>The statement changes the member itself, or what it gets out of it.</summary>
    private bool ChangesWhatIsLoaded(StatementSyntax statement)
    {
        var model = agent.ModelOf(statement);
        var fromIt = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { member };
        foreach (var node in statement.DescendantNodesAndSelf())
        {
            if (node is ForEachStatementSyntax each && Mentions(each.Expression))
                fromIt.Add(model.GetDeclaredSymbol(each)!);
            else if (node is CommonForEachStatementSyntax other && node is not ForEachStatementSyntax && Mentions(other.Expression))
                return true;
            else if (node is VariableDeclaratorSyntax { Initializer.Value: not BaseObjectCreationExpressionSyntax and var value } variable && Mentions(value))
                fromIt.Add(model.GetDeclaredSymbol(variable)!);
        }

        return statement.DescendantNodes().Any(node => node switch
        {
            AssignmentExpressionSyntax { Left: not IdentifierNameSyntax and var left } => IsFromIt(left),
            ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } => IsFromIt(call.Expression),
            PostfixUnaryExpressionSyntax postfix => IsFromIt(postfix.Operand),
            PrefixUnaryExpressionSyntax prefix when prefix.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression => IsFromIt(prefix.Operand),
            ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword } argument => IsFromIt(argument.Expression),
            _ => false,
        });

        bool Mentions(SyntaxNode node) => node.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(name => model.GetSymbolInfo(name).Symbol is { } symbol && fromIt.Contains(symbol.OriginalDefinition));

        bool IsFromIt(ExpressionSyntax expression)
        {
            var root = expression;
            while (root is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or InvocationExpressionSyntax)
            {
                if (model.GetSymbolInfo(root).Symbol is { } part && fromIt.Contains(part.OriginalDefinition))
                    return true;
                root = root switch
                {
                    MemberAccessExpressionSyntax access => access.Expression,
                    ElementAccessExpressionSyntax element => element.Expression,
                    _ => ((InvocationExpressionSyntax)root).Expression,
                };
            }

            return model.GetSymbolInfo(root).Symbol is { } symbol && fromIt.Contains(symbol.OriginalDefinition);
        }
    }

    private ISymbol? OwnMember(SimpleNameSyntax name) =>
        agent.ModelOf(name).GetSymbolInfo(name).Symbol is { } symbol and (IFieldSymbol { IsConst: false } or IPropertySymbol)
        && SymbolEqualityComparer.Default.Equals(symbol.ContainingType?.OriginalDefinition, agent.Type)
            ? symbol.OriginalDefinition
            : null;
}
