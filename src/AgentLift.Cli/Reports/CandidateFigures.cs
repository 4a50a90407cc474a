using AgentLift.Core.Candidates;

namespace AgentLift.Cli.Reports;

/// <summary>The four figures that a candidate score is made of, with the points that each may bring (SPEC section 4).</summary>
internal static class CandidateFigures
{
    /// <summary>Name, figure, and the most that it can add to the score.</summary>
    public static IEnumerable<(string Name, string Found, string Most)> Of(CandidateScore candidate) =>
    [
        ("start-up of eager loads, estimated", $"{Figures.Plain(candidate.StartupSeconds)} s", "4 points"),
        ("heavy dependencies", Figures.Plain(candidate.HeavyDependencies), "3 points"),
        ("memory of eager loads, estimated", $"{Figures.Plain(candidate.MemoryMegabytes)} MB", "2 points"),
        ("eager loads", Figures.Plain(candidate.EagerLoads), "1 point"),
    ];
}
