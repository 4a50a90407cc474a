using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AgentLift.Migration.ParallelRun;

namespace AgentLift.Migration.Measuring;

/// <summary>What tells that an agent is ready.</summary>
public static class ReadySign
{
    /// <summary>The script of an agent that nothing is asked: it listens on <c>{port}</c> for TCP.</summary>
    /// <param name="agent">The agent's name.</param>
    public static Transcript NothingAsked(string agent) => new(
        string.Empty, agent, null, ImmutableDictionary<string, TranscriptEndpoint>.Empty.Add("port", new TranscriptEndpoint(WireProtocol.Tcp, 0)), [], []);

    /// <summary>What counts as ready by a transcript, for people.</summary>
    /// <exception cref="ParallelRunException">Nothing tells: there is no line, and no port that accepts connections.</exception>
    public static string Of(Transcript transcript)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        if (transcript.Ready is Regex line)
            return $"a line of its output that matches '{line}'";
        var ports = transcript.Endpoints.Values.Where(endpoint => endpoint.Protocol != WireProtocol.Udp).Select(endpoint => endpoint.Offset).Distinct().Order().ToList();
        return ports.Count > 0
            ? "accepts connections on " + string.Join(", ", ports.Select(offset => offset == 0 ? "{port}" : $"{{port+{offset}}}"))
            : throw new ParallelRunException($"nothing tells when {transcript.Agent} is ready: datagrams are sent whether or not somebody listens", "give the line of its output that says so");
    }
}
