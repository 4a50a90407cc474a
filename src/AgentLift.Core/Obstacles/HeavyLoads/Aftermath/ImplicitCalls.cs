using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Obstacles.HeavyLoads.Aftermath;

/// <summary>What code does to the types that an agent declares without naming their members.</summary>
internal static class ImplicitCalls
{
    /// <summary>The functions of such types that an operation calls: an operator, the end of a using, the steps of a loop, the parts of a value that is taken apart.</summary>
    public static IEnumerable<IMethodSymbol> Of(IOperation operation, Func<ISymbol, bool> isOwn)
    {
        var chosen = operation switch
        {
            IBinaryOperation { OperatorMethod: { } method } => method,
            IUnaryOperation { OperatorMethod: { } method } => method,
            IConversionOperation { OperatorMethod: { } method } => method,
            ICompoundAssignmentOperation { OperatorMethod: { } method } => method,
            IIncrementOrDecrementOperation { OperatorMethod: { } method } => method,
            _ => null,
        };
        if (chosen is not null)
            return isOwn(chosen) ? [chosen.OriginalDefinition] : [];
        var used = operation switch
        {
            IUsingOperation { Resources: var resources } => TypesOf(resources),
            IUsingDeclarationOperation { DeclarationGroup: var group } => TypesOf(group),
            IForEachLoopOperation { Collection: var collection } => TypesOf(collection),
            IDeconstructionAssignmentOperation { Value: var value } => TypesOf(value),
            IRecursivePatternOperation { DeconstructSymbol.ContainingType: { } type } => [type],
            IListPatternOperation { InputType: var type } => [type],
            IInterpolatedStringHandlerCreationOperation { Type: { } type } => [type],
            _ => [],
        };
        return used.Distinct<ITypeSymbol>(SymbolEqualityComparer.Default).Where(type => isOwn(type)).SelectMany(type => type.OriginalDefinition.GetMembers()).OfType<IMethodSymbol>()
            .Where(method => method is { MethodKind: MethodKind.Ordinary or MethodKind.PropertyGet, IsStatic: false, IsImplicitlyDeclared: false });
    }

    /// <summary>The fields and properties in which values of a type, or those that it holds, keep what they are.</summary>
    public static IEnumerable<ISymbol> StateWithin(ITypeSymbol? type, Func<ISymbol, bool> isOwn)
    {
        var found = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var seen = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        var open = new Stack<ITypeSymbol>(type is null ? [] : [type]);
        while (open.Count > 0)
        {
            var next = open.Pop();
            if (!seen.Add(next))
                continue;
            if (next is IArrayTypeSymbol array)
                open.Push(array.ElementType);
            foreach (var argument in next is INamedTypeSymbol named ? named.TypeArguments : [])
                open.Push(argument);
            if (!isOwn(next))
                continue;
            foreach (var member in next.OriginalDefinition.GetMembers().Where(member => member is IFieldSymbol { IsConst: false, IsImplicitlyDeclared: false } or IPropertySymbol && !member.IsStatic))
            {
                found.Add(member);
                open.Push(member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type);
            }
        }

        return found;
    }

    /// <summary>A parameter of a class itself, which its members may go on to use.</summary>
    public static bool IsPrimary(IParameterSymbol parameter) => parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
        && constructor.DeclaringSyntaxReferences.Any(part => part.GetSyntax() is TypeDeclarationSyntax);

    // Those of what is declared, or of the value itself, whatever it is made from.
    private static IEnumerable<ITypeSymbol> TypesOf(IOperation operation) => operation is IVariableDeclarationGroupOperation group
        ? group.Declarations.SelectMany(declaration => declaration.Declarators).Select(declarator => declarator.Symbol.Type)
        : new[] { operation.Type, operation.Unwrapped().Type }.OfType<ITypeSymbol>();
}
