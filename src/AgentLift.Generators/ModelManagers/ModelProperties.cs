using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.ModelManagers;

/// <summary>Reads the properties of a manager that are marked <c>[Model]</c>.</summary>
internal static class ModelProperties
{
    /// <summary>The models that can be used, file by file in the order in which they stand there; the others are problems.</summary>
    public static EquatableArray<Model> Read(Compilation compilation, INamedTypeSymbol manager, ProblemList problems)
    {
        var binder = new ModelBinder(compilation, manager, option => option);
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        List<Model> models = [];
        foreach (var property in Marked(manager))
        {
            var own = problems.At(SourcePlace.Of(property.Locations[0]));
            if (Read(property, binder, own) is not { } model)
                continue;
            if (names.TryGetValue(model.Name, out var namesake))
                own.Add(RuleIds.DuplicateModelName, property.Name, model.Name, $"{manager.Name}.{namesake}", "name");
            else
                models.Add(model);
            names[model.Name] = property.Name;
        }

        if (binder.MissesTorchSharp)
            problems.Add(RuleIds.TorchSharpMissing, manager.Name);
        return new([.. models]);
    }

    private static IEnumerable<IPropertySymbol> Marked(INamedTypeSymbol manager) => manager.GetMembers().OfType<IPropertySymbol>()
        .Where(property => AttributeOf(property) is not null)
        .OrderBy(property => property.Locations[0].SourceTree?.FilePath, StringComparer.Ordinal)
        .ThenBy(property => property.Locations[0].SourceSpan.Start);

    private static AttributeData? AttributeOf(IPropertySymbol property) =>
        property.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == KnownNames.ModelAttribute);

    private static Model? Read(IPropertySymbol property, ModelBinder binder, ProblemList problems)
    {
        var before = problems.Count;
        if (ModelForm.TypeOf(property, problems) is not { } type)
            return null;
        var attribute = ModelAttributeReader.Read(AttributeOf(property)!, property.Name, problems);
        var loading = binder.Bind(property.Name, type, attribute.Loading, _ => problems);
        if (loading is null || attribute.Name is null || problems.Count > before)
            return null;

        return new Model(
            attribute.Name,
            property.Name,
            ModifiersOf(property),
            null,
            CSharpNames.Of(type),
            attribute.Options,
            loading);
    }

    private static string ModifiersOf(IPropertySymbol property) => property.DeclaringSyntaxReferences
        .Select(reference => reference.GetSyntax())
        .OfType<PropertyDeclarationSyntax>()
        .Where(declaration => declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
        .Select(declaration => string.Join(" ", declaration.Modifiers.Select(modifier => modifier.Text)))
        .First();
}
