using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Facts;

/// <summary>Small questions about single operations.</summary>
internal static class OperationReading
{
    /// <summary>The value without conversions and parentheses.</summary>
    public static IOperation Unwrapped(this IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parentheses:
                    operation = parentheses.Operand;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>The operation that uses this one's value, past conversions, parentheses and <c>?.</c>.</summary>
    public static IOperation? User(this IOperation operation)
    {
        var parent = operation.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation or IConditionalAccessOperation or IDelegateCreationOperation)
            parent = parent.Parent;
        return parent;
    }

    /// <summary>The operation that takes this one's value as it is, past conversions and parentheses only.</summary>
    public static IOperation? ValueUser(this IOperation operation)
    {
        var parent = operation.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation)
            parent = parent.Parent;
        return parent;
    }

    /// <summary>The method, lambda or local function that a delegate-valued operation names, if it can be seen.</summary>
    public static IMethodSymbol? DelegateTarget(this IOperation operation) => operation.Unwrapped() switch
    {
        IDelegateCreationOperation creation => creation.Target.DelegateTarget(),
        IMethodReferenceOperation method => method.Method.OriginalDefinition,
        IAnonymousFunctionOperation lambda => lambda.Symbol,
        IObjectCreationOperation { Arguments.Length: 1 } creation => creation.Arguments[0].Value.DelegateTarget(),
        _ => null,
    };

    /// <summary>The local, parameter, field or property that an operation reads, if it is one.</summary>
    public static ISymbol? ReferencedSymbol(this IOperation? operation) => operation?.Unwrapped() switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member => member.Member.OriginalDefinition,
        _ => null,
    };

    /// <summary>The variable that a value is stored in by its declaration, assignment or initialiser; <see langword="null"/> where it is used at once.</summary>
    public static ISymbol? StoredIn(this IOperation operation)
    {
        switch (operation.User())
        {
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                return declarator.Symbol;
            case ISimpleAssignmentOperation assignment when assignment.Value.Unwrapped() == operation.Unwrapped() || assignment.Value == operation:
                return assignment.Target.ReferencedSymbol();
            case ICoalesceAssignmentOperation assignment:
                return assignment.Target.ReferencedSymbol();
            case IFieldInitializerOperation field:
                return field.InitializedFields.FirstOrDefault();
            case IPropertyInitializerOperation property:
                return property.InitializedProperties.FirstOrDefault();
            case ICoalesceOperation coalesce:
                return coalesce.StoredIn();
            case IConditionalOperation { Type: not null } conditional:
                return conditional.StoredIn();
            default:
                return null;
        }
    }

    /// <summary>The operation is the resource of a using statement or declaration.</summary>
    public static bool IsUsingResource(this IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case IUsingDeclarationOperation:
                    return true;
                case IUsingOperation use:
                    return use.Resources.Syntax.Span.Contains(operation.Syntax.Span);
                case IBlockOperation or IAnonymousFunctionOperation:
                    return false;
            }
        }

        return false;
    }

    /// <summary>The result is thrown away: an expression statement, or an assignment to a discard.</summary>
    public static bool IsDiscarded(this IOperation operation) => operation.User() switch
    {
        IExpressionStatementOperation => true,
        ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
        _ => false,
    };

    /// <summary>The argument given for a parameter of that name.</summary>
    public static IOperation? Argument(this ImmutableArray<IArgumentOperation> arguments, string parameter)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Name == parameter && argument.ArgumentKind != ArgumentKind.DefaultValue)
                return argument.Value;
        }

        return null;
    }

    /// <summary>The constant text of an operation, if it has one.</summary>
    public static string? ConstantText(this IOperation? operation) =>
        operation?.ConstantValue is { HasValue: true, Value: string text } ? text : null;

    /// <summary>The operations in the tree under this one, itself included, without those inside lambdas and local functions.</summary>
    public static IEnumerable<IOperation> SameFunction(this IOperation root)
    {
        var open = new Stack<IOperation>();
        open.Push(root);
        while (open.Count > 0)
        {
            var operation = open.Pop();
            yield return operation;
            if (operation != root && operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
                continue;
            foreach (var child in operation.ChildOperations.Reverse())
                open.Push(child);
        }
    }
}
