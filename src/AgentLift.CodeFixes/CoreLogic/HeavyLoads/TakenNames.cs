using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.HeavyLoads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.HeavyLoads;

/// <summary>Tells which names mean something in an agent already.</summary>
internal sealed class TakenNames(AgentCode agent, MemberUses uses)
{
    /// <summary>Whether something else than the member may be meant by a name in the agent.</summary>
    public bool IsTaken(string name, ISymbol by) =>
        agent.Type.MemberNames.Any(member => member == name && member != by.Name)
        || agent.Type.Name == name
        || agent.Type.TypeParameters.Any(parameter => parameter.Name == name)
        || Bases().Any(parent => parent.GetMembers(name).Any(member => member.DeclaredAccessibility != Accessibility.Private))
        || Bases().SelectMany(parent => parent.GetMembers()).Any(member => member is IFieldSymbol or IPropertySymbol && member.Locations[0].IsInSource && LazyNames.Bare(member.Name) == name)
        || (name != by.Name && uses.Parts.SelectMany(part => part.DescendantTokens()).Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name && !IsQualified(token) && !IsTypeOf(token, by)));

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
