using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Discovery;

/// <summary>The types of a compilation that an analyzer's pass would see: those that a person wrote at least a part of.</summary>
internal sealed class WrittenTypes(Compilation compilation, WrittenCode written)
{
    /// <summary>The types that may be agents, nested ones included.</summary>
    public IEnumerable<INamedTypeSymbol> ThatCanBeAgents()
    {
        var open = new Stack<INamespaceOrTypeSymbol>([compilation.Assembly.GlobalNamespace]);
        while (open.Count > 0)
        {
            var container = open.Pop();
            if (container is INamedTypeSymbol type)
            {
                if (IsMadeByTool(type))
                    continue;
                if (AgentDiscovery.CanBeAgent(type) && type.DeclaringSyntaxReferences.Any(part => written.Contains(part.SyntaxTree)))
                    yield return type;
                foreach (var inner in type.GetTypeMembers())
                    open.Push(inner);
            }
            else
            {
                foreach (var member in ((INamespaceSymbol)container).GetMembers())
                    open.Push(member);
            }
        }
    }

    private static bool IsMadeByTool(INamedTypeSymbol type) =>
        type.GetAttributes().Any(attribute => attribute.AttributeClass is { Name: "GeneratedCodeAttribute", ContainingNamespace: { Name: "Compiler", ContainingNamespace.Name: "CodeDom" } });
}
