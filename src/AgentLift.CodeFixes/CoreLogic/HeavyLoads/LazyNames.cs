using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.HeavyLoads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.CodeFixes.CoreLogic.HeavyLoads;

/// <summary>Names the lazy members of an agent and their load methods, after the fields that they replace.</summary>
internal sealed class LazyNames(AgentCode agent, MemberUses uses)
{
    private readonly TakenNames inAgent = new(agent, uses);
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    public void Name(LazyPlan plan)
    {
        var member = plan.Member;
        var bare = Bare(member.Name);
        var camel = char.ToLowerInvariant(bare[0]) + bare.Substring(1);
        plan.Local = plan.IsLocal ? plan.Value.ToString() : LocalFor(plan, camel, "loaded" + bare, camel + "Value");
        var keepsName = member is IPropertySymbol || plan.Form != LazyForm.Member || char.IsUpper(member.Name[0]);
        plan.Name = keepsName ? member.Name : Free(member, bare, "Loaded" + bare, bare + "Value");
        taken.Add(plan.Name);
        if (plan.Form == LazyForm.Static && (member is IPropertySymbol || member.DeclaredAccessibility != Accessibility.Private))
            plan.Holder = Free(member, "lazy" + bare, camel + "Lazy");
        if (plan.Existing is null && !plan.IsPlainConstruction)
            plan.LoadName = Free(member, "Load" + bare, "Open" + bare, "Read" + bare);
        else if (plan.Existing is { } existing)
            plan.LoadName = existing.Name;
        foreach (var companion in plan.Companions)
        {
            var read = Bare(companion.Field.Name);
            companion.Name = Free(companion.Field, [.. new[] { read, "Loaded" + read, read + "Value" }.Where(name => name != companion.Field.Name)]);
        }
    }

    // _embeddings, m_embeddings and s_embeddings -> Embeddings
    public static string Bare(string name)
    {
        var bare = name.StartsWith("m_", StringComparison.Ordinal) || name.StartsWith("s_", StringComparison.Ordinal) || name.StartsWith("t_", StringComparison.Ordinal) ? name.Substring(2) : name;
        bare = bare.TrimStart('_');
        if (bare.Length == 0 || !SyntaxFacts.IsIdentifierStartCharacter(bare[0]))
            bare = "Value" + bare;
        return char.ToUpperInvariant(bare[0]) + bare.Substring(1);
    }

    private string LocalFor(LazyPlan plan, params string[] wanted)
    {
        var own = new HashSet<SyntaxToken>(uses.Of(plan.Member).Select(use => use.Name.Identifier));
        var around = new HashSet<string>(plan.Moved.SelectMany(statement => statement.DescendantTokens()).Where(token => token.IsKind(SyntaxKind.IdentifierToken) && !own.Contains(token)).Select(token => token.ValueText), StringComparer.Ordinal);
        var name = wanted.FirstOrDefault(candidate => !around.Contains(candidate)) ?? wanted[0] + "2";
        return SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
    }

    private string Free(ISymbol member, params string[] wanted)
    {
        var numbered = Enumerable.Range(2, int.MaxValue - 2).Select(i => wanted[0] + i);
        var name = wanted.Concat(numbered).First(candidate => !taken.Contains(candidate) && !inAgent.IsTaken(candidate, member));
        taken.Add(name);
        return name;
    }
}
