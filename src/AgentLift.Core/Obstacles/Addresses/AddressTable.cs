using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.Addresses;

/// <summary>
/// A table of other agents' addresses that can stay as what is asked behind the directory: it stands in the code, by name, nobody changes it, and whoever uses it
/// looks a name up.
/// </summary>
/// <param name="Member">The field or property.</param>
/// <param name="Declaration">Its declaration.</param>
/// <param name="Address">What its addresses are, as its type names it.</param>
/// <param name="Values">The addresses.</param>
/// <param name="AddressTypes">All places of the declaration that name the type of the addresses.</param>
/// <param name="Uses">Who looks addresses up.</param>
internal sealed record AddressTable(
    ISymbol Member, MemberDeclarationSyntax Declaration, TypeSyntax Address, IReadOnlyList<AddressValue> Values, IReadOnlyList<TypeSyntax> AddressTypes, IReadOnlyList<AddressUse> Uses)
{
    private static readonly string[] Kinds =
        ["Dictionary", "IDictionary", "IReadOnlyDictionary", "ConcurrentDictionary", "SortedDictionary", "FrozenDictionary", "ImmutableDictionary", "IImmutableDictionary", "ReadOnlyDictionary"];

    private static readonly string[] Copies = ["ToFrozenDictionary", "ToImmutableDictionary", "AsReadOnly"];

    /// <summary>What all its addresses are.</summary>
    public AddressForm Form => Values[0].Form;

    /// <summary>Whether its addresses are texts already.</summary>
    public bool IsOfTexts => Form == AddressForm.Text;

    /// <summary>Reads a member that is a table of addresses.</summary>
    /// <param name="source">The agent's code.</param>
    /// <param name="member">The member.</param>
    /// <param name="obstacle">Why it cannot be asked behind the directory; <see langword="null"/> where nothing in the agent is against it.</param>
    public static AddressTable? Read(NamedSource source, ISymbol member, out string? obstacle)
    {
        obstacle = TypeObstacle(member);
        if (obstacle is not null)
            return null;
        if (DeclarationOf(source, member) is not var (declaration, type, initializer) || NameOf(type) is not { TypeArgumentList.Arguments: [_, var address] })
        {
            obstacle = $"{member.Name} is declared in a way that cannot be rewritten: give it a plain declaration of its own";
            return null;
        }

        initializer ??= AssignmentOf(source, member)?.Right;
        var addressTypes = new List<TypeSyntax> { address };
        if (initializer is null || CreationIn(source, initializer, addressTypes) is not { } entries)
        {
            obstacle = $"the addresses of {member.Name} are no constants that its initialiser or the constructor states: state them there, or look the agents up in IAgentDirectory by hand";
            return null;
        }

        var values = new List<AddressValue>();
        foreach (var entry in entries.Expressions)
        {
            string? reason = null;
            if (ValueOf(entry) is not { } value || AddressValue.Read(source, value, out reason) is not { } read)
            {
                obstacle = $"{member.Name} {reason ?? "has an entry that cannot be read"}";
                return null;
            }

            values.Add(read);
        }

        var table = new AddressTable(member, declaration, address, values, addressTypes, UsesOf(source, member, out obstacle));
        obstacle ??= table.OwnObstacle(source, initializer);
        return obstacle is null ? table : null;
    }

    /// <summary>Whether a table is only asked behind the directory and the settings: all that looks addresses up is the default of a setting.</summary>
    public static bool IsFallback(NamedSource source, ISymbol member)
    {
        var uses = UsesOf(source, member, out var obstacle).Where(use => use.AsksForAddress).ToList();
        return obstacle is null && uses.Count > 0 && uses.TrueForAll(use => use.Lookup?.Parent is ArgumentSyntax
        {
            Parent: ArgumentListSyntax { Arguments: [_, { } second], Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Setting" } } call },
        } && second.Expression == use.Lookup && source.SymbolOf(call) is IMethodSymbol { ContainingType.Name: "AgentContext" });
    }

    private static List<AddressUse> UsesOf(NamedSource source, ISymbol member, out string? obstacle)
    {
        obstacle = null;
        var uses = new List<AddressUse>();
        var made = AssignmentOf(source, member);
        foreach (var name in source.ReferencesTo(member).Where(name => made is null || source.Whole(name) != made.Left))
        {
            if (AddressUse.Read(source, name, out var reason) is { } use)
                uses.Add(use);
            else
                obstacle ??= reason;
        }

        return uses;
    }

    // The one statement of a constructor that fills a field which has no initialiser.
    private static AssignmentExpressionSyntax? AssignmentOf(NamedSource source, ISymbol member)
    {
        var assignments = source.ReferencesTo(member).Select(name => source.Whole(name)).Where(name => name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name).ToList();
        return assignments is [{ Parent: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: ExpressionStatementSyntax { Parent: BlockSyntax { Parent: ConstructorDeclarationSyntax } } } only }]
            && DeclarationOf(source, member) is { Initializer: null } ? only : null;
    }

    private static string? TypeObstacle(ISymbol member) => member switch
    {
        IFieldSymbol field => TypeObstacle(member.Name, field.Type),
        IPropertySymbol property => TypeObstacle(member.Name, property.Type),
        _ => $"{member.Name} is no field or property",
    };

    private static string? TypeObstacle(string name, ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol => $"{name} is an array, which has no names to look up: say by hand whom to ask in IAgentDirectory",
        INamedTypeSymbol { TypeArguments.Length: 1 } => $"{name} is a {type.Name}, which has no names to look up: say by hand whom to ask in IAgentDirectory",
        INamedTypeSymbol { TypeArguments: [var key, _] } when key.SpecialType != SpecialType.System_String => $"{name} is keyed by {key.Name}, and the directory knows agents by name",
        INamedTypeSymbol { TypeArguments: [_, { SpecialType: SpecialType.System_Int32 or SpecialType.System_UInt16 }] } => $"{name} holds ports alone, and the directory gives whole addresses: look the agents up in IAgentDirectory by hand",
        INamedTypeSymbol { TypeArguments.Length: 2 } when Kinds.Contains(type.Name) && type.ContainingNamespace.ToDisplayString().StartsWith("System.Collections", StringComparison.Ordinal) => null,
        _ => $"{name} is no dictionary of the platform",
    };

    private static (MemberDeclarationSyntax Declaration, TypeSyntax Type, ExpressionSyntax? Initializer)? DeclarationOf(NamedSource source, ISymbol member) => member.DeclaringSyntaxReferences switch
    {
        [var part] => part.GetSyntax() switch
        {
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: FieldDeclarationSyntax { AttributeLists.Count: 0 } field } list } variable when IsIn(source, field) => (field, list.Type, variable.Initializer?.Value),
            PropertyDeclarationSyntax { AttributeLists.Count: 0, ExplicitInterfaceSpecifier: null, AccessorList: { } accessors } property
                when IsIn(source, property) && accessors.Accessors.All(accessor => accessor is { Body: null, ExpressionBody: null }) && !property.Modifiers.Any(modifier => modifier.IsKind(SyntaxKind.VirtualKeyword) || modifier.IsKind(SyntaxKind.OverrideKeyword) || modifier.IsKind(SyntaxKind.AbstractKeyword)) => (property, property.Type, property.Initializer?.Value),
            _ => null,
        },
        _ => null,
    };

    private static bool IsIn(NamedSource source, MemberDeclarationSyntax declaration) => declaration.Parent is TypeDeclarationSyntax type && source.Parts.Contains(type);

    private static GenericNameSyntax? NameOf(TypeSyntax type) => type switch
    {
        GenericNameSyntax name => name,
        QualifiedNameSyntax qualified => NameOf(qualified.Right),
        AliasQualifiedNameSyntax qualified => NameOf(qualified.Name),
        _ => null,
    };

    // new(...) { ... }, with a copy made of it, or wrapped.
    private static InitializerExpressionSyntax? CreationIn(NamedSource source, ExpressionSyntax initializer, List<TypeSyntax> addressTypes)
    {
        var value = NamedSource.Unwrapped(initializer);
        if (value is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: var copy } } access } call)
            return Copies.Contains(copy) && call.ArgumentList.Arguments.All(argument => IsSetting(source, argument)) ? CreationIn(source, access.Expression, addressTypes) : null;
        if (value is not BaseObjectCreationExpressionSyntax creation)
            return null;
        if (creation is ObjectCreationExpressionSyntax { Type: var type })
        {
            if (NameOf(type) is not { TypeArgumentList.Arguments: [_, var address] } || !Kinds.Contains(source.TypeOf(creation)?.Name))
                return null;
            addressTypes.Add(address);
        }

        if (creation is { Initializer: null, ArgumentList.Arguments: [{ Expression: BaseObjectCreationExpressionSyntax inner }] })
            return CreationIn(source, inner, addressTypes);
        return creation.Initializer is { Expressions.Count: > 0 } && creation.ArgumentList?.Arguments.All(argument => IsSetting(source, argument)) != false ? creation.Initializer : null;
    }

    // A comparer or a capacity, and nothing that brings entries.
    private static bool IsSetting(NamedSource source, ArgumentSyntax argument) =>
        source.TypeOf(argument.Expression) is { } type && (type.SpecialType == SpecialType.System_Int32 || type.Name == "StringComparer" || type.AllInterfaces.Any(face => face.Name == "IEqualityComparer") || type.Name == "IEqualityComparer");

    private static ExpressionSyntax? ValueOf(ExpressionSyntax entry) => entry switch
    {
        AssignmentExpressionSyntax { Left: ImplicitElementAccessSyntax { ArgumentList.Arguments.Count: 1 }, Right: var value } => value,
        InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ComplexElementInitializerExpression, Expressions: [_, var value] } => value,
        _ => null,
    };

    // What is found is made again as what the table gave.
    private bool Fits(NamedSource source) => source.TypeOf(Address) switch
    {
        INamedTypeSymbol { IsTupleType: true, TupleElements: [var first, var second] } => (Form == AddressForm.Tuple && AreHostAndPort(first, second)) || (Form == AddressForm.TurnedTuple && AreHostAndPort(second, first)),
        { } type when Form == AddressForm.Pair => Values.All(value => SymbolEqualityComparer.Default.Equals(type, source.TypeOf(NamedSource.Unwrapped(value.Expression)))),
        { Name: var name } => Form switch
        {
            AddressForm.Text => name == "String" && Address is not NullableTypeSyntax,
            AddressForm.Uri => name == "Uri",
            AddressForm.IPEndPoint => name is "IPEndPoint" or "EndPoint",
            AddressForm.DnsEndPoint => name is "DnsEndPoint" or "EndPoint",
            _ => false,
        },
        _ => false,
    };

    private static bool AreHostAndPort(IFieldSymbol host, IFieldSymbol port) => host.Type.SpecialType == SpecialType.System_String && port.Type.SpecialType == SpecialType.System_Int32;

    private string? OwnObstacle(NamedSource source, ExpressionSyntax initializer)
    {
        if (Values.Any(value => value.Form != Form || value.Before != Values[0].Before || value.Behind != Values[0].Behind))
            return $"{Member.Name} has addresses of several forms: give all of them one";
        if (!Fits(source))
            return $"the addresses of {Member.Name} are kept as another type than they are made of";
        if (Member is IPropertySymbol && source.Facts.Type.AllInterfaces.SelectMany(face => face.GetMembers(Member.Name)).Any(asked => SymbolEqualityComparer.Default.Equals(source.Facts.Type.FindImplementationForInterfaceMember(asked), Member)))
            return $"an interface asks for {Member.Name}, and whoever uses that would not ask the directory";
        if (Uses.All(use => !use.AsksForAddress))
            return $"nothing looks an address up in {Member.Name}";
        if (source.Parts.Any(part => part.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia) && trivia.ToString().Contains(Member.Name))))
            return $"{Member.Name} is named in code that is compiled only at times";
        if (IsOfTexts)
            return null;
        if (AddressIdentity.Obstacle(source, source.TypeOf(Address)!) is { } identity)
            return identity;
        if (initializer.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia)))
            return $"entries of {Member.Name} are compiled only at times";
        return Values.Any(value => value.Expression.DescendantTrivia().Any(trivia => value.Expression.Span.Contains(trivia.Span) && !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia)))
            ? $"a comment stands within an address of {Member.Name}: move it first"
            : null;
    }
}
