using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Detectors.Gpu;

/// <summary>Follows the native values of a piece of code that a scope is to end, and says which of them lives on.</summary>
/// <param name="library">The library that they are of.</param>
/// <param name="compilation">The project; only what it declares can be looked through, whether others are at hand as source or not.</param>
/// <param name="own">The code, statement by statement, or the body of a function that it calls.</param>
/// <param name="isCalled">Whether it is such a function, which may return them.</param>
internal sealed class NativeUse(NativeLibrary library, Compilation compilation, IReadOnlyList<IOperation> own, bool isCalled)
{
    // What the library itself keeps, or takes out of the scope.
    private static readonly HashSet<string> Keeping = new(StringComparer.Ordinal)
    {
        "register_buffer", "register_parameter", "register_module", "add_module", "append", "Add", "insert", "extend", "set_", "set_attribute",
        "MoveToOuterDisposeScope", "MoveToOtherDisposeScope", "DetachFromDisposeScope", "MoveToOuter", "MoveToOther", "Detach", "Attach", "Include",
    };

    private readonly HashSet<ISymbol> locals = LocalsOf(own);
    private readonly HashSet<ISymbol> holders = new(SymbolEqualityComparer.Default);

    /// <summary>Why a value outlives the code; <see langword="null"/> where none does.</summary>
    public string? Obstacle()
    {
        // A variable of another type may hold a native value too; those that it is handed on to hold it as well.
        int known;
        do
        {
            known = holders.Count;
            foreach (var value in Values())
            {
                if (SourceUserOf(value) is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator })
                    holders.Add(declarator.Symbol);
                else if (SourceUserOf(value) is ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } assignment && assignment.Target != value)
                    holders.Add(local.Local);
            }
        }
        while (holders.Count > known);
        return Values().Select(ObstacleOf).FirstOrDefault(obstacle => obstacle is not null);
    }

    /// <summary>Whether anything native is in the code at all.</summary>
    public bool IsAny => Values().Any();

    /// <summary>Whether an operation gives a native value.</summary>
    public bool IsNative(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => library.Holds(local.Type) || holders.Contains(local.Local),
        IInvocationOperation call => library.Holds(call.Type) || (library.Has(call.TargetMethod.ContainingType) && call.Type is { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic }),
        _ => library.Holds(operation.Type),
    };

    private IEnumerable<IOperation> Values() => own.SelectMany(statement => statement.DescendantsAndSelf()).Where(operation => operation.Type is not null && IsNative(operation));

    private string? ObstacleOf(IOperation value)
    {
        if (Around(value).Any(outer => outer is IAnonymousFunctionOperation or ILocalFunctionOperation))
            return $"'{Text(value)}' is used in a function of its own, which may run later";
        var user = SourceUserOf(value);
        switch (user)
        {
            case null or IExpressionStatementOperation or IVariableInitializerOperation or IUsingOperation or IUsingDeclarationOperation or ILockOperation or IForEachLoopOperation:
            case IBinaryOperation or IUnaryOperation or IIsTypeOperation or IIsPatternOperation or ISwitchOperation or ISwitchExpressionOperation or IInterpolationOperation:
            case IMemberReferenceOperation or IArrayElementReferenceOperation or IVariableDeclarationGroupOperation or IPatternOperation or IBlockOperation or ILoopOperation:
            case IDiscardOperation or INameOfOperation or ITypeOfOperation:
                return null;
            case ISimpleAssignmentOperation assignment:
                return IsWithin(assignment.Target) || value == assignment.Target ? null : Kept(value, assignment.Target);
            case IAssignmentOperation or IIncrementOrDecrementOperation:
                var target = user is IAssignmentOperation change ? change.Target : ((IIncrementOrDecrementOperation)user).Target;
                return IsWithin(target) ? null : Kept(value, target);
            case IInvocationOperation call:
                return library.Has(call.TargetMethod.ContainingType) && Keeping.Contains(call.TargetMethod.Name) ? $"'{call.TargetMethod.Name}' keeps '{Text(value)}' beyond the round" : null;
            case IArgumentOperation argument:
                return ObstacleOf(value, argument);
            case IReturnOperation { Kind: OperationKind.Return } exit:
                return isCalled && library.Holds(exit.ReturnedValue!.Type) && library.Holds(value.Type) ? null : $"'{Text(value)}' is returned";
            case { Type: { } type } when library.Holds(type) && user is IConditionalOperation or ICoalesceOperation or ISwitchExpressionArmOperation or ITupleOperation or IArrayCreationOperation or ICollectionExpressionOperation or IConditionalAccessOperation or IAwaitOperation:
            case IArrayInitializerOperation { Parent: IArrayCreationOperation array } when library.Holds(array.Type) || array.Parent is IArgumentOperation { Parent: IInvocationOperation taker } && Takes(taker.TargetMethod):
            case ISwitchExpressionArmOperation { Parent.Type: { } chosen } when library.Holds(chosen):
            case IConditionalOperation { Type: null } or IConditionalAccessOperation:
                return null;
            default:
                return $"'{Text(value)}' may live on in '{Text(user)}'";
        }
    }

    private string? ObstacleOf(IOperation value, IArgumentOperation argument)
    {
        if (argument.Parameter is { RefKind: RefKind.Ref or RefKind.Out } && !IsWithin(value))
            return Kept(value, value);
        var called = argument.Parent switch
        {
            IInvocationOperation call => call.TargetMethod,
            IObjectCreationOperation { Constructor: { } constructor } => constructor,
            IPropertyReferenceOperation { Property: { } property } => property.GetMethod ?? property.SetMethod,
            _ => null,
        };
        if (library.Has(called?.ContainingType))
            return Keeping.Contains(called!.Name) ? $"'{called.Name}' keeps '{Text(value)}' beyond the round" : null;

        // Its body is looked at in its turn, where the parameter is native too.
        return called is { DeclaringSyntaxReferences.IsEmpty: false } && compilation.Declares(called) && library.Holds(argument.Parameter?.OriginalDefinition.Type)
            ? null
            : $"'{Text(value)}' is handed to '{called?.Name ?? Text(argument.Parent!)}', which may keep it";
    }

    private bool Takes(IMethodSymbol method) => library.Has(method.ContainingType) && !Keeping.Contains(method.Name);

    private bool IsWithin(IOperation target) => target switch
    {
        IDiscardOperation => true,
        IDeclarationExpressionOperation declaration => IsWithin(declaration.Expression),
        ITupleOperation tuple => tuple.Elements.All(IsWithin),
        ILocalReferenceOperation local => locals.Contains(local.Local),
        IArrayElementReferenceOperation element => IsWithin(element.ArrayReference),
        _ => false,
    };

    private IEnumerable<IOperation> Around(IOperation value)
    {
        for (var outer = value; outer is not null && !own.Contains(outer); outer = outer.Parent)
            yield return outer;
    }

    // Past conversions to any type: what a value is called by does not change what it is.
    private static IOperation? SourceUserOf(IOperation value)
    {
        var user = value.Parent;
        while (user is IConversionOperation or IParenthesizedOperation)
            user = user.Parent;
        return user;
    }

    private static string Kept(IOperation value, IOperation target) => $"'{Text(value)}' is kept in '{Text(target)}' beyond the round";

    private static string Text(IOperation operation)
    {
        var text = operation.Syntax.ToString();
        var line = text.IndexOfAny(['\r', '\n']);
        return line < 0 ? text : text.Substring(0, line) + "...";
    }

    private static HashSet<ISymbol> LocalsOf(IReadOnlyList<IOperation> code)
    {
        var found = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var operation in code.SelectMany(statement => statement.DescendantsAndSelf()))
        {
            foreach (var local in operation switch
            {
                IVariableDeclaratorOperation declarator => [declarator.Symbol],
                ILocalReferenceOperation { IsDeclaration: true } declared => [declared.Local],
                IDeclarationPatternOperation { DeclaredSymbol: { } symbol } => [symbol],
                ILoopOperation loop => loop.Locals,
                _ => Enumerable.Empty<ISymbol>(),
            })
            {
                found.Add(local);
            }
        }

        return found;
    }
}
