using System.Collections.Immutable;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Loads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Facts;

/// <summary>Walks the operations of one member once and keeps what the detectors may ask for.</summary>
internal sealed class OperationCollector
{
    /// <summary>Enough for most members, so that the stack does not grow.</summary>
    private const int OpenAtOnce = 64;

    private readonly CompilationKnowledge knowledge;
    private readonly INamedTypeSymbol type;
    private readonly MemberFacts facts;
    private readonly Stack<(IOperation Operation, Scope Scope)> open = new(OpenAtOnce);

    private OperationCollector(CompilationKnowledge knowledge, INamedTypeSymbol type, MemberFacts facts)
    {
        this.knowledge = knowledge;
        this.type = type;
        this.facts = facts;
    }

    public static MemberFacts Collect(CompilationKnowledge knowledge, INamedTypeSymbol type, ISymbol member, ImmutableArray<IOperation> blocks)
    {
        var facts = new MemberFacts(member, blocks);
        new OperationCollector(knowledge, type, facts).Walk(new Scope(Defining(member), null, null, false));
        return facts;
    }

    // Calls name the defining part of a partial method, bodies belong to the implementing part.
    private static ISymbol Defining(ISymbol member) => member is IMethodSymbol { PartialDefinitionPart: { } definition } ? definition : member;

    // An explicit stack: a chain of ten thousand string concatenations is legal code.
    private void Walk(Scope root)
    {
        for (var i = facts.Blocks.Length - 1; i >= 0; i--)
            open.Push((facts.Blocks[i], root));
        while (open.Count > 0)
        {
            var (operation, scope) = open.Pop();
            var inner = Visit(operation, scope);
            foreach (var child in operation.ChildOperations.Reverse())
                open.Push((child, inner));
        }
    }

    private Scope Visit(IOperation operation, Scope scope)
    {
        switch (operation.Kind)
        {
            case OperationKind.Invocation:
                var call = (IInvocationOperation)operation;
                var callee = knowledge.Of(call.TargetMethod.ContainingType);
                if (IsOfInterest(call.TargetMethod, callee) || NamesDataFile(call.Arguments))
                    facts.Calls.Add(new(call, scope, callee));
                if (call is { TargetMethod.Name: "Add" or "TryAdd", Instance: { } table, Arguments: { Length: > 0 } added } && OwnMember(table) is { } filled)
                    facts.Entries.Add(new(filled, added[added.Length - 1].Value, call, scope));
                break;

            case OperationKind.ObjectCreation:
                var creation = (IObjectCreationOperation)operation;
                var created = knowledge.Of(creation.Type);
                if (creation.Type is not null && (IsKnown(created) || IsInSource(creation.Type) || NamesDataFile(creation.Arguments)))
                    facts.Creations.Add(new(creation, scope, created));
                break;

            case OperationKind.Loop:
                var loop = (ILoopOperation)operation;
                facts.Loops.Add(new(loop, scope, TypeKnowledge.Nothing));
                return scope with { Outer = scope, Loop = loop };

            case OperationKind.Return or OperationKind.YieldReturn or OperationKind.YieldBreak or OperationKind.Branch:
                if (scope.InLoop)
                    facts.LoopExits.Add(new(operation, scope, TypeKnowledge.Nothing));
                break;

            case OperationKind.PropertyReference:
                var property = (IPropertyReferenceOperation)operation;
                var owner = knowledge.Of(property.Property.ContainingType);
                if (IsKnown(owner) || SymbolEqualityComparer.Default.Equals(property.Property.ContainingType.OriginalDefinition, type))
                    facts.PropertyReads.Add(new(property, scope, owner));
                break;

            case OperationKind.LocalReference:
                var local = (ILocalReferenceOperation)operation;
                if (knowledge.Of(local.Type) is var held && IsKnown(held))
                    facts.LocalUses.Add(new(local, scope, held));
                break;

            case OperationKind.EventAssignment:
                facts.Events.Add(new((IEventAssignmentOperation)operation, scope, TypeKnowledge.Nothing));
                break;

            case OperationKind.AnonymousFunction:
                var lambda = (IAnonymousFunctionOperation)operation;
                facts.Lambdas.Add(new(lambda, scope, TypeKnowledge.Nothing));
                return new Scope(lambda.Symbol, scope, null, false);

            case OperationKind.LocalFunction:
                var function = (ILocalFunctionOperation)operation;
                facts.LocalFunctions.Add(new(function, scope, TypeKnowledge.Nothing));
                return new Scope(function.Symbol, scope, null, false);

            case OperationKind.Lock:
                facts.Locks.Add(new((ILockOperation)operation, scope, TypeKnowledge.Nothing));
                return scope with { Outer = scope, InLock = true };

            case OperationKind.Literal:
                if (operation.Type?.SpecialType == SpecialType.System_String)
                    facts.Texts.Add(new((ILiteralOperation)operation, scope, TypeKnowledge.Nothing));
                break;

            case OperationKind.SimpleAssignment:
                AddWrite(((ISimpleAssignmentOperation)operation).Target, ((ISimpleAssignmentOperation)operation).Value, operation, scope);
                break;

            case OperationKind.CoalesceAssignment:
                AddWrite(((ICoalesceAssignmentOperation)operation).Target, ((ICoalesceAssignmentOperation)operation).Value, operation, scope);
                break;

            case OperationKind.CompoundAssignment:
                AddWrite(((ICompoundAssignmentOperation)operation).Target, null, operation, scope);
                break;

            case OperationKind.Increment or OperationKind.Decrement:
                AddWrite(((IIncrementOrDecrementOperation)operation).Target, null, operation, scope);
                break;

            case OperationKind.Argument:
                if (((IArgumentOperation)operation).Parameter?.RefKind is RefKind.Ref or RefKind.Out)
                    AddWrite(((IArgumentOperation)operation).Value, null, operation, scope);
                break;

            case OperationKind.Tuple when operation.Parent is IDeconstructionAssignmentOperation { Target: var target } && target == operation:
                foreach (var element in ((ITupleOperation)operation).Elements)
                    AddWrite(element, null, operation, scope);
                break;
        }

        return scope;
    }

    private bool IsOfInterest(IMethodSymbol method, TypeKnowledge callee) =>
        IsKnown(callee) || method.MethodKind is MethodKind.LocalFunction or MethodKind.DelegateInvoke || IsInSource(method.ContainingType) || SocketUse.IsOwn(method);

    private static bool NamesDataFile(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Value.ConstantText() is { } text && FileKinds.IsModelOrTable(text))
                return true;
        }

        return false;
    }

    private static bool IsKnown(TypeKnowledge described) => !ReferenceEquals(described, TypeKnowledge.Nothing);

    private bool IsInSource(ITypeSymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, type.ContainingAssembly);

    private void AddWrite(IOperation target, IOperation? value, IOperation operation, Scope scope)
    {
        if (OwnMember(target) is { } written)
            facts.Writes.Add(new(written, value, operation, scope));
        else if (target is IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } table } && OwnMember(table) is { } filled)
            facts.Entries.Add(new(filled, value, operation, scope));
    }

    private ISymbol? OwnMember(IOperation operation) =>
        operation is IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } reference
        && SymbolEqualityComparer.Default.Equals(reference.Member.ContainingType?.OriginalDefinition, type)
            ? reference.Member.OriginalDefinition
            : null;
}
