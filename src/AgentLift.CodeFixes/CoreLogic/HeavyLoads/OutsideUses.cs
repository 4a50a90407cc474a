using AgentLift.CodeFixes.Lifting.Searching;
using AgentLift.Core.Obstacles.HeavyLoads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.HeavyLoads;

/// <summary>Finds where others than the agent name its members.</summary>
internal static class OutsideUses
{
    /// <summary>The places outside of the agent that name the member.</summary>
    public static async Task<List<MemberUse>> OutsideAsync(this MemberUses uses, Solution solution, ISymbol member, CancellationToken cancellationToken)
    {
        if (member.DeclaredAccessibility == Accessibility.Private)
            return [];
        var outside = new List<MemberUse>();
        foreach (var reference in await References.FindOutsideAsync(member, solution, cancellationToken).ConfigureAwait(false))
        {
            foreach (var place in reference.Locations.Where(place => !place.IsImplicit))
            {
                var tree = place.Location.SourceTree!;
                if (uses.Parts.Any(part => part.SyntaxTree == tree && part.Span.Contains(place.Location.SourceSpan)))
                    continue;
                var root = await tree.GetRootAsync(cancellationToken).ConfigureAwait(false);
                if (root.FindNode(place.Location.SourceSpan, findInsideTrivia: true, getInnermostNodeForTie: true).FirstAncestorOrSelf<SimpleNameSyntax>() is { } name)
                    outside.Add(new MemberUse(name));
            }
        }

        return outside;
    }
}
