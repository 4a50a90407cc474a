using AgentLift.CodeFixes;
using AgentLift.Core.Rules;

namespace AgentLift.Conventions.Tests;

/// <summary>What the rule table promises, the fixes keep.</summary>
public class RewriterTests
{
    private static readonly LiftFix Fix = new();

    [Fact]
    public void Every_rule_with_a_safe_fix_has_a_rewriter() =>
        RuleTable.All.Where(rule => rule.Fix == FixKind.Safe).Select(rule => rule.Id).Except(Fix.FixableDiagnosticIds).ShouldBeEmpty();

    [Fact]
    public void No_rule_that_only_explains_has_one() =>
        RuleTable.All.Where(rule => rule.Fix == FixKind.None).Select(rule => rule.Id).Intersect(Fix.FixableDiagnosticIds).ShouldBeEmpty();
}
