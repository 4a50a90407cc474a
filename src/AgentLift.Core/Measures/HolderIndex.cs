using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Measures;

/// <summary>How many other classes of a compilation hold a type in a field, a property or a constructor parameter. Declarations only, read once.</summary>
internal sealed class HolderIndex
{
    private readonly Lazy<Dictionary<ISymbol, int>> holders;

    public HolderIndex(Compilation compilation, CancellationToken cancellationToken) =>
        holders = new(() => Count(compilation.Assembly, cancellationToken));

    public int HoldersOf(INamedTypeSymbol type) => holders.Value.TryGetValue(type.OriginalDefinition, out var count) ? count : 0;

    private static Dictionary<ISymbol, int> Count(IAssemblySymbol assembly, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<ISymbol, int>(SymbolEqualityComparer.Default);
        var held = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var open = new Stack<INamespaceOrTypeSymbol>();
        open.Push(assembly.GlobalNamespace);
        while (open.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var current = open.Pop();
            held.Clear();
            Look(current, assembly, open, held);
            held.Remove(current);
            foreach (var type in held)
                counts[type] = counts.TryGetValue(type, out var count) ? count + 1 : 1;
        }

        return counts;
    }

    private static void Look(INamespaceOrTypeSymbol container, IAssemblySymbol assembly, Stack<INamespaceOrTypeSymbol> inside, HashSet<ISymbol> held)
    {
        foreach (var member in container.GetMembers())
        {
            switch (member)
            {
                case INamespaceOrTypeSymbol inner:
                    inside.Push(inner);
                    break;
                case IFieldSymbol { IsImplicitlyDeclared: false } field:
                    AddClass(held, field.Type, assembly);
                    break;
                case IPropertySymbol property:
                    AddClass(held, property.Type, assembly);
                    break;
                case IMethodSymbol { MethodKind: MethodKind.Constructor } constructor:
                    foreach (var parameter in constructor.Parameters)
                        AddClass(held, parameter.Type, assembly);
                    break;
            }
        }
    }

    private static void AddClass(HashSet<ISymbol> held, ITypeSymbol type, IAssemblySymbol assembly)
    {
        if (type.TypeKind == TypeKind.Class && type is INamedTypeSymbol && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, assembly))
            held.Add(type.OriginalDefinition);
    }
}
