using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.HeavyLoads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.CoreLogic.HeavyLoads;

/// <summary>What stands at the uses of lazy members from now on.</summary>
internal sealed class UseEdits(AgentCode agent, MemberUses uses, IReadOnlyList<LazyPlan> plans, KeptValues kept)
{
    /// <summary>The edits at the uses of a member, wherever they stand.</summary>
    public IEnumerable<(SyntaxTree Tree, TextChange Change)> InPlace(LazyPlan plan)
    {
        foreach (var use in uses.Of(plan.Member))
        {
            if (use.Assignment is null && TextAt(use, plan) is var (span, text))
                yield return (use.Tree, new TextChange(span, text));
        }

        foreach (var (use, name) in CompanionReads(plan))
            yield return (use.Tree, new TextChange(use.Name.Span, name));
    }

    /// <summary>Text of the agent as it reads within the load of a member.</summary>
    public string TextOf(LazyPlan plan, SyntaxTree tree, TextSpan span)
    {
        var edits = new List<TextChange>();
        foreach (var other in plans)
        {
            foreach (var use in uses.Of(other.Member).Where(use => use.Tree == tree && span.Contains(use.Name.Span)))
            {
                if (other == plan && !use.IsNameOnly)
                    edits.Add(new TextChange(use.Expression.Span, plan.Local));
                else if (TextAt(use, other) is var (place, text))
                    edits.Add(new TextChange(place, text));
            }

            if (other != plan)
                edits.AddRange(CompanionReads(other).Where(read => read.Use.Tree == tree && span.Contains(read.Use.Name.Span)).Select(read => new TextChange(read.Use.Name.Span, read.Name)));
        }

        foreach (var name in tree.GetRoot().DescendantNodes(span).OfType<IdentifierNameSyntax>().Where(name => span.Contains(name.Span)))
        {
            if (plan.Inputs.Outer.Keys.Any(outer => outer.Name == name.Identifier.ValueText) && agent.ModelOf(name).GetSymbolInfo(name).Symbol is { } symbol && kept.NameFor(plan, symbol) is { } field)
                edits.Add(new TextChange(name.Span, field));
        }

        return MovedText.Edited(tree.GetText(), span, edits);
    }

    // The load itself goes on to use the field.
    private IEnumerable<(MemberUse Use, string Name)> CompanionReads(LazyPlan plan) => plan.Companions.SelectMany(companion => uses.Of(companion.Field)
        .Where(use => !use.IsNameOnly && !plan.Code.Any(code => code.Contains(use.Name)))
        .Select(use => (use, companion.Name)));

    private static (TextSpan Span, string Text)? TextAt(MemberUse use, LazyPlan plan)
    {
        if (plan is { Form: LazyForm.Static, Holder: null } && !use.IsNameOnly)
            return (new TextSpan(use.Name.Span.End, 0), ".Value");

        // Words.Count of TutorAgent.Words.Count: it is of the instance now.
        if (plan.Member.IsStatic && plan.Form == LazyForm.Member && use.Expression != use.Name && !use.IsNameOnly)
            return (use.Expression.Span, plan.Name);
        return use.Name.Identifier.ValueText == plan.Name ? null : (use.Name.Span, plan.Name);
    }
}
