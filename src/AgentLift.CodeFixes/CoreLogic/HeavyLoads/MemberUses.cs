using AgentLift.CodeFixes.Lifting;
using AgentLift.CodeFixes.Lifting.Searching;
using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.HeavyLoads;

/// <summary>Finds where members of an agent are named.</summary>
internal sealed class MemberUses
{
    private readonly AgentCode agent;
    private readonly List<TypeDeclarationSyntax> parts;
    private readonly ILookup<string, SimpleNameSyntax> names;
    private readonly Dictionary<ISymbol, List<MemberUse>> known = new(SymbolEqualityComparer.Default);

    public MemberUses(AgentCode agent, CancellationToken cancellationToken)
    {
        this.agent = agent;
        parts = [.. agent.Type.DeclaringSyntaxReferences.Where(part => HandWritten.Contains(part.SyntaxTree)).Select(part => part.GetSyntax(cancellationToken)).OfType<TypeDeclarationSyntax>()];
        names = parts.SelectMany(part => part.DescendantNodes(descendIntoTrivia: true)).OfType<SimpleNameSyntax>().ToLookup(name => name.Identifier.ValueText, StringComparer.Ordinal);
    }

    /// <summary>The parts of the agent that a person wrote.</summary>
    public IReadOnlyList<TypeDeclarationSyntax> Parts => parts;

    /// <summary>The places within the agent.</summary>
    public IReadOnlyList<MemberUse> Of(ISymbol member)
    {
        if (!known.TryGetValue(member, out var uses))
            known[member] = uses = [.. names[member.Name].Where(name => Means(name, member)).Select(name => new MemberUse(name))];
        return uses;
    }

    /// <summary>Whether something else than the member may be meant by a name in the agent.</summary>
    public bool IsTaken(string name, ISymbol by) =>
        agent.Type.MemberNames.Any(member => member == name && member != by.Name)
        || agent.Type.Name == name
        || agent.Type.TypeParameters.Any(parameter => parameter.Name == name)
        || Bases().Any(parent => parent.GetMembers(name).Any(member => member.DeclaredAccessibility != Accessibility.Private))
        || Bases().SelectMany(parent => parent.GetMembers()).Any(member => member is IFieldSymbol or IPropertySymbol && member.Locations[0].IsInSource && LazyNames.Bare(member.Name) == name)
        || (name != by.Name && parts.SelectMany(part => part.DescendantTokens()).Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name && !IsQualified(token) && !IsTypeOf(token, by)));

    /// <summary>Code of the agent that nobody can rewrite here names the member: it is generated, or this compilation leaves it out.</summary>
    public bool IsNamedOutOfReach(ISymbol member) =>
        agent.Type.DeclaringSyntaxReferences.Where(part => !HandWritten.Contains(part.SyntaxTree)).SelectMany(part => part.GetSyntax().DescendantNodes()).OfType<SimpleNameSyntax>()
            .Any(name => name.Identifier.ValueText == member.Name && !IsOwnOfFunction(name))
        || parts.SelectMany(part => part.DescendantTrivia()).Any(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia) && trivia.ToString().Contains(member.Name));

    /// <summary>The places outside of the agent that name the member.</summary>
    public async Task<List<MemberUse>> OutsideAsync(ISymbol member, CancellationToken cancellationToken)
    {
        if (member.DeclaredAccessibility == Accessibility.Private)
            return [];
        var outside = new List<MemberUse>();
        foreach (var reference in await References.FindAsync(member, agent.Solution, cancellationToken).ConfigureAwait(false))
        {
            foreach (var place in reference.Locations.Where(place => !place.IsImplicit))
            {
                var tree = place.Location.SourceTree!;
                if (parts.Any(part => part.SyntaxTree == tree && part.Span.Contains(place.Location.SourceSpan)))
                    continue;
                var root = await tree.GetRootAsync(cancellationToken).ConfigureAwait(false);
                if (root.FindNode(place.Location.SourceSpan, findInsideTrivia: true, getInnermostNodeForTie: true).FirstAncestorOrSelf<SimpleNameSyntax>() is { } name)
                    outside.Add(new MemberUse(name));
            }
        }

        return outside;
    }

    // A parameter of a generated log method may be called like the field that is logged.
    private bool IsOwnOfFunction(SimpleNameSyntax name) => agent.ModelOf(name).GetSymbolInfo(name).Symbol is IParameterSymbol or ILocalSymbol;

    private bool Means(SimpleNameSyntax name, ISymbol member)
    {
        var info = agent.ModelOf(name).GetSymbolInfo(name);
        return (info.Symbol is { } symbol ? [symbol] : info.CandidateSymbols).Any(found => SymbolEqualityComparer.Default.Equals(found.OriginalDefinition, member.OriginalDefinition));
    }

    private IEnumerable<INamedTypeSymbol> Bases()
    {
        for (var parent = agent.Type.BaseType; parent is not null; parent = parent.BaseType)
            yield return parent;
    }

    // private partial Scorer Scorer { get; } is read as either.
    private bool IsTypeOf(SyntaxToken token, ISymbol member)
    {
        var type = member is IFieldSymbol kept ? kept.Type : ((IPropertySymbol)member).Type;
        return token.Parent is SimpleNameSyntax name && type.Name == name.Identifier.ValueText && agent.ModelOf(name).GetSymbolInfo(name).Symbol is { } symbol
            && SymbolEqualityComparer.Default.Equals(symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? symbol.ContainingType : symbol, type);
    }

    // table.Words and new() { Words = 1 } do not look Words up in the agent.
    private static bool IsQualified(SyntaxToken token) => token.Parent switch
    {
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax } access } name => access.Name == name,
        SimpleNameSyntax { Parent: MemberBindingExpressionSyntax or QualifiedNameSyntax { Left: not SimpleNameSyntax } } => true,
        SimpleNameSyntax { Parent: QualifiedNameSyntax qualified } name => qualified.Right == name,
        SimpleNameSyntax { Parent: NameColonSyntax or NameEqualsSyntax or NameMemberCrefSyntax } => true,
        _ => false,
    };
}
