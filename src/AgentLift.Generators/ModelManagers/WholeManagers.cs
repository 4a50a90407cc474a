using AgentLift.Core.Rules;
using AgentLift.Generators.ModelManagers.Files;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.ModelManagers;

/// <summary>Joins the models of a manager's properties and those of its models file, whose types and methods are looked up where the manager stands.</summary>
internal static class WholeManagers
{
    public static WholeManager Of(ManagerWithFile with, Compilation compilation, CancellationToken cancellationToken)
    {
        if (with.File is not { } file || compilation.Assembly.GetTypeByMetadataName(with.Manager.Class.MetadataName) is not { } manager)
            return new WholeManager(with.Manager, with.Manager.Models, with.Problems);

        var problems = new ProblemList(with.Manager.File!.Place);
        var names = new ManagerNames(with.Manager);
        var binder = new ModelBinder(compilation, manager, option => $"\"{char.ToLowerInvariant(option[0])}{option.Substring(1)}\"");
        var types = new WrittenTypes(compilation, Declaration(manager, cancellationToken));
        List<Model> models = [];
        foreach (var model in file.Models)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var own = problems.At(model.Place);
            if (names.Take(model, file.Name, own) && Bind(model, file, binder, types, own) is { } bound)
                models.Add(bound);
        }

        if (binder.MissesTorchSharp)
            problems.Add(RuleIds.TorchSharpMissing, with.Manager.Name);
        return new WholeManager(with.Manager, new([.. with.Manager.Models, .. models]), problems.ToArray());
    }

    private static Model? Bind(FileModel model, ModelsFile file, ModelBinder binder, WrittenTypes types, ProblemList problems)
    {
        var before = problems.Count;
        var loader = types.Find(model.Loader, file, problems);
        var type = model.Type is { } written && (binder.HasTorchSharp || loader is not null || types.Knows(written.Text))
            ? types.Find(written, file, problems)
            : binder.DefaultType(loader);
        if (type is null || problems.Count > before)
            return null;
        if (!type.IsReferenceType)
        {
            problems.At(model.Type!.Place).Add(RuleIds.ModelsFileUnusable, file.Name, $"'type' of '{model.Name}': '{model.Type.Text}' is no class", "name the class of the model");
            return null;
        }

        var loading = binder.Bind(
            model.Name,
            type,
            new LoadingText(loader, model.Factory?.Text, model.WarmupMethod?.Text, model.HasPath),
            option => problems.At(PlaceOf(option, model)));
        return loading is null || problems.Count > before
            ? null
            : new Model(model.Name, model.Property, TypeAccess.Of(type), file.Name, CSharpNames.Of(type), model.Options, loading);
    }

    private static SourcePlace PlaceOf(string option, FileModel model) => (option switch
    {
        "Loader" => model.Loader,
        "Factory" => model.Factory,
        "WarmupMethod" => model.WarmupMethod,
        _ => model.Type,
    })?.Place ?? model.Place;

    private static TypeDeclarationSyntax? Declaration(INamedTypeSymbol manager, CancellationToken cancellationToken) => manager.GetAttributes()
        .FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == KnownNames.ModelManagerAttribute)?
        .ApplicationSyntaxReference?.GetSyntax(cancellationToken).FirstAncestorOrSelf<TypeDeclarationSyntax>();
}
