using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>Tells whether code gives the same when it runs later and on another thread: what it reads must not change meanwhile.</summary>
internal sealed class InputReader(TypeFacts agent, MemberUses uses, Construction construction, Func<ISymbol, bool> isLazy, LazyPlan plan)
{
    private readonly HashSet<ISymbol> visited = new(SymbolEqualityComparer.Default);

    /// <summary>Tells whether nobody sets a member any more; where it is not known, it may be set.</summary>
    public Func<ISymbol, bool> IsSettled { get; init; } = static _ => false;

    /// <summary>Reads what code needs.</summary>
    /// <returns>Why it cannot run later; <see langword="null"/> where it can.</returns>
    public string? Read(IEnumerable<SyntaxNode> code) => Read(code, plan.Target, plan.Inputs);

    private string? Read(IEnumerable<SyntaxNode> code, LoadTarget target, LoadInputs inputs)
    {
        foreach (var node in code.SelectMany(part => part.DescendantNodesAndSelf()))
        {
            if (Read(node, target, inputs) is { } reason)
                return reason;
        }

        return null;
    }

    private string? Read(SyntaxNode node, LoadTarget target, LoadInputs inputs)
    {
        var what = target.Member.Name;
        switch (node)
        {
            case LockStatementSyntax:
                return $"the load of {what} takes a lock, which whoever waits for it may hold";
            case ThisExpressionSyntax when node.Parent is not MemberAccessExpressionSyntax:
                return $"the load of {what} hands the agent itself on";
            case AssignmentExpressionSyntax assignment when IsOwn(agent.ModelOf(node).GetSymbolInfo(assignment.Left).Symbol) is { } written && !plan.Sets(written):
                return $"the load of {what} also sets {written.Name}";
            case AwaitExpressionSyntax or YieldStatementSyntax or ReturnStatementSyntax { Parent: BlockSyntax { Parent: ConstructorDeclarationSyntax } }:
                return $"the load of {what} does more than load";
            case SimpleNameSyntax name when !new MemberUse(name).IsNameOnly:
                return ReadName(name, target, inputs);
            default:
                return null;
        }
    }

    private string? ReadName(SimpleNameSyntax name, LoadTarget target, LoadInputs inputs)
    {
        switch (agent.ModelOf(name).GetSymbolInfo(name).Symbol)
        {
            case IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor } parameter when IsPrimary(constructor):
                return ReadPrimary(name, parameter, target, inputs) ?? (uses.Parts.SelectMany(part => part.DescendantNodes()).OfType<AssignmentExpressionSyntax>().Any(assignment => Same(agent.ModelOf(assignment).GetSymbolInfo(assignment.Left).Symbol, parameter))
                    ? Changes(parameter, target)
                    : null);
            case IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: not (MethodKind.AnonymousFunction or MethodKind.LocalFunction) } method } parameter when !visited.Contains(method):
                inputs.Outer[parameter] = name;
                return null;
            case { } symbol when IsOwn(symbol) is { } member:
                inputs.NeedsAgent |= !member.IsStatic && !Same(member, target.Member);
                return new MemberUse(name).IsByReference && !plan.Sets(member) ? $"the load of {target.Member.Name} also sets {member.Name}" : ReadMember(member, target);
            case IMethodSymbol { MethodKind: MethodKind.LocalFunction } function when !Contains(function, name):
                return $"the load of {target.Member.Name} calls {function.Name}, which stands in the constructor";
            default:
                return null;
        }
    }

    // A parameter that the class keeps for itself and also hands to a field or the base is kept twice, and the compiler warns of it.
    private string? ReadPrimary(SimpleNameSyntax name, IParameterSymbol parameter, LoadTarget target, LoadInputs inputs)
    {
        inputs.NeedsAgent = true;
        if (uses.Parts.SelectMany(part => part.BaseList?.DescendantNodes().OfType<ArgumentSyntax>() ?? []).Any(argument => IsParameter(argument.Expression)))
            return $"{target.Member.Name} is loaded with {parameter.Name}, which the base class keeps as well";
        foreach (var member in uses.Parts.SelectMany(part => part.Members))
        {
            var holder = member switch
            {
                FieldDeclarationSyntax { Declaration.Variables: { Count: 1 } variables } when variables[0].Initializer is { } value && IsParameter(value.Value) => agent.ModelOf(member).GetDeclaredSymbol(variables[0]),
                PropertyDeclarationSyntax { Initializer.Value: { } value } when IsParameter(value) => agent.ModelOf(member).GetDeclaredSymbol(member),
                _ => null,
            };
            if (holder is null)
                continue;
            inputs.Outer[parameter] = name;
            inputs.Kept[parameter] = holder.Name;
            return ReadMember(holder, target);
        }

        return null;

        bool IsParameter(ExpressionSyntax value) => value is IdentifierNameSyntax && Same(agent.ModelOf(value).GetSymbolInfo(value).Symbol, parameter);
    }

    private string? ReadMember(ISymbol member, LoadTarget target)
    {
        if (plan.Sets(member))
            return null;
        switch (member)
        {
            case IFieldSymbol or IPropertySymbol when isLazy(member):
                return null;
            case IFieldSymbol { IsConst: true } or INamedTypeSymbol:
                return null;
            case IFieldSymbol field:
                return !IsOfAgent(field) ? (field.IsReadOnly ? null : Changes(field, target))
                    : !field.IsReadOnly && !IsSettled(field) && (field.DeclaredAccessibility != Accessibility.Private || IsWrittenLater(field)) ? Changes(field, target)
                    : IsReleasedByHand(field) ? $"{target.Member.Name} is loaded with {field.Name}, which the agent releases while {target.Member.Name} still lives"
                    : null;
            case IPropertySymbol property:
                return ReadProperty(property, target);
            case IMethodSymbol method:
                return ReadMethod(method, target);
            default:
                return Changes(member, target);
        }
    }

    private string? ReadProperty(IPropertySymbol property, LoadTarget target)
    {
        if (!IsOfAgent(property))
            return property.ContainingAssembly.Name == "AgentLift.Runtime" || property.SetMethod is null ? null : Changes(property, target);
        if (property.SetMethod is not null && !IsSettled(property) && (property.SetMethod.DeclaredAccessibility != Accessibility.Private || IsWrittenLater(property)))
            return Changes(property, target);
        return property.GetMethod is null || !visited.Add(property) ? null : ReadBody(property, target);
    }

    private string? ReadMethod(IMethodSymbol method, LoadTarget target)
    {
        if (method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "LoggerMessageAttribute"))
            return null;
        if (!IsOfAgent(method) || method.IsVirtual || method.IsOverride)
            return $"the load of {target.Member.Name} calls {method.Name}, which another class may define";
        return visited.Add(method) ? ReadBody(method, target) : null;
    }

    // What a callee needs of the instance is its own affair: it is one of its members.
    private string? ReadBody(ISymbol member, LoadTarget target)
    {
        foreach (var part in member.DeclaringSyntaxReferences)
        {
            var declaration = part.GetSyntax();
            if (plan.Companions.Select(companion => companion.Field).Prepend(target.Member).FirstOrDefault(set => uses.Of(set).Any(use => use.Tree == declaration.SyntaxTree && declaration.Span.Contains(use.Name.Span))) is { } set)
                return $"the load of {target.Member.Name} calls {member.Name}, which uses {(Same(set, target.Member) ? set.Name + " itself" : set.Name)}";
            SyntaxNode?[] bodies = declaration switch
            {
                BaseMethodDeclarationSyntax method => [method.Body, method.ExpressionBody],
                PropertyDeclarationSyntax property => [property.AccessorList, property.ExpressionBody],
                _ => [],
            };
            if (Read(bodies.OfType<SyntaxNode>(), target, new LoadInputs()) is { } reason)
                return reason;
        }

        return null;
    }

    private static string Changes(ISymbol member, LoadTarget target) =>
        $"{target.Member.Name} is loaded with {member.Name}, which may have another value by the time it is first used";

    private bool IsWrittenLater(ISymbol member) => uses.Of(member).Any(use => (use.Assignment is not null || use.IsByReference) && !construction.IsEarly(use.Name));

    private bool IsReleasedByHand(IFieldSymbol field) => uses.Of(field).Any(Releases.IsRelease);

    private ISymbol? IsOwn(ISymbol? symbol)
    {
        if (symbol is not (IFieldSymbol or IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary } or IEventSymbol))
            return null;
        for (var type = agent.Type; type is not null && type.SpecialType != SpecialType.System_Object; type = type.BaseType)
        {
            if (Same(symbol.ContainingType?.OriginalDefinition, type.OriginalDefinition))
                return symbol.OriginalDefinition;
        }

        return null;
    }

    private bool IsOfAgent(ISymbol member) => Same(member.ContainingType.OriginalDefinition, agent.Type);

    private bool IsPrimary(IMethodSymbol constructor) =>
        Same(constructor.ContainingType, agent.Type) && constructor.DeclaringSyntaxReferences.Any(part => part.GetSyntax() is TypeDeclarationSyntax);

    private static bool Contains(IMethodSymbol function, SyntaxNode node) =>
        function.DeclaringSyntaxReferences.Any(part => part.GetSyntax().Ancestors().OfType<StatementSyntax>().Any(statement => statement is not BlockSyntax && statement.Contains(node)));

    private static bool Same(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one, other);
}
