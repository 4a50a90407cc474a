using System.Collections.Immutable;

namespace AgentLift.Migration.ParallelRun;

/// <summary>Runs the old and the new form of an agent side by side, each on ports of its own, and asks both the same.</summary>
public static class ParallelRunner
{
    /// <summary>Starts both, replays the transcript to the one and the other in turn, exchange by exchange, and ends both.</summary>
    /// <param name="transcript">What to ask.</param>
    /// <param name="old">How the old form is started.</param>
    /// <param name="new">How the new form is started.</param>
    /// <param name="options">Limits.</param>
    /// <param name="cancellationToken">Ends both at once.</param>
    /// <exception cref="ParallelRunException">A side does not start, is not ready in time, or ends by itself.</exception>
    public static async Task<(Observation Old, Observation New)> RunAsync(
        Transcript transcript, AgentCommand old, AgentCommand @new, ParallelRunOptions options, CancellationToken cancellationToken)
    {
        var seen = await ObserveAsync(transcript, [("old", old), ("new", @new)], options, cancellationToken).ConfigureAwait(false);
        return (seen[0], seen[1]);
    }

    /// <summary>Starts one form, replays the transcript, and ends it: to record what it answers, or to compare with what was recorded.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public static async Task<Observation> ObserveAsync(
        Transcript transcript, string side, AgentCommand command, ParallelRunOptions options, CancellationToken cancellationToken) =>
        (await ObserveAsync(transcript, [(side, command)], options, cancellationToken).ConfigureAwait(false))[0];

    private static async Task<ImmutableArray<Observation>> ObserveAsync(
        Transcript transcript, ImmutableArray<(string Name, AgentCommand Command)> sides, ParallelRunOptions options, CancellationToken cancellationToken)
    {
        var agents = new List<AgentUnderTest>();
        try
        {
            // One after the other, so that neither's start is measured beside the other's.
            foreach (var (name, command) in sides)
                agents.Add(await AgentUnderTest.StartAsync(name, command, transcript, options.StartTimeout, cancellationToken).ConfigureAwait(false));

            var exchanges = agents.ConvertAll(_ => ImmutableArray.CreateBuilder<ObservedExchange>());
            foreach (var exchange in transcript.Exchanges)
            {
                for (var i = 0; i < agents.Count; i++)
                {
                    exchanges[i].Add(await AskAsync(agents[i], transcript, exchange, options.AnswerTimeout, cancellationToken).ConfigureAwait(false));
                    agents[i].Measure();
                }
            }

            await SettleAsync(agents, options.Settle, cancellationToken).ConfigureAwait(false);
            var observations = ImmutableArray.CreateBuilder<Observation>();
            for (var i = 0; i < agents.Count; i++)
            {
                var exit = await agents[i].StopAsync(options.StopTimeout).ConfigureAwait(false);
                observations.Add(new Observation(agents[i].StartToReady, exchanges[i].ToImmutable(), agents[i].PeakThreads, agents[i].PeakMemory, exit)
                {
                    PeakMemoryAtReady = agents[i].PeakMemoryAtReady,
                    HasChildren = agents[i].HasChildren,
                });
            }

            return observations.ToImmutable();
        }
        finally
        {
            foreach (var agent in agents)
                await agent.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task SettleAsync(List<AgentUnderTest> agents, TimeSpan settle, CancellationToken cancellationToken)
    {
        if (settle == TimeSpan.Zero)
            return;
        await Task.Delay(settle, cancellationToken).ConfigureAwait(false);
        agents.ForEach(agent => agent.Measure());
    }

    private static async Task<ObservedExchange> AskAsync(AgentUnderTest agent, Transcript transcript, Exchange exchange, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var endpoint = transcript.Endpoints[exchange.Endpoint];
        var port = agent.Port + endpoint.Offset;
        try
        {
            return await (endpoint.Protocol switch
            {
                WireProtocol.Tcp => TcpReplay.RunAsync(port, exchange, timeout, cancellationToken),
                WireProtocol.Udp => UdpReplay.RunAsync(port, exchange, timeout, cancellationToken),
                _ => HttpReplay.RunAsync(port, exchange, timeout, cancellationToken),
            }).ConfigureAwait(false);
        }
        catch (System.Net.Sockets.SocketException error)
        {
            throw agent.Failed($"it cannot be reached on port {port} ({transcript.File}, line {exchange.Line}): {error.Message}");
        }
    }
}
