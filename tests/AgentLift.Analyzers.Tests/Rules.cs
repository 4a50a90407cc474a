using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests;

/// <summary>Verifiers for the tests of this project, with the stand-ins of third-party libraries in reach.</summary>
internal static class Rules
{
    private const string Usings = """
        using System.Collections.Concurrent;
        using System.Diagnostics;
        using System.Net;
        using System.Net.Sockets;
        using System.Text;
        using System.Text.Json;
        using AgentLift;
        """;

    public static RuleVerifier Verifier(string ruleId) => new RuleVerifier(ruleId).WithReference(Libraries.StandIns);

    /// <summary>Verifies members inside a class that is an agent whatever it does, so that the test is about the rule alone.</summary>
    public static Task VerifyInAgent(this RuleVerifier rule, string members, string usings = "") =>
        rule.Verify(AsAgent(members, usings));

    /// <summary>A class marked <c>[Agent]</c> with the members.</summary>
    public static string AsAgent(string members, string usings = "") => $$"""
        {{Usings}}
        {{usings}}

        [Agent]
        public class SampleAgent
        {
        {{members}}
        }
        """;
}
