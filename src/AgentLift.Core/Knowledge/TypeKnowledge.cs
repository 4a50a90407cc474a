using System.Collections.Immutable;
using AgentLift.Core.Catalogue;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Knowledge;

/// <summary>What is known of one type: which platform type it is, and what the catalogues say of it.</summary>
internal sealed record TypeKnowledge(string MetadataName, KnownType Known)
{
    public static TypeKnowledge Nothing { get; } = new(string.Empty, KnownType.None);

    /// <summary>Catalogue entries that name the type, one of its members, or a namespace around it.</summary>
    public ImmutableArray<HeavyDependency> Libraries { get; init; } = [];

    /// <summary>The library whose use the type shows, if any.</summary>
    public HeavyDependency? Used { get; init; }

    public DataStore? Store { get; init; }

    public bool IsConnection { get; init; }

    public bool IsTensor => Libraries.Any(library => library.Tensors.Contains(MetadataName));

    /// <summary>The heavy load that constructing the type is, if any.</summary>
    public HeavyDependency? LoadWhenCreated() => Libraries.FirstOrDefault(library => library.Creates.Contains(MetadataName));

    /// <summary>The heavy load that calling the method is, if any.</summary>
    public HeavyDependency? LoadWhenCalled(string method) =>
        Libraries.IsEmpty ? null : Find(static library => library.Calls, Member(method));

    public bool PicksDevice(string? method) => !Libraries.IsEmpty && Find(static library => library.Devices, Member(method)) is not null;

    public bool HandlesDeviceMemory(string? method) => !Libraries.IsEmpty && Find(static library => library.DeviceMemory, Member(method)) is not null;

    /// <summary>The library whose native part a static member of the type loads, if any.</summary>
    public HeavyDependency? TouchedBy() => Libraries.FirstOrDefault(library => library.Touches.Contains(MetadataName));

    public bool OpensScope(string method) => !Libraries.IsEmpty && Find(static library => library.Scopes, Member(method)) is not null;

    private HeavyDependency? Find(Func<HeavyDependency, ImmutableArray<string>> names, string name)
    {
        foreach (var library in Libraries)
        {
            if (names(library).Contains(name))
                return library;
        }

        return null;
    }

    private string Member(string? method) => method is null ? MetadataName : MetadataName + "." + method;

    /// <summary>Namespace, containing types and name, as in metadata: <c>A.B.Outer+Inner`1</c>.</summary>
    public static string MetadataNameOf(ITypeSymbol type)
    {
        if (type.ContainingType is { } outer)
            return MetadataNameOf(outer) + "+" + type.MetadataName;
        return type.ContainingNamespace is { IsGlobalNamespace: false } space ? NameOf(space) + "." + type.MetadataName : type.MetadataName;
    }

    private static string NameOf(INamespaceSymbol space) =>
        space.ContainingNamespace is { IsGlobalNamespace: false } outer ? NameOf(outer) + "." + space.Name : space.Name;
}
