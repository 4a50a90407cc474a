using System.Collections.Immutable;
using AgentLift.Core.Catalogue;
using AgentLift.Core.Data;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Manifest;
using AgentLift.Core.Risk;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Settings;

/// <summary>The data files that apply to a compilation: manifest, matrices and catalogues, the user's over the built-in ones.</summary>
internal sealed class FleetData
{
    private readonly string? matrixOverride;

    private FleetData(FleetManifest manifest, ImmutableArray<RiskMatrix> matrices, CatalogueIndex catalogue, string? matrixOverride)
    {
        Manifest = manifest;
        Matrices = matrices;
        Catalogue = catalogue;
        this.matrixOverride = matrixOverride;
    }

    public FleetManifest Manifest { get; }

    /// <summary>All matrices; the user's come first and hide built-in ones of the same name.</summary>
    public ImmutableArray<RiskMatrix> Matrices { get; }

    public CatalogueIndex Catalogue { get; }

    /// <summary>Reads what the additional files and the command line say. A file that cannot be used is reported and left out.</summary>
    public static FleetData Read(
        ImmutableArray<AdditionalText> additionalFiles,
        SettingsOverrides overrides,
        Action<DataProblem> onProblem,
        CancellationToken cancellationToken)
    {
        var matrixFile = overrides.MatrixFile ?? Find(additionalFiles, path => IsNamed(path, "risk-matrix.json"), cancellationToken);
        var own = matrixFile is null ? [] : TryRead(() => RiskMatrixReader.Read(matrixFile), [], onProblem);
        var manifestFile = overrides.Manifest ?? Find(additionalFiles, FleetManifestReader.IsManifest, cancellationToken);
        var manifest = manifestFile is null ? FleetManifest.Empty : TryRead(() => FleetManifestReader.Read(manifestFile), FleetManifest.Empty, onProblem);
        var matrixOverride = overrides.MatrixFile is not null && !own.IsEmpty ? own[0].Name : overrides.MatrixName;
        return new FleetData(
            manifest,
            [.. own, .. RiskMatrixReader.BuiltIn.Where(matrix => own.All(other => other.Name != matrix.Name))],
            ReadCatalogue(additionalFiles, onProblem, cancellationToken),
            matrixOverride);
    }

    /// <summary>The matrix for a file: the command line's, else the configured one, else <c>weighted</c>.</summary>
    public RiskMatrix MatrixFor(AgentSettings settings) =>
        Matrices.FirstOrDefault(matrix => matrix.Name == (matrixOverride ?? settings.Matrix)) ?? Matrices.First(matrix => matrix.Name == "weighted");

    private static CatalogueIndex ReadCatalogue(ImmutableArray<AdditionalText> files, Action<DataProblem> onProblem, CancellationToken cancellationToken)
    {
        var dependencies = Find(files, path => IsNamed(path, "heavy-dependencies.json"), cancellationToken);
        var stores = Find(files, path => IsNamed(path, "data-stores.json"), cancellationToken);
        if (dependencies is null && stores is null)
            return CatalogueIndex.BuiltIn;
        return new CatalogueIndex(
            dependencies is null
                ? CatalogueReader.BuiltInHeavyDependencies
                : TryRead(() => CatalogueReader.ReadHeavyDependencies(dependencies), CatalogueReader.BuiltInHeavyDependencies, onProblem),
            stores is null
                ? CatalogueReader.BuiltInDataStores
                : TryRead(() => CatalogueReader.ReadDataStores(stores), CatalogueReader.BuiltInDataStores, onProblem));
    }

    private static T TryRead<T>(Func<T> read, T otherwise, Action<DataProblem> onProblem)
    {
        try
        {
            return read();
        }
        catch (DataException error)
        {
            onProblem(error.Problem);
            return otherwise;
        }
    }

    private static DataFile? Find(ImmutableArray<AdditionalText> files, Func<string, bool> wanted, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            if (wanted(file.Path) && file.GetText(cancellationToken) is { } text)
                return new DataFile(file.Path, text.ToString());
        }

        return null;
    }

    private static bool IsNamed(string path, string name) => string.Equals(Path.GetFileName(path), name, StringComparison.OrdinalIgnoreCase);
}
