using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>Finds where members of an agent are named.</summary>
internal sealed class MemberUses
{
    private readonly TypeFacts agent;
    private readonly List<TypeDeclarationSyntax> parts;
    private readonly ILookup<string, SimpleNameSyntax> names;
    private readonly Dictionary<ISymbol, List<MemberUse>> known = new(SymbolEqualityComparer.Default);

    public MemberUses(TypeFacts agent, CancellationToken cancellationToken)
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

    /// <summary>Code of the agent that nobody can rewrite here names the member: it is generated, or this compilation leaves it out.</summary>
    public bool IsNamedOutOfReach(ISymbol member) =>
        agent.Type.DeclaringSyntaxReferences.Where(part => !HandWritten.Contains(part.SyntaxTree)).SelectMany(part => part.GetSyntax().DescendantNodes()).OfType<SimpleNameSyntax>()
            .Any(name => name.Identifier.ValueText == member.Name && !IsOwnOfFunction(name))
        || parts.SelectMany(part => part.DescendantTrivia()).Any(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia) && trivia.ToString().Contains(member.Name));

    // A parameter of a generated log method may be called like the field that is logged.
    private bool IsOwnOfFunction(SimpleNameSyntax name) => agent.ModelOf(name).GetSymbolInfo(name).Symbol is IParameterSymbol or ILocalSymbol;

    private bool Means(SimpleNameSyntax name, ISymbol member)
    {
        var info = agent.ModelOf(name).GetSymbolInfo(name);
        return (info.Symbol is { } symbol ? [symbol] : info.CandidateSymbols).Any(found => SymbolEqualityComparer.Default.Equals(found.OriginalDefinition, member.OriginalDefinition));
    }
}
