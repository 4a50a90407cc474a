using System.Collections.Immutable;
using AgentLift.Core.Data;
using AgentLift.Core.Settings;

namespace AgentLift.Core.Catalogue;

/// <summary>Reads the catalogues of heavy dependencies and data stores.</summary>
public static class CatalogueReader
{
    private static readonly Lazy<ImmutableArray<HeavyDependency>> BuiltInDependencies =
        new(() => ReadDependencies(DataDocument.ReadBuiltIn("heavy-dependencies.json")));

    private static readonly Lazy<StoreCatalogue> BuiltInStores =
        new(() => ReadStores(DataDocument.ReadBuiltIn("data-stores.json")));

    /// <summary>rules/heavy-dependencies.json.</summary>
    public static ImmutableArray<HeavyDependency> BuiltInHeavyDependencies => BuiltInDependencies.Value;

    /// <summary>rules/data-stores.json.</summary>
    public static StoreCatalogue BuiltInDataStores => BuiltInStores.Value;

    /// <summary>Reads a user's catalogue and lays it over the built-in one: same id replaces, new id adds.</summary>
    /// <exception cref="DataException">The file breaks a rule; the problem names the line.</exception>
    public static ImmutableArray<HeavyDependency> ReadHeavyDependencies(DataFile file)
    {
        var own = ReadDependencies(DataDocument.Read(file));
        return [.. BuiltInHeavyDependencies.Where(entry => own.All(other => other.Id != entry.Id)), .. own];
    }

    /// <summary>Reads a user's stores and lays them over the built-in ones, by kind.</summary>
    /// <exception cref="DataException">The file breaks a rule; the problem names the line.</exception>
    public static StoreCatalogue ReadDataStores(DataFile file)
    {
        var own = ReadStores(DataDocument.Read(file));
        return new StoreCatalogue(
            [.. BuiltInDataStores.Stores.Where(store => own.Stores.All(other => other.Kind != store.Kind)), .. own.Stores],
            [.. BuiltInDataStores.SharedClients, .. own.SharedClients]);
    }

    private static ImmutableArray<HeavyDependency> ReadDependencies(DataNode root)
    {
        root.AllowKeys("$schema", "dependencies");
        return [.. root.Get("dependencies").Items().Select(ReadDependency)];
    }

    private static HeavyDependency ReadDependency(DataNode node)
    {
        node.AllowKeys(
            "id", "library", "family", "gpu", "model", "creates", "calls", "uses", "devices", "deviceMemory", "tensors", "scopes", "touches",
            "milliseconds", "megabytes", "source");
        return new HeavyDependency(
            node.Get("id").Text(),
            node.Get("library").Text(),
            node.Get("family").Text(),
            node.BooleanOrFalse("gpu"),
            node.BooleanOrFalse("model"),
            NotNegative(node.Get("milliseconds")),
            NotNegative(node.Get("megabytes")),
            node.Get("source").Text())
        {
            Creates = node.TextsOrEmpty("creates"),
            Calls = node.TextsOrEmpty("calls"),
            Uses = node.TextsOrEmpty("uses"),
            Devices = node.TextsOrEmpty("devices"),
            DeviceMemory = node.TextsOrEmpty("deviceMemory"),
            Tensors = node.TextsOrEmpty("tensors"),
            Scopes = node.TextsOrEmpty("scopes"),
            Touches = node.TextsOrEmpty("touches"),
        };
    }

    private static decimal NotNegative(DataNode node) =>
        node.Number() >= 0 ? node.Number() : throw node.Error($"{node.Text()} is negative", "write 0 or more");

    private static StoreCatalogue ReadStores(DataNode root)
    {
        root.AllowKeys("$schema", "stores", "sharedClients");
        return new StoreCatalogue([.. root.Get("stores").Items().Select(ReadStore)], root.TextsOrEmpty("sharedClients"));
    }

    private static DataStore ReadStore(DataNode node)
    {
        node.AllowKeys("kind", "name", "namespaces", "connections", "shared");
        return new DataStore(
            node.Get("kind").Text(),
            node.Get("name").Text(),
            node.TextsOrEmpty("namespaces"),
            node.TextsOrEmpty("connections"),
            node.TextsOrEmpty("shared"));
    }
}

/// <summary>All known stores, and clients of other kinds that are meant to be shared.</summary>
/// <param name="Stores">The stores.</param>
/// <param name="SharedClients">Types or calls, such as <c>System.Net.Http.HttpClient</c>.</param>
public sealed record StoreCatalogue(ImmutableArray<DataStore> Stores, ImmutableArray<string> SharedClients);
