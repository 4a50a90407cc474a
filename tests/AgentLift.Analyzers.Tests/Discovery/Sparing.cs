using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Discovery;

/// <summary>Shows that a source is left alone, and that its twin without the sparing trait is not: so that the first half can fail.</summary>
internal static class Sparing
{
    /// <summary>Members that make an agent of any class that owns them: a thread that loops.</summary>
    public const string Worker = """
            volatile bool running = true;
            public void Start() => new Thread(Work).Start();
            public void Stop() => running = false;
            void Work() { while (running) Thread.Sleep(10); }
        """;

    public static RuleVerifier Rule { get; } = Rules.Verifier(RuleIds.NotABaseAgent);

    /// <param name="innocent">In which nothing may be found.</param>
    /// <param name="twin">In which the marked places must be found; an unnamed mark is an agent.</param>
    public static async Task IsSpared(string innocent, string twin)
    {
        await Rule.FindsNothing(innocent);
        await Rule.Verify(twin);
    }

    /// <summary>The same text is spared in one setting and not in the other.</summary>
    public static async Task IsSpared(string marked, Func<RuleVerifier, RuleVerifier> setting)
    {
        await setting(Rule).FindsNothing(marked);
        await Rule.Verify(marked);
    }
}
