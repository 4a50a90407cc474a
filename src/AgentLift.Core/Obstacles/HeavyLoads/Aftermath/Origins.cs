using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Obstacles.HeavyLoads.Aftermath;

/// <summary>Tells which members of the agent a value may belong to: <c>entry</c> of <c>var entry = _models[name]</c> belongs to <c>_models</c>.</summary>
/// <param name="agent">The agent.</param>
/// <param name="isOwn">Whether a member is declared by the agent, or by a type within it.</param>
internal sealed class Origins(TypeFacts agent, Func<ISymbol, bool> isOwn)
{
    private readonly HashSet<ISymbol> open = new(SymbolEqualityComparer.Default);

    public IEnumerable<ISymbol> Of(IOperation? value)
    {
        switch (value?.Unwrapped())
        {
            case IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member when isOwn(member.Member):
                return [member.Member.OriginalDefinition];
            case IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member:
                return Of(member.Instance);
            case IInvocationOperation call when isOwn(call.TargetMethod):
                return [call.TargetMethod.OriginalDefinition];
            case IInvocationOperation { Instance: { } instance }:
                return Of(instance);
            case IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: { Length: > 0 } arguments }:
                return Of(arguments[0].Value);
            case IArrayElementReferenceOperation element:
                return Of(element.ArrayReference);
            case IConditionalAccessOperation access:
                return Of(access.Operation).Concat(Of(access.WhenNotNull));
            case IConditionalAccessInstanceOperation instance:
                return Of(AccessAround(instance)?.Operation);
            case ICoalesceOperation coalesce:
                return Of(coalesce.Value).Concat(Of(coalesce.WhenNull));
            case IConditionalOperation conditional:
                return Of(conditional.WhenTrue).Concat(Of(conditional.WhenFalse));
            case ISwitchExpressionOperation choice:
                return choice.Arms.SelectMany(arm => Of(arm.Value));
            case ISimpleAssignmentOperation assignment:
                return Of(assignment.Value);
            case IAwaitOperation awaited:
                return Of(awaited.Operation);
            case ITupleOperation tuple:
                return tuple.Elements.SelectMany(Of);
            case ILocalReferenceOperation local:
                return OfLocal(local);
            case IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } } parameter:
                return OfLambda(parameter);
            default:
                return [];
        }
    }

    private List<ISymbol> OfLocal(ILocalReferenceOperation reference)
    {
        var local = reference.Local;
        var found = new List<ISymbol>();
        if (!open.Add(local))
            return found;
        foreach (var operation in MemberAround(reference).Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when Same(declarator.Symbol, local):
                    found.AddRange(Of(declarator.GetVariableInitializer()?.Value));
                    break;
                case IAssignmentOperation assignment when IsSet(assignment.Target, local):
                    found.AddRange(Of(assignment.Value));
                    break;
                case IForEachLoopOperation loop when loop.Locals.Contains(local, SymbolEqualityComparer.Default):
                    found.AddRange(Of(loop.Collection));
                    break;
                case IArgumentOperation { Parameter.RefKind: not RefKind.None, Parent: IInvocationOperation call } argument when argument.Value.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Any(target => Same(target.Local, local)):
                    found.AddRange(Of(call));
                    break;
                case IIsPatternOperation pattern when pattern.Pattern.DescendantsAndSelf().Any(part => part is IDeclarationPatternOperation { DeclaredSymbol: { } declared } && Same(declared, local)):
                    found.AddRange(Of(pattern.Value));
                    break;
            }
        }

        open.Remove(local);
        return found;
    }

    private static bool IsSet(IOperation target, ILocalSymbol local) => target.Unwrapped() switch
    {
        ILocalReferenceOperation set => Same(set.Local, local),
        IDeclarationExpressionOperation declared => IsSet(declared.Expression, local),
        ITupleOperation tuple => tuple.Elements.Any(element => IsSet(element, local)),
        _ => false,
    };

    // _models.Values.Where(model => ...): the parameter belongs to what the call is made on.
    private IEnumerable<ISymbol> OfLambda(IParameterReferenceOperation parameter)
    {
        for (IOperation? around = parameter; around is not null; around = around.Parent)
        {
            if (around is IInvocationOperation call && call.Arguments.Any(argument => argument.Value.DelegateTarget() is { } target && Same(target, parameter.Parameter.ContainingSymbol)))
                return Of(call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null));
        }

        return [];
    }

    private IOperation MemberAround(IOperation operation)
    {
        var member = operation.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        var code = member switch
        {
            BaseMethodDeclarationSyntax method => agent.ModelOf(method).GetOperation(method),
            _ => null,
        };
        if (code is not null)
            return code;
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    private static IConditionalAccessOperation? AccessAround(IOperation operation)
    {
        for (var around = operation.Parent; around is not null; around = around.Parent)
        {
            if (around is IConditionalAccessOperation access && access.WhenNotNull.Syntax.Span.Contains(operation.Syntax.Span))
                return access;
        }

        return null;
    }

    private static bool Same(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one, other);
}
