using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Knowledge;

/// <summary>What is known of the types of one compilation; each type is looked up once.</summary>
internal sealed class CompilationKnowledge(Compilation compilation, CatalogueIndex catalogue)
{
    private static readonly string[] TestFrameworks =
    [
        "xunit.core", "xunit.v3.core", "nunit.framework", "Microsoft.VisualStudio.TestPlatform.TestFramework", "MSTest.TestFramework", "TUnit.Core",
    ];

    private readonly Lazy<bool> isTestProject =
        new(() => compilation.ReferencedAssemblyNames.Any(name => TestFrameworks.Contains(name.Name, StringComparer.OrdinalIgnoreCase)));

    private readonly ConcurrentDictionary<ITypeSymbol, TypeKnowledge> types = new(SymbolEqualityComparer.Default);

    public Compilation Compilation { get; } = compilation;

    /// <summary>The compilation references a test framework.</summary>
    public bool IsTestProject => isTestProject.Value;

    public TypeKnowledge Of(ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol || type.SpecialType != SpecialType.None)
            return TypeKnowledge.Nothing;
        var definition = type.OriginalDefinition;
        if (types.TryGetValue(definition, out var known))
            return known;
        return types.GetOrAdd(definition, Describe(definition));
    }

    public KnownType Known(ITypeSymbol? type) => Of(type).Known;

    /// <summary>The type or one of its bases is that platform type.</summary>
    public bool Is(ITypeSymbol? type, KnownType wanted)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (Known(type) == wanted)
                return true;
        }

        return false;
    }

    /// <summary>The type must be opened and closed around each use: it is catalogued or derives from DbConnection.</summary>
    public bool IsConnection(ITypeSymbol? type) => Of(type).IsConnection;

    /// <summary>The type belongs to .NET itself.</summary>
    public bool IsPlatform(ITypeSymbol type) =>
        !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, Compilation.Assembly)
        && TypeKnowledge.MetadataNameOf(type) is var name
        && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal));

    /// <summary>The construction makes a client that is meant to be shared.</summary>
    public bool MakesSharedClient(IObjectCreationOperation creation) =>
        Of(creation.Type) is { MetadataName: { Length: > 0 } name } && catalogue.IsSharedClient(name);

    /// <summary>The call makes a client that is meant to be shared.</summary>
    public bool MakesSharedClient(IInvocationOperation call) =>
        Of(call.TargetMethod.ContainingType) is { MetadataName: { Length: > 0 } name } && catalogue.IsSharedClient(name + "." + call.TargetMethod.Name);

    private TypeKnowledge Describe(ITypeSymbol type)
    {
        var name = TypeKnowledge.MetadataNameOf(type);
        var described = catalogue.Describe(name);
        if (described.IsConnection || !Is(type.BaseType, KnownType.DbConnection))
            return described;
        return (described == TypeKnowledge.Nothing ? new TypeKnowledge(name, KnownType.None) : described) with { IsConnection = true };
    }
}
