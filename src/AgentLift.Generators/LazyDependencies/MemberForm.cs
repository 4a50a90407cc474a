using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.LazyDependencies;

/// <summary>How a member is asked for, and what it gives.</summary>
internal sealed record MemberForm(LazyForm Form, ITypeSymbol Type, string? Token)
{
    /// <summary>The form of a member; <see langword="null"/> with a problem where it is none, without one where the compiler tells.</summary>
    public static MemberForm? Of(ISymbol member, ProblemList problems) =>
        member is IPropertySymbol property ? OfProperty(property, problems) : OfMethod((IMethodSymbol)member, problems);

    /// <summary>What a task gives, and of which kind the task is.</summary>
    public static (LazyForm Form, ITypeSymbol Type)? Awaited(ITypeSymbol type) => type is INamedTypeSymbol { TypeArguments.Length: 1 } named
        ? $"{named.ContainingNamespace}.{named.MetadataName}" switch
        {
            KnownNames.ValueTask => (LazyForm.ValueTask, named.TypeArguments[0]),
            KnownNames.Task => (LazyForm.Task, named.TypeArguments[0]),
            _ => null,
        }
        : null;

    public static bool IsToken(IParameterSymbol parameter) => parameter.RefKind == RefKind.None && IsToken(parameter.Type);

    public static bool IsToken(ITypeSymbol? type) => type.IsNamed(KnownNames.CancellationToken);

    public static string Short(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    /// <summary>Why a value of a type cannot be the value of a lazy dependency, which is kept on the heap and never null.</summary>
    public static string? WhyNotKept(ITypeSymbol type) => type switch
    {
        { IsRefLikeType: true } or { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } => "has a type that only lives on the stack",
        { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } or { NullableAnnotation: NullableAnnotation.Annotated } => "may be null",
        ITypeParameterSymbol parameter when !IsNeverNull(parameter) => $"has the type '{parameter.Name}', which may be null without the constraint notnull",
        _ => null,
    };

    private static MemberForm? OfProperty(IPropertySymbol property, ProblemList problems)
    {
        if (Awaited(property.Type) is { } awaited)
            return Refuse("is a property that gives a task", MethodText(awaited.Type, property.Name));
        if (property.IsIndexer)
            return Refuse("is an indexer", $"partial {Short(property.Type)} Name {{ get; }}");
        if (property.SetMethod is not null)
            return Refuse("has a setter", PropertyText(property));
        if (!property.ExplicitInterfaceImplementations.IsEmpty || property.ReturnsByRef || property.ReturnsByRefReadonly)
            return Refuse(property.ExplicitInterfaceImplementations.IsEmpty ? "returns by reference" : "implements an interface explicitly", PropertyText(property));
        if (WhyNotKept(property.Type) is { } reason)
            return Refuse(reason, PropertyText(property));
        return property.Type.TypeKind == TypeKind.Error ? null : new MemberForm(LazyForm.Property, property.Type, null);

        MemberForm? Refuse(string reason, string instead)
        {
            problems.Add(RuleIds.LazyMemberForm, property.Name, reason, instead);
            return null;
        }
    }

    private static MemberForm? OfMethod(IMethodSymbol method, ProblemList problems)
    {
        if (method.ReturnType.TypeKind == TypeKind.Error)
            return null;
        if (Awaited(method.ReturnType) is not { } awaited)
            return Refuse("returns no task of a value", method.ReturnsVoid ? null : method.ReturnType);
        if (method.Arity > 0)
            return Refuse("is generic", awaited.Type);
        if (method.Parameters.Length > 1 || method.Parameters.Any(parameter => !IsToken(parameter)))
            return Refuse("takes parameters that a load shared by all does not have", awaited.Type);
        if (WhyNotKept(awaited.Type) is { } reason)
            return Refuse(reason, awaited.Type);
        return awaited.Type.TypeKind == TypeKind.Error
            ? null
            : new MemberForm(awaited.Form, awaited.Type, method.Parameters.Select(token => CSharpNames.Identifier(token.Name)).FirstOrDefault());

        MemberForm? Refuse(string reason, ITypeSymbol? type)
        {
            problems.Add(RuleIds.LazyMemberForm, method.Name, reason, MethodText(type, method.Name));
            return null;
        }
    }

    private static string PropertyText(IPropertySymbol property) =>
        $"partial {Short(property.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated))} {property.Name} {{ get; }}";

    private static string MethodText(ITypeSymbol? type, string name) =>
        $"partial ValueTask<{(type is null ? "T" : Short(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated)))}> {name}(CancellationToken cancellationToken = default)";

    private static bool IsNeverNull(ITypeParameterSymbol parameter) =>
        parameter.HasNotNullConstraint
        || parameter.HasValueTypeConstraint
        || (parameter.HasReferenceTypeConstraint && parameter.ReferenceTypeConstraintNullableAnnotation != NullableAnnotation.Annotated)
        || parameter.ConstraintTypes.Any(constraint => constraint.NullableAnnotation != NullableAnnotation.Annotated);
}
