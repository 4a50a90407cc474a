using System.Collections.Immutable;

namespace AgentLift.Generators.ModelManagers;

/// <summary>A manager as it is written, in a file of its own.</summary>
/// <param name="Class">The class.</param>
/// <param name="HintName">The name of the file.</param>
/// <param name="Constructor">The modifier and name of the constructor; <see langword="null"/> where the class has one.</param>
/// <param name="Models">The models.</param>
internal sealed record ManagerCode(PartialClass Class, string HintName, string? Constructor, EquatableArray<ModelCode> Models)
{
    public bool UsesTorchSharp => Models.Any(model => model.Model.Loading.UsesTorchSharp);

    /// <summary>The managers by name: the same whatever the order of the files.</summary>
    public static ImmutableArray<ManagerCode> Of(ImmutableArray<WholeManager> managers)
    {
        var hints = UniqueNames.OfFiles();
        return
        [
            .. managers
                .OrderBy(whole => whole.Manager.Class.MetadataName, StringComparer.Ordinal)
                .Select(whole => new ManagerCode(
                    whole.Manager.Class,
                    hints.Next(whole.Manager.Class.MetadataName + ".Models") + ".g.cs",
                    whole.Manager.Constructor,
                    WithFields(whole))),
        ];
    }

    private static EquatableArray<ModelCode> WithFields(WholeManager whole)
    {
        var names = new UniqueNames(whole.Manager.TakenNames.Concat(whole.Models.Select(model => model.Property)), StringComparer.Ordinal);
        return new([.. whole.Models.Select(model => new ModelCode(model, names.Next(char.ToLowerInvariant(model.Property[0]) + model.Property.Substring(1) + "Model")))]);
    }
}

/// <summary>A model, and the name of the field behind its property.</summary>
internal sealed record ModelCode(Model Model, string Field);
