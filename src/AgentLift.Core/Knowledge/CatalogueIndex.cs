using System.Collections.Immutable;
using AgentLift.Core.Catalogue;

namespace AgentLift.Core.Knowledge;

/// <summary>The catalogues by type and namespace name, built once for each pair of catalogues.</summary>
internal sealed class CatalogueIndex
{
    private const string LargeFileId = "large-file";

    private static readonly Lazy<CatalogueIndex> BuiltInIndex =
        new(() => new CatalogueIndex(CatalogueReader.BuiltInHeavyDependencies, CatalogueReader.BuiltInDataStores));

    private readonly Dictionary<string, HeavyDependency> uses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<HeavyDependency>> listed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DataStore> storesByNamespace = new(StringComparer.Ordinal);
    private readonly HashSet<string> connections = new(StringComparer.Ordinal);
    private readonly HashSet<string> shared = new(StringComparer.Ordinal);
    private readonly HashSet<string> sharedOwners = new(StringComparer.Ordinal);

    public CatalogueIndex(ImmutableArray<HeavyDependency> dependencies, StoreCatalogue stores)
    {
        LargeFile = dependencies.FirstOrDefault(dependency => dependency.Id == LargeFileId)
            ?? new HeavyDependency(LargeFileId, "a large file", "data", Gpu: false, Model: false, 0, 0, "not in the catalogue");
        foreach (var dependency in dependencies)
        {
            foreach (var name in dependency.Uses)
                uses[name] = dependency;
            foreach (var name in dependency.Creates.Concat(dependency.Tensors).Concat(dependency.Devices).Concat(dependency.DeviceMemory).Concat(dependency.Touches))
                AddType(name, dependency);
            foreach (var name in dependency.Calls.Concat(dependency.Devices).Concat(dependency.DeviceMemory).Concat(dependency.Scopes))
                AddType(OwnerOf(name), dependency);
        }

        foreach (var store in stores.Stores)
        {
            foreach (var name in store.Namespaces)
                storesByNamespace[name] = store;
            connections.UnionWith(store.Connections);
            shared.UnionWith(store.Shared);
        }

        shared.UnionWith(stores.SharedClients);
        sharedOwners.UnionWith(shared);
        sharedOwners.UnionWith(shared.Select(OwnerOf));
    }

    public static CatalogueIndex BuiltIn => BuiltInIndex.Value;

    /// <summary>The entry for a big file that is read and deserialised, whatever library does it.</summary>
    public HeavyDependency LargeFile { get; }

    public bool IsSharedClient(string name) => shared.Contains(name);

    public TypeKnowledge Describe(string metadataName)
    {
        var known = KnownTypes.Find(metadataName);
        var used = uses.TryGetValue(metadataName, out var exact) ? exact : FindByPrefix(uses, metadataName);
        var libraries = listed.TryGetValue(metadataName, out var entries) ? entries : [];
        var store = FindByPrefix(storesByNamespace, metadataName);
        var isConnection = connections.Contains(metadataName);
        return known == KnownType.None && used is null && libraries.IsEmpty && store is null && !isConnection && !sharedOwners.Contains(metadataName)
            ? TypeKnowledge.Nothing
            : new TypeKnowledge(metadataName, known) { Libraries = libraries, Used = used, Store = store, IsConnection = isConnection };
    }

    private static string OwnerOf(string member)
    {
        var dot = member.LastIndexOf('.');
        return dot < 0 ? member : member.Substring(0, dot);
    }

    private static T? FindByPrefix<T>(Dictionary<string, T> byName, string metadataName)
        where T : class
    {
        var name = metadataName;
        for (var end = metadataName.LastIndexOfAny(['.', '+']); end > 0; end = name.LastIndexOfAny(['.', '+']))
        {
            name = name.Substring(0, end);
            if (byName.TryGetValue(name, out var found))
                return found;
        }

        return null;
    }

    private void AddType(string name, HeavyDependency dependency)
    {
        var entries = listed.TryGetValue(name, out var known) ? known : [];
        if (!entries.Contains(dependency))
            listed[name] = entries.Add(dependency);
    }
}
