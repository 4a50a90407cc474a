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
        var open = new Stack<INamespaceOrTypeSymbol>([assembly.GlobalNamespace]);
        while (open.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var current = open.Pop();
            var held = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
            foreach (var member in current.GetMembers())
            {
                if (member is INamespaceOrTypeSymbol inner)
                    open.Push(inner);
                else
                    held.UnionWith(HeldBy(member, assembly));
            }

            held.Remove(current);
            foreach (var type in held)
                counts[type] = counts.TryGetValue(type, out var count) ? count + 1 : 1;
        }

        return counts;
    }

    private static IEnumerable<ISymbol> HeldBy(ISymbol member, IAssemblySymbol assembly)
    {
        var types = member switch
        {
            IFieldSymbol { IsImplicitlyDeclared: false } field => [field.Type],
            IPropertySymbol property => [property.Type],
            IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => constructor.Parameters.Select(parameter => parameter.Type),
            _ => Enumerable.Empty<ITypeSymbol>(),
        };
        return types.OfType<INamedTypeSymbol>()
            .Where(type => type.TypeKind == TypeKind.Class && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, assembly))
            .Select(type => type.OriginalDefinition);
    }
}
