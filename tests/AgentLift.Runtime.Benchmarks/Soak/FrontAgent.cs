using System.Text.Json.Serialization;

namespace AgentLift.Runtime.Benchmarks.Soak;

/// <summary>The agent that hostile clients are set on. It asks another one all the time, and has a loop that fails.</summary>
[Agent(AgentName)]
internal sealed class FrontAgent(AgentContext context, SoakCounts counts) : BaseAgent(context)
{
    public const string AgentName = "front";
    public const string Lines = "lines";
    public const string Frames = "frames";
    public const string Datagrams = "datagrams";
    private const int Askers = 4;
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(5);

    // Fails for as long as the soak lasts, so it must never run out of restarts.
    private static readonly RestartPolicy Always = new() { InitialDelay = TimeSpan.FromMilliseconds(20), MaxDelay = TimeSpan.FromMilliseconds(100), MaxRestarts = int.MaxValue };

    public IAgentDirectory Directory => Context.Directory;

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        ListenLines(Lines, (line, _) =>
        {
            counts.Request();
            return ValueTask.FromResult<string?>(line);
        });
        ListenFrames(Frames, (frame, _) =>
        {
            counts.Request();
            return ValueTask.FromResult<byte[]?>(frame.ToArray());
        });
        ListenDatagrams(Datagrams, (datagram, _) =>
        {
            counts.Request();
            return ValueTask.FromResult<byte[]?>(datagram.Data.ToArray());
        });
        var back = ConnectTo(BackAgent.AgentName);
        for (var asker = 0; asker < Askers; asker++)
            RunPeriodically($"ask {asker}", AskEvery, token => AskAsync(back, token));
        RunSupervised("fails", async token =>
        {
            await Task.Delay(AskEvery, token);
            throw new InvalidOperationException("The loop that fails.");
        }, Always);
        return ValueTask.CompletedTask;
    }

    private async Task AskAsync(AgentClient back, CancellationToken cancellationToken)
    {
        counts.Asked();
        try
        {
            await back.AskAsync(SoakContracts.Double, 21, cancellationToken);
        }
        catch (AgentCallException)
        {
            // The other one is being replaced.
            counts.AskedInVain();
        }
    }
}

/// <summary>What the agents ask each other.</summary>
internal static class SoakContracts
{
    public static MessageContract<int, int> Double { get; } = new("double", SoakJson.Default.Int32, SoakJson.Default.Int32);
}

/// <summary>The JSON forms.</summary>
[JsonSerializable(typeof(int))]
internal sealed partial class SoakJson : JsonSerializerContext;
