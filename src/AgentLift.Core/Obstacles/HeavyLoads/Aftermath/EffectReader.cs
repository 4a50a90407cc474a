using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Obstacles.HeavyLoads.Aftermath;

/// <summary>Reads what pieces of the agent's code do to what it holds. What is not known to leave a thing as it is may change it.</summary>
internal sealed class EffectReader
{
    private static readonly HashSet<string> Looks = new(StringComparer.Ordinal)
    {
        "TryGetValue", "ContainsKey", "ContainsValue", "Contains", "GetValueOrDefault", "GetEnumerator", "IndexOf", "TryPeek", "Peek", "Exists", "Find", "FindIndex",
        "ToString", "Equals", "GetHashCode", "CompareTo", "ToArray", "ToList", "AsSpan", "Slice", "BinarySearch",
    };

    private static readonly HashSet<string> Waits = new(StringComparer.Ordinal) { "Wait", "WaitOne", "WaitAsync", "WaitAny", "WaitAll", "Join", "SignalAndWait", "GetResult" };

    private readonly TypeFacts agent;
    private readonly MemberUses uses;
    private readonly Origins origins;
    private readonly Dictionary<SyntaxNode, Effects> known = [];

    public EffectReader(TypeFacts agent, MemberUses uses)
    {
        this.agent = agent;
        this.uses = uses;
        origins = new Origins(agent, IsOwn);
        Aliases = new Aliases(agent, uses, IsOwn);
    }

    /// <summary>Whether the agent, or a type within it that has a name, declares a member by hand.</summary>
    public bool IsOwn(ISymbol member) => member.ContainingType is not { IsAnonymousType: true } && member.OriginalDefinition.DeclaringSyntaxReferences.Any(reference => uses.Parts.Any(part => part.SyntaxTree == reference.SyntaxTree && part.Span.Contains(reference.Span)));

    /// <summary>What may hold the same as what.</summary>
    public Aliases Aliases { get; }

    public Effects Of(SyntaxNode code)
    {
        if (!known.TryGetValue(code, out var effects))
        {
            known[code] = effects = new Effects();
            if (agent.ModelOf(code).GetOperation(code is ArrowExpressionClauseSyntax arrow ? arrow.Expression : code) is { } operation)
            {
                foreach (var part in operation.DescendantsAndSelf())
                    Read(part, effects);
            }
            else
            {
                effects.MustStay = true;
            }

            // Whatever is done by a reference may be done to what it refers to.
            foreach (var reference in code.DescendantNodesAndSelf().OfType<RefExpressionSyntax>())
            {
                if (agent.ModelOf(code).GetOperation(reference.Expression) is { } target)
                    Write(target, effects);
            }
        }

        return effects;
    }

    private void Read(IOperation operation, Effects effects)
    {
        foreach (var function in ImplicitCalls.Of(operation, IsOwn))
            Call(operation, function, effects);
        switch (operation)
        {
            case IInvalidOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation:
            case IAwaitOperation or IReturnOperation { Kind: OperationKind.YieldReturn }:
            case IEventAssignmentOperation:
                effects.MustStay = true;
                break;
            case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Parent: not (IMemberReferenceOperation or IInvocationOperation { Instance: IInstanceReferenceOperation }) } self when Same(self.Type?.OriginalDefinition, agent.Type):
                effects.MustStay = true;
                break;
            case IDelegateCreationOperation handed:
                effects.MustStay |= !RunsAtOnce(handed);
                break;
            case ILockOperation locked:
                ReadLock(locked, effects);
                break;
            case IAssignmentOperation assignment:
                Write(assignment.Target, effects);
                break;
            case IIncrementOrDecrementOperation increment:
                Write(increment.Target, effects);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument:
                Write(argument.Value, effects);
                break;
            case IArgumentOperation argument when !OnlyLooks(argument.Parent) && argument.Parameter is { } parameter && !Captures.NeverChanges(parameter.Type) && !IsFollowed(argument):
                Change(argument.Value, effects);
                break;
            case IInvocationOperation call:
                ReadCall(call, effects);
                break;
            case IMethodReferenceOperation { Method: var handedOn } when IsOwn(handedOn):
                effects.Later.Add(handedOn.OriginalDefinition);
                break;
            case IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } kept } when ImplicitCalls.IsPrimary(kept):
                effects.Read.Add(kept);
                break;
            case IPropertyReferenceOperation { Property.Name: "Result" } result when origins.Of(result.Instance).Any() && result.Type is not null && result.Instance?.Type?.Name is "Task" or "ValueTask":
                effects.MustStay = true;
                break;
            case IObjectCreationOperation { Constructor: { } constructor } when IsOwn(constructor):
                Call(operation, constructor, effects);
                break;
            case IPropertyReferenceOperation property when IsOwn(property.Property):
                ReadProperty(property, effects);
                break;
            case IFieldReferenceOperation { Field.IsConst: false } field when IsOwn(field.Field):
                effects.Read.Add(field.Field.OriginalDefinition);
                break;
            case IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol, Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } } inherited
                when !IsOwn(inherited.Member) && inherited.Member is not (IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null }) && !IsOfRuntime(inherited.Member):
                effects.MustStay = true;
                break;
        }
    }

    private void ReadCall(IInvocationOperation call, Effects effects)
    {
        var method = call.TargetMethod.OriginalDefinition;
        if (method.MethodKind == MethodKind.LocalFunction)
        {
            if (!call.Syntax.Ancestors().Any(around => around is LocalFunctionStatementSyntax) || method.IsAsync)
                effects.MustStay = true;
            return;
        }

        effects.CallsOut |= method.MethodKind == MethodKind.DelegateInvoke;
        if (IsOwn(method))
        {
            if (!IsLogged(method))
                Call(call, method, effects);
            return;
        }

        if (call.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } && Same(call.Instance.Type?.OriginalDefinition, agent.Type))
        {
            if (!IsLogged(method))
                effects.MustStay = true;
            return;
        }

        if (method.ContainingType.ToDisplayString() is "System.Threading.Monitor" or "System.Threading.Interlocked" or "System.Threading.Volatile")
            effects.MustStay = true;
        else if (Waits.Contains(method.Name) && origins.Of(call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null)).Any())
            effects.MustStay = true;
        if (call.Instance is { } instance && !OnlyLooks(call))
            Change(instance, effects);
    }

    private static bool IsLogged(IMethodSymbol method) => method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "LoggerMessageAttribute");

    private static void Call(IOperation operation, IMethodSymbol method, Effects effects)
    {
        effects.MustStay |= method.IsVirtual || method.IsOverride || method.IsAbstract || method.IsAsync || method.IsExtern;
        effects.Read.Add(method.OriginalDefinition);
        (IsLater(operation) ? effects.Later : effects.Calls).Add(method.OriginalDefinition);
    }

    private static void ReadProperty(IPropertyReferenceOperation reference, Effects effects)
    {
        var property = reference.Property.OriginalDefinition;
        effects.Read.Add(property);
        foreach (var accessor in new[] { property.GetMethod, property.SetMethod }.OfType<IMethodSymbol>())
        {
            if (accessor.DeclaringSyntaxReferences.Any(part => part.GetSyntax() is AccessorDeclarationSyntax { Body: null, ExpressionBody: null }))
                continue;
            Call(reference, accessor, effects);
        }
    }

    private void ReadLock(ILockOperation locked, Effects effects)
    {
        if (locked.LockedValue.Unwrapped() is IFieldReferenceOperation { Field: { DeclaredAccessibility: Accessibility.Private } field } && IsOwn(field))
            effects.Locked.Add(field.OriginalDefinition);
        else
            effects.MustStay = true;
    }

    private void Write(IOperation target, Effects effects)
    {
        switch (target.Unwrapped())
        {
            case ITupleOperation tuple:
                foreach (var element in tuple.Elements)
                    Write(element, effects);
                break;
            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } indexed } indexer when !IsOwn(indexer.Property):
                Change(indexed, effects);
                break;
            case IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member when IsOwn(member.Member):
                effects.Written.Add(member.Member.OriginalDefinition);
                break;
            case IMemberReferenceOperation { Instance: { } instance }:
                Change(instance, effects);
                break;
            case IArrayElementReferenceOperation element:
                Change(element.ArrayReference, effects);
                break;
            case IParameterReferenceOperation { Parameter: var kept } when ImplicitCalls.IsPrimary(kept):
                effects.Written.Add(kept);
                break;
        }
    }

    private void Change(IOperation value, Effects effects)
    {
        if (value.Unwrapped().Type is { } type && Captures.NeverChanges(type))
            return;
        effects.Written.UnionWith(origins.Of(value).Concat(Aliases.Roots(value.Unwrapped())));

        // Whoever is given a thing whose type the agent declares sees, and may change, what is in it.
        if (value.Parent is IArgumentOperation { Parent: not IInvocationOperation { TargetMethod.ContainingNamespace.Name: "Generic" or "Concurrent" or "Collections" } })
            effects.Written.UnionWith(ImplicitCalls.StateWithin(value.Unwrapped().Type, IsOwn));
    }

    // A platform's method that is known to look only, a query, or one of a value that never changes.
    private static bool OnlyLooks(IOperation? operation) => operation switch
    {
        IInvocationOperation { TargetMethod: var method } => IsLogged(method)
            || (method.ContainingNamespace?.ToDisplayString() is { } space
                && (space == "System.Linq" || ((space == "System" || space.StartsWith("System.", StringComparison.Ordinal)) && Looks.Contains(method.Name)))),
        IPropertyReferenceOperation => true,
        _ => false,
    };

    // What a function of the agent does to a value whose type the agent declares shows in the members that it sets.
    private bool IsFollowed(IArgumentOperation argument) =>
        argument.Value.Unwrapped().Type is { IsReferenceType: true } type && IsOwn(type)
        && argument.Parent switch
        {
            IInvocationOperation call => IsOwn(call.TargetMethod),
            IObjectCreationOperation { Constructor: { } constructor } => IsOwn(constructor),
            _ => false,
        };

    private static bool RunsAtOnce(IOperation handed)
    {
        for (var user = handed.Parent; user is not null; user = user.Parent)
        {
            if (user is IInvocationOperation call)
                return call.TargetMethod.ContainingNamespace?.ToDisplayString() is { } space && (space == "System.Linq" || space.StartsWith("System.Collections", StringComparison.Ordinal));
            if (user is not (IArgumentOperation or IConversionOperation))
                return false;
        }

        return false;
    }

    private static bool IsLater(IOperation operation)
    {
        for (var around = operation.Parent; around is not null; around = around.Parent)
        {
            if (around is IAnonymousFunctionOperation { Parent: { } creation } && !RunsAtOnce(creation))
                return true;
            if (around is ILocalFunctionOperation)
                return true;
        }

        return false;
    }

    // Context and Logger of BaseAgent are what they were.
    private static bool IsOfRuntime(ISymbol member) => member.ContainingAssembly?.Name == "AgentLift.Runtime";

    private static bool Same(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one, other);
}
