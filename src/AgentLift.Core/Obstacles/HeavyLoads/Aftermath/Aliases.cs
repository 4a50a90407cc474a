using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Obstacles.HeavyLoads.Aftermath;

/// <summary>
/// Tells which members of an agent may hold, or lead to, the same objects: a change that is made by one of them is seen by all. What once met in an assignment, a call
/// or a result counts as the same from then on, and from before.
/// </summary>
internal sealed class Aliases
{
    private readonly TypeFacts agent;
    private readonly Func<ISymbol, bool> isOwn;
    private readonly Dictionary<ISymbol, HashSet<ISymbol>> groups = new(SymbolEqualityComparer.Default);

    /// <param name="agent">The agent.</param>
    /// <param name="uses">Where its members are named.</param>
    /// <param name="isOwn">Whether a member is declared by the agent, or by a type within it.</param>
    public Aliases(TypeFacts agent, MemberUses uses, Func<ISymbol, bool> isOwn)
    {
        this.agent = agent;
        this.isOwn = isOwn;
        foreach (var code in uses.Parts.SelectMany(part => part.DescendantNodes()).Where(IsCode))
        {
            if (code is ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax property } arrow)
            {
                Join([agent.ModelOf(property).GetDeclaredSymbol(property)!, .. Roots(agent.ModelOf(arrow).GetOperation(arrow.Expression))]);
                JoinAll(agent.ModelOf(arrow).GetOperation(arrow.Expression));
            }
            else
            {
                JoinAll(agent.ModelOf(code).GetOperation(code));
            }
        }
    }

    /// <summary>Adds to what is seen or changed all that may be the same.</summary>
    public void Widen(Effects effects)
    {
        foreach (var symbols in new[] { effects.Written, effects.Read })
            symbols.UnionWith(symbols.SelectMany(symbol => groups.TryGetValue(symbol, out var group) ? group : []).ToList());
    }

    /// <summary>What a value may be, or be a part of: members, locals and parameters.</summary>
    public IEnumerable<ISymbol> Roots(IOperation? value)
    {
        if (value is null || (value.Type is { } type && IsAlone(type)))
            return [];
        return value switch
        {
            IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member when isOwn(member.Member) || (member.Instance is null && SymbolEqualityComparer.Default.Equals(member.Member.ContainingAssembly, agent.Type.ContainingAssembly)) => [member.Member.OriginalDefinition],
            ILocalReferenceOperation local => [local.Local],
            IParameterReferenceOperation parameter => [Known(parameter.Parameter)],
            IInvocationOperation { TargetMethod: var method } when isOwn(method) => [method.OriginalDefinition],
            _ => value.ChildOperations.SelectMany(Roots),
        };
    }

    private static bool IsCode(SyntaxNode node) => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax }
        or EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } };

    private void JoinAll(IOperation? code)
    {
        foreach (var operation in code?.DescendantsAndSelf() ?? [])
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod: var method } call when isOwn(method):
                    JoinArguments(call.Arguments);
                    break;
                case IObjectCreationOperation { Constructor: { } constructor } creation when isOwn(constructor):
                    JoinArguments(creation.Arguments);
                    break;
                case IPropertyReferenceOperation { Arguments.Length: > 0 } indexer when isOwn(indexer.Property):
                    JoinArguments(indexer.Arguments);
                    break;
                default:
                    Join(Met(operation));
                    break;
            }
        }
    }

    // A delegate's own parameters meet what it is handed on with.
    private IEnumerable<ISymbol> Met(IOperation operation) => operation switch
    {
        IAssignmentOperation assignment => Roots(assignment.Target).Concat(Roots(assignment.Value)),
        IVariableDeclaratorOperation declarator => Roots(declarator.GetVariableInitializer()?.Value).Append(declarator.Symbol),
        IFieldInitializerOperation field => Roots(field.Value).Concat(field.InitializedFields),
        IPropertyInitializerOperation property => Roots(property.Value).Concat(property.InitializedProperties),
        IForEachLoopOperation loop => Roots(loop.Collection).Concat(loop.Locals),
        IIsPatternOperation pattern => Roots(pattern.Value).Concat(Declared(pattern.Pattern)),
        ISwitchExpressionOperation choice => Roots(choice.Value).Concat(choice.Arms.SelectMany(arm => Declared(arm.Pattern))),
        ISwitchOperation choice => Roots(choice.Value).Concat(choice.Cases.SelectMany(Declared)),
        IReturnOperation { ReturnedValue: { } value } result => Roots(value).Append(FunctionOf(result)),
        IInvocationOperation or IObjectCreationOperation => operation.ChildOperations.SelectMany(Roots),
        _ => [],
    };

    private static IEnumerable<ISymbol> Declared(IOperation pattern) => pattern.DescendantsAndSelf().Select(part => part switch
    {
        IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
        IRecursivePatternOperation recursive => recursive.DeclaredSymbol,
        IListPatternOperation list => list.DeclaredSymbol,
        _ => null,
    }).OfType<ISymbol>();

    private void JoinArguments(IEnumerable<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
            Join(argument.Parameter is { } parameter && !IsAlone(parameter.Type) ? [Known(parameter.OriginalDefinition), .. Roots(argument.Value)] : []);
    }

    private void Join(IEnumerable<ISymbol> symbols)
    {
        HashSet<ISymbol> joined = new(SymbolEqualityComparer.Default);
        foreach (var symbol in symbols)
        {
            joined.Add(symbol);
            if (groups.TryGetValue(symbol, out var group))
                joined.UnionWith(group);
        }

        foreach (var symbol in joined.Count > 1 ? joined : [])
            groups[symbol] = joined;
    }

    private ISymbol FunctionOf(IOperation result) => agent.ModelOf(result.Syntax).GetEnclosingSymbol(result.Syntax.SpanStart) is var function && function is IMethodSymbol { AssociatedSymbol: { } property } ? property : function!;

    // What a setter is given is what the property is set to.
    private static ISymbol Known(ISymbol parameter) => parameter is { IsImplicitlyDeclared: true, ContainingSymbol: IMethodSymbol { AssociatedSymbol: { } property } } ? property : parameter;

    // Nothing of it is shared with where it came from.
    private static bool IsAlone(ITypeSymbol type) => Captures.NeverChanges(type) || type.Name is "CancellationToken" or "ILogger"
        || (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } maybe && Captures.NeverChanges(maybe.TypeArguments[0]));
}
