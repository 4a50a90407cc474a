using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests;

/// <summary>The verifier must be able to fail, or the tests that rest on it say nothing.</summary>
public class RuleVerifierTests
{
    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.ManualThread);

    [Fact]
    public Task A_marked_finding_passes() =>
        Rule.VerifyInAgent("void Start() => [|new Thread(Loop)|].Start(); void Loop() { }");

    [Fact]
    public Task A_finding_without_a_mark_fails() =>
        Fails(Rule.VerifyInAgent("void Start() => new Thread(Loop).Start(); void Loop() { }"));

    [Fact]
    public Task A_mark_without_a_finding_fails() =>
        Fails(Rule.VerifyInAgent("void Start() => [|Loop()|]; void Loop() { }"));

    [Fact]
    public Task A_mark_at_another_place_fails() =>
        Fails(Rule.VerifyInAgent("void Start() => new [|Thread|](Loop).Start(); void Loop() { }"));

    [Fact]
    public Task A_finding_that_is_marked_twice_fails() =>
        Fails(Rule.VerifyInAgent("void Start() => [|[|new Thread(Loop)|]|].Start(); void Loop() { }"));

    [Fact]
    public Task A_mark_of_another_rule_must_be_met() =>
        Fails(Rule.VerifyInAgent("void Start() => {|AGL2005:[|new Thread(Loop)|]|}.Start(); void Loop() { }"));

    [Fact]
    public Task Other_rules_do_not_matter_unless_asked_for_exactly() =>
        Rule.VerifyInAgent("""void Start() => Console.WriteLine("started");""");

    [Fact]
    public Task Exactly_means_every_rule() =>
        Fails(Rule.VerifyExactly(Rules.AsAgent("""void Start() => Console.WriteLine("started");""")));

    [Fact]
    public Task A_source_without_an_agent_fails() =>
        Fails(Rule.Verify("public class Point { public int X; }"));

    [Fact]
    public Task An_agent_fails_where_nothing_may_be_found() =>
        Fails(Rule.FindsNothing(Rules.AsAgent(string.Empty)));

    [Fact]
    public Task A_source_that_does_not_compile_fails() =>
        Should.ThrowAsync<InvalidOperationException>(Rule.VerifyInAgent("void Start() => Missing();"));

    [Fact]
    public void A_mark_that_is_not_closed_is_an_error() =>
        Should.Throw<ArgumentException>(() => MarkedSource.Parse("Agent.cs", "[|new Thread(Loop)", RuleIds.ManualThread));

    private static Task<VerificationException> Fails(Task verification) => Should.ThrowAsync<VerificationException>(verification);
}
