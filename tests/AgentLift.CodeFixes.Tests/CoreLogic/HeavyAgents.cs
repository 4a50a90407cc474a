using AgentLift.CodeFixes.CoreLogic.HeavyLoads;
using AgentLift.CodeFixes.Lifting;

namespace AgentLift.CodeFixes.Tests.CoreLogic;

/// <summary>Agents on BaseAgent that load a table, for the tests of the rewriter.</summary>
internal static class HeavyAgents
{
    public static readonly IRewriter[] Rewriters = [new HeavyLoadRewriter()];

    private const string Tables = """

        public sealed class EmbeddingTable : IDisposable
        {
            public static int Loads;
            public int Count => 3;
            public string this[int row] => "row " + row;
            public Dictionary<string, int> Rows { get; } = [];
            public int Width { get; }
            public static EmbeddingTable Load(string path) { Loads++; return new(); }
            public static EmbeddingTable Load(string path, Stream from) => Load(path);
            public void Freeze() { }
            public void To(string device) { }
            public void Dispose() { }
        }

        public sealed class Scorer(EmbeddingTable table)
        {
            public int Score => table.Count;
        }
        """;

    /// <summary>An agent with these members.</summary>
    public static string Of(string members, string header = "public partial class TutorAgent : BaseAgent", string more = "") => $$"""
        using AgentLift.Runtime;

        namespace Fleet;

        {{header}}
        {
        {{string.Join('\n', members.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 || line[0] == '#' ? line : "    " + line))}}
        }
        {{Tables}}
        {{more}}
        """.ReplaceLineEndings("\n");

    /// <summary>States what the members of an agent are afterwards.</summary>
    public static Task VerifyAsync(string before, string after) => LiftVerifier.VerifyAsync(Rewriters, Of(before), Of(after));

    /// <summary>Checks that the agent stays as it is, and why.</summary>
    public static Task VerifyRefusalAsync(string members, string reason) => LiftVerifier.VerifyRefusalAsync(Rewriters, Of(members), reason);

    /// <summary>Checks that the agent stays as it is, with a reason.</summary>
    public static async Task VerifyStaysAsync(string members)
    {
        var before = Of(members);
        var (texts, agents) = await LiftVerifier.LiftAsync(Rewriters, before);
        texts[0].ShouldBe(before);
        agents.SelectMany(agent => agent.Obstacles).ShouldNotBeEmpty();
    }
}
