using AgentLift.Core.Rules;
using AgentLift.Generators.LazyDependencies;
using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.ModelManagers;

/// <summary>The form that the property of a model must have: <c>partial ModelHandle&lt;T&gt; Name { get; }</c>.</summary>
internal static class ModelForm
{
    /// <summary>The type of the model; <see langword="null"/> with a problem where the property has another form, without one where the compiler tells.</summary>
    public static ITypeSymbol? TypeOf(IPropertySymbol property, ProblemList problems)
    {
        var type = HandledType(property.Type);
        if (WhyNot(property, type) is { } reason)
        {
            var name = property.IsIndexer ? "Name" : property.ExplicitInterfaceImplementations.IsEmpty ? property.Name : property.ExplicitInterfaceImplementations[0].Name;
            problems.Add(RuleIds.ModelForm, property.Name, reason, $"partial ModelHandle<{(type is null ? "T" : MemberForm.Short(type))}> {name} {{ get; }}");
            return null;
        }

        return type;
    }

    private static ITypeSymbol? HandledType(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeArguments.Length: 1 } named && $"{named.ContainingNamespace}.{named.MetadataName}" == KnownNames.ModelHandle ? named.TypeArguments[0] : null;

    private static string? WhyNot(IPropertySymbol property, ITypeSymbol? type) => property switch
    {
        { IsIndexer: true } => "is an indexer",
        { IsStatic: true } => "is static",
        { ExplicitInterfaceImplementations.IsEmpty: false } => "implements an interface explicitly",
        { SetMethod: not null } => "has a setter",
        { ReturnsByRef: true } or { ReturnsByRefReadonly: true } => "returns by reference",
        { Type.TypeKind: TypeKind.Error } => null,
        _ when type is null => $"is of type '{MemberForm.Short(property.Type)}'",
        { Type.NullableAnnotation: NullableAnnotation.Annotated } => "may be null",
        { IsPartialDefinition: false } => "is not partial",
        { PartialImplementationPart: not null } => "has a body of its own",
        _ => null,
    };
}
