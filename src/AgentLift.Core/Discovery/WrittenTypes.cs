using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentLift.Core.Discovery;

/// <summary>The types of a compilation that an analyzer's pass would see: those that a person wrote at least a part of.</summary>
internal sealed class WrittenTypes(Compilation compilation, AnalyzerConfigOptionsProvider options)
{
    private readonly Dictionary<SyntaxTree, bool> written = [];

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
                if (AgentDiscovery.CanBeAgent(type) && type.DeclaringSyntaxReferences.Any(part => IsWritten(part.SyntaxTree)))
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

    private bool IsWritten(SyntaxTree tree)
    {
        if (!written.TryGetValue(tree, out var isWritten))
        {
            written[tree] = isWritten = options.GetOptions(tree).TryGetValue("generated_code", out var generated) && bool.TryParse(generated, out var isGenerated)
                ? !isGenerated
                : HandWritten.Contains(tree);
        }

        return isWritten;
    }
}
