using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Reading;

/// <summary>Tells texts that are there for certain, also in code that knows no nullable annotations.</summary>
internal sealed class NeverNull(AgentSource source, ISymbol known)
{
    private readonly HashSet<ISymbol> seen = new(SymbolEqualityComparer.Default);

    public bool Is(ExpressionSyntax expression)
    {
        expression = AgentSource.Unwrapped(expression);
        return expression switch
        {
            LiteralExpressionSyntax literal => !literal.IsKind(SyntaxKind.NullLiteralExpression) && !literal.IsKind(SyntaxKind.DefaultLiteralExpression),
            InterpolatedStringExpressionSyntax or ThrowExpressionSyntax => true,
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } => true,
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } either => Is(either.Right),
            ConditionalExpressionSyntax choice => Is(choice.WhenTrue) && Is(choice.WhenFalse),
            SwitchExpressionSyntax choice => choice.Arms.All(arm => Is(arm.Expression)),
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment => Is(assignment.Right),
            AwaitExpressionSyntax wait => Is(AgentSource.Awaited(wait)),
            InvocationExpressionSyntax call => source.SymbolOf(call) is IMethodSymbol method && Returns(method),
            SimpleNameSyntax or MemberAccessExpressionSyntax => source.ConstantOf(expression) is not null || (source.SymbolOf(expression) is { } symbol && Holds(symbol)),
            _ => false,
        };
    }

    private bool Returns(IMethodSymbol method)
    {
        if (!seen.Add(method))
            return true;
        if (source.BodyOf(method) is { } declaration)
        {
            return declaration.ExpressionBody is { } arrow
                ? Is(arrow.Expression)
                : declaration.Body!.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>().All(exit => exit.Expression is { } value && Is(value));
        }

        var returned = method.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: { Length: 1 } arguments } ? arguments[0].NullableAnnotation : method.ReturnNullableAnnotation;
        return returned == NullableAnnotation.NotAnnotated;
    }

    private bool Holds(ISymbol symbol)
    {
        if (SymbolEqualityComparer.Default.Equals(symbol, known))
            return true;
        if (symbol is not ILocalSymbol local)
            return symbol is IFieldSymbol { IsStatic: true, Name: "Empty" };
        if (local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not VariableDeclaratorSyntax declarator || AgentSource.FunctionAround(declarator) is not { } function)
            return false;
        if (!seen.Add(symbol))
            return true;
        var writes = function.DescendantNodes().OfType<SimpleNameSyntax>().Where(name => name.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(source.SymbolOf(name), local))
            .Where(name => name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name || name.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 });
        return (declarator.Initializer is null || Is(declarator.Initializer.Value)) && writes.All(name => name.Parent is AssignmentExpressionSyntax assignment && Is(assignment.Right));
    }
}
