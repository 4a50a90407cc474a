using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>What only an agent on BaseAgent has: none of it is to be reported.</summary>
internal static class LiftedPieces
{
    public static void Supervised(AgentDraft agent)
    {
        agent.Use("System.Threading.Tasks");
        var method = agent.Name("SweepAsync", "FollowAsync", "PumpAsync");
        agent.Method(Code.Block($"private async Task {method}(CancellationToken token)", Code.Block("while (!token.IsCancellationRequested)", agent.Step(), $"await Task.Delay({agent.Number(10, 900)}, token);")));
        agent.Start(agent.Pick($"RunSupervised(\"{agent.Noun}\", {method});", $"RunSupervised(\"{agent.Noun}\", token => {method}(token));"));
        var round = agent.Name("RoundAsync", "ReviewAsync");
        agent.Method(Code.Block($"private Task {round}(CancellationToken token)", agent.Step(), "return Task.CompletedTask;"));
        agent.Start($"RunPeriodically(\"{agent.Noun}-round\", TimeSpan.FromSeconds({agent.Number(1, 90)}), {round});");
    }

    /// <summary>The lifted form of a health check is no hand-rolled one.</summary>
    public static Piece Health { get; } = new("lifted health", PieceRole.Decoy, agent =>
    {
        agent.Use("System.Threading.Tasks");
        agent.Method(Code.Block("protected override ValueTask<bool> CheckHealthAsync(CancellationToken cancellationToken)", $"return new ValueTask<bool>({agent.Work()}(1) >= 0);"));
    })
    { Gives = [Traits.HealthMethod], Bars = [Traits.HealthLiteral] };
}
