using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AgentLift.Core.Catalogue;
using AgentLift.Core.Facts;
using AgentLift.Core.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.Core.Detectors.Gpu;

/// <summary>A library of native tensors, with what belongs to it: all that lies in the outermost namespace of its tensor.</summary>
internal sealed class NativeLibrary
{
    // Objects of the library that hold nothing native.
    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal) { "Device", "Scalar" };

    // Which projects name which library: all text of a project is searched, so once for as long as it is the same.
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<string, bool>> Named = new();

    private readonly HeavyDependency entry;
    private readonly INamespaceSymbol space;
    private readonly IAssemblySymbol assembly;

    private NativeLibrary(HeavyDependency entry, ITypeSymbol tensor)
    {
        this.entry = entry;
        assembly = tensor.ContainingAssembly;
        space = Outermost(tensor)!;
    }

    /// <summary>The library of the first tensor that some operations show.</summary>
    public static NativeLibrary? Of(CompilationKnowledge knowledge, IEnumerable<IOperation> operations) => operations
        .Select(operation => operation.Type).OfType<INamedTypeSymbol>().Where(type => knowledge.Of(type).IsTensor && Outermost(type) is not null)
        .Select(type => new NativeLibrary(knowledge.Of(type).Libraries.First(library => library.Tensors.Contains(knowledge.Of(type).MetadataName)), type)).FirstOrDefault();

    /// <summary>The type and the method that open a dispose scope; <see langword="null"/> where the library at hand has none.</summary>
    public IMethodSymbol? OpenerIn(Compilation compilation)
    {
        foreach (var name in entry.Scopes)
        {
            var dot = name.LastIndexOf('.');
            if (dot > 0 && compilation.GetTypeByMetadataName(name.Substring(0, dot)) is { } type
                && type.GetMembers(name.Substring(dot + 1)).OfType<IMethodSymbol>().FirstOrDefault(method => method is { IsStatic: true, Parameters.IsEmpty: true, DeclaredAccessibility: Accessibility.Public }) is { } opener)
            {
                return opener;
            }
        }

        return null;
    }

    /// <summary>A method, type or member of the library.</summary>
    public bool Has(ISymbol? symbol) => symbol is not null && SymbolEqualityComparer.Default.Equals(Outermost(symbol), space);

    /// <summary>The method opens a dispose scope.</summary>
    public bool Opens(IMethodSymbol method) => entry.Scopes.Contains(TypeKnowledge.MetadataNameOf(method.ContainingType) + "." + method.Name);

    /// <summary>The catalogue says that the method loads or makes a model.</summary>
    public bool Loads(IMethodSymbol method) => entry.Calls.Contains(TypeKnowledge.MetadataNameOf(method.ContainingType) + "." + method.Name);

    public bool IsTensor(ITypeSymbol? type) => type is INamedTypeSymbol && entry.Tensors.Contains(TypeKnowledge.MetadataNameOf(type.OriginalDefinition));

    /// <summary>A layer or model: it may keep what it is given, and own what is made in it.</summary>
    public bool IsModel(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (Has(type) && type.Name is "Module" or "ScriptModule")
                return true;
        }

        return false;
    }

    /// <summary>A model that is all of the library: no code of the user's runs in it.</summary>
    public bool IsClosedModel(ITypeSymbol? type) => Has(type) && IsModel(type) && !type!.IsAbstract && (type.Name == "ScriptModule" || type.ContainingNamespace.Name == "Modules") && type.Name is not ("Sequential" or "ModuleList" or "ModuleDict");

    /// <summary>Values of the type hold something native: the type is the library's, or made of such.</summary>
    public bool Holds(ITypeSymbol? type) => type switch
    {
        null or { TypeKind: TypeKind.Enum } => false,
        IArrayTypeSymbol array => Holds(array.ElementType),
        INamedTypeSymbol named => (Has(named) && !Plain.Contains(named.Name)) || named.TypeArguments.Any(Holds),
        _ => false,
    };

    /// <summary>Code of that assembly may make tensors.</summary>
    public bool IsKnownTo(IAssemblySymbol other) => SymbolEqualityComparer.Default.Equals(other, assembly) || (RefersToIt(other) && (other is not ISourceAssemblySymbol source || Names(source.Compilation)));

    private bool RefersToIt(IAssemblySymbol other) => other.Modules.Any(module => module.ReferencedAssemblies.Any(name => name.Name == assembly.Name));

    // A project that is at hand as source has all its references, a built one only those that it uses; to use it, the library must be named.
    private bool Names(Compilation project) => Named.GetOrCreateValue(project).GetOrAdd(space.Name, name => project.SyntaxTrees.Any(tree => tree.GetText().ToString().Contains(name)));

    private static INamespaceSymbol? Outermost(ISymbol symbol)
    {
        var space = symbol as INamespaceSymbol ?? symbol.ContainingNamespace;
        while (space?.ContainingNamespace is { IsGlobalNamespace: false } outer)
            space = outer;
        return space is { IsGlobalNamespace: false } ? space : null;
    }
}
