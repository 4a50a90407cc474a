using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace AgentLift.Migration.ParallelRun;

/// <summary>What is asked of an agent, in order: the script of a parallel run.</summary>
/// <param name="File">The file that it was read from.</param>
/// <param name="Agent">The agent's name, for reports.</param>
/// <param name="Ready">What a line of the agent's output says when it is ready, in the old or the new form; <see langword="null"/>: it is ready when its TCP and HTTP ports accept.</param>
/// <param name="Endpoints">The agent's endpoints by name.</param>
/// <param name="Ignore">What may differ between answers: every match is taken out before they are compared.</param>
/// <param name="Exchanges">What is asked, one after the other.</param>
public sealed record Transcript(
    string File,
    string Agent,
    Regex? Ready,
    ImmutableDictionary<string, TranscriptEndpoint> Endpoints,
    ImmutableArray<Regex> Ignore,
    ImmutableArray<Exchange> Exchanges);

/// <summary>How one endpoint is spoken to.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="Offset">Its port, counted from the port that the agent is started with.</param>
public sealed record TranscriptEndpoint(WireProtocol Protocol, int Offset);

/// <summary>The protocols that can be replayed.</summary>
public enum WireProtocol
{
    /// <summary>Lines or bytes over a TCP connection.</summary>
    Tcp = 0,

    /// <summary>Datagrams.</summary>
    Udp = 1,

    /// <summary>HTTP requests.</summary>
    Http = 2,
}

/// <summary>Requests on one connection, or from one datagram socket.</summary>
/// <param name="Line">Where it stands in the file, from 1.</param>
/// <param name="Endpoint">The endpoint's name.</param>
/// <param name="Pipelined">All requests are sent before the first answer is read. False: each waits for the answers to the one before.</param>
/// <param name="OrderKept">The answers of pipelined requests come in the order of the requests. False: any order is the same.</param>
/// <param name="Requests">The requests.</param>
public sealed record Exchange(int Line, string Endpoint, bool Pipelined, bool OrderKept, ImmutableArray<WireRequest> Requests);

/// <summary>One request.</summary>
/// <param name="Line">Where it stands in the file, from 1.</param>
/// <param name="Shown">The request as reports show it.</param>
/// <param name="Bytes">What is sent over TCP and UDP; the body over HTTP.</param>
/// <param name="Answers">How many answers (lines, datagrams) are waited for; 0 for none.</param>
/// <param name="AnswerBytes">The length of the answer where it is no line, in bytes; 0 for lines.</param>
public sealed record WireRequest(int Line, string Shown, ImmutableArray<byte> Bytes, int Answers, int AnswerBytes)
{
    /// <summary>The HTTP method, such as <c>GET</c>.</summary>
    public string Method { get; init; } = string.Empty;

    /// <summary>The HTTP path with its query.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>The type of the HTTP body.</summary>
    public string? ContentType { get; init; }
}
