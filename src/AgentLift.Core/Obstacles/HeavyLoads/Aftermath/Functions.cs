using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads.Aftermath;

/// <summary>The functions of an agent and of the types within it, and what each of them does.</summary>
internal sealed class Functions
{
    private readonly TypeFacts agent;
    private readonly EffectReader reader;
    private readonly Dictionary<IMethodSymbol, List<SyntaxNode>> bodies = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IMethodSymbol, Effects> known = new(SymbolEqualityComparer.Default);

    public Functions(TypeFacts agent, MemberUses uses, EffectReader reader)
    {
        this.agent = agent;
        this.reader = reader;
        foreach (var node in uses.Parts.SelectMany(part => part.DescendantNodes(node => node is TypeDeclarationSyntax or MemberDeclarationSyntax or AccessorListSyntax)))
        {
            var body = node switch
            {
                BaseMethodDeclarationSyntax or AccessorDeclarationSyntax { Body: not null } or AccessorDeclarationSyntax { ExpressionBody: not null } => node,
                ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax or IndexerDeclarationSyntax } => node,
                _ => null,
            };
            if (body is not null && SymbolOf(body) is { } function)
                (bodies.TryGetValue(function, out var all) ? all : bodies[function] = []).Add(body);
        }
    }

    public IEnumerable<IMethodSymbol> All => bodies.Keys;

    /// <summary>The function that a node stands in, whatever lambda or local function is around it there; <see langword="null"/> for an initialiser.</summary>
    public IMethodSymbol? Around(SyntaxNode node)
    {
        foreach (var place in node.Ancestors())
        {
            if (place is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax or IndexerDeclarationSyntax })
                return SymbolOf(place);
            if (place is BaseFieldDeclarationSyntax or TypeDeclarationSyntax)
                return null;
        }

        return null;
    }

    /// <summary>What a function does by itself.</summary>
    public Effects Of(IMethodSymbol function)
    {
        if (!known.TryGetValue(function, out var effects))
        {
            known[function] = effects = new Effects();
            foreach (var body in BodiesOf(function))
                effects.Add(reader.Of(body));
        }

        return effects;
    }

    public IEnumerable<SyntaxNode> BodiesOf(IMethodSymbol function) => bodies.TryGetValue(function, out var all) ? all : [];

    /// <summary>What pieces of code do, with all that they call.</summary>
    /// <param name="code">The pieces.</param>
    /// <param name="isLaterToo">Also with what they hand on, or call in a function that runs later.</param>
    public (Effects Effects, HashSet<IMethodSymbol> Called) Whole(IEnumerable<Effects> code, bool isLaterToo = false)
    {
        var whole = new Effects();
        foreach (var part in code)
            whole.Add(part);
        var called = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        var open = new Stack<IMethodSymbol>(isLaterToo ? whole.Calls.Concat(whole.Later) : whole.Calls);
        while (open.Count > 0)
        {
            var function = open.Pop();
            if (!called.Add(function))
                continue;
            var effects = Of(function);
            whole.Add(effects);
            foreach (var callee in isLaterToo ? effects.Calls.Concat(effects.Later) : effects.Calls)
                open.Push(callee);
        }

        return (whole, called);
    }

    public bool IsOfAgent(IMethodSymbol function) => SymbolEqualityComparer.Default.Equals(function.ContainingType.OriginalDefinition, agent.Type);

    /// <summary>Only the agent's own code, and that of the types within it, can name the member.</summary>
    public bool IsPrivate(ISymbol member)
    {
        for (var symbol = member; symbol is not null && !SymbolEqualityComparer.Default.Equals(symbol.OriginalDefinition, agent.Type); symbol = symbol.ContainingType)
        {
            if (symbol.DeclaredAccessibility == Accessibility.Private)
                return true;
        }

        return false;
    }

    /// <summary>The method's declaration, where it has one body.</summary>
    public MethodDeclarationSyntax? DeclarationOf(IMethodSymbol function) => bodies.TryGetValue(function, out var all) && all.Count == 1 ? all[0] as MethodDeclarationSyntax : null;

    private IMethodSymbol? SymbolOf(SyntaxNode body) => body is ArrowExpressionClauseSyntax { Parent: { } property }
        ? (agent.ModelOf(body).GetDeclaredSymbol(property) as IPropertySymbol)?.GetMethod
        : agent.ModelOf(body).GetDeclaredSymbol(body) is IMethodSymbol method ? method.PartialDefinitionPart ?? method : null;
}
