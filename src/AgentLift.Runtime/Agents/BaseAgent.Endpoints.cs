using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using AgentLift.Runtime.Diagnostics;
using AgentLift.Runtime.Endpoints;
using AgentLift.Runtime.Messaging;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Routing;

namespace AgentLift.Runtime;

/// <summary>Where an agent listens. Address, limits and TLS of each endpoint stand under <c>Agents:NAME:Endpoints:ENDPOINT</c> (<see cref="EndpointOptions"/>).</summary>
public abstract partial class BaseAgent
{
    private readonly EndpointSet endpoints = new();
    private readonly OwnedSockets sockets = new();

    /// <summary>The endpoints, in the order in which they were given.</summary>
    public IReadOnlyList<AgentEndpoint> Endpoints => endpoints.All;

    internal IEnumerable<string> OwnSockets => sockets.Describe();

    /// <summary>Answers lines on a TCP port: one request a line, one answer a line, UTF-8. A line feed ends a line, with or without a carriage return before it; the last line needs no end. A byte order mark at the beginning is skipped. Each request is an operation, so that a stop waits for its answer.</summary>
    /// <param name="name">The endpoint's name within the agent.</param>
    /// <param name="answer">
    /// Answers one line, without its end; <see langword="null"/> for no answer. Called for one line of a connection at a time, and for several connections at once.
    /// An exception closes the connection. The token is cancelled when the time to drain is over.
    /// </param>
    /// <param name="defaults">Address and limits where the configuration says nothing; the address stands in the configuration where <see langword="null"/>.</param>
    /// <param name="newLine">What ends an answer.</param>
    /// <returns>The endpoint. It listens once <see cref="OnStartingAsync"/> has ended.</returns>
    /// <exception cref="ArgumentException">The agent has an endpoint of that name.</exception>
    protected AgentEndpoint ListenLines(string name, Func<string, CancellationToken, ValueTask<string?>> answer, EndpointOptions? defaults = null, string newLine = "\n")
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(newLine);
        var framing = new LineFraming(newLine);
        return Listen(name, new MessageLoop(framing, BeginAccepted, AnswerAsync), defaults);

        // An answer that is there at once, as most are, goes out without the cost of waiting for it.
        ValueTask AnswerAsync(ReadOnlySequence<byte> message, PipeWriter output, AgentOperation operation, CancellationToken cutOff)
        {
            var reply = answer(Encoding.UTF8.GetString(message), cutOff);
            if (!reply.IsCompletedSuccessfully)
                return AnswerLaterAsync(reply, output);
            Write(reply.Result, output);
            return ValueTask.CompletedTask;
        }

        async ValueTask AnswerLaterAsync(ValueTask<string?> reply, PipeWriter output) => Write(await reply.ConfigureAwait(false), output);

        void Write(string? reply, PipeWriter output)
        {
            if (reply is not null)
                framing.Write(reply, output);
        }
    }

    /// <inheritdoc cref="ListenLines(string, Func{string, CancellationToken, ValueTask{string?}}, EndpointOptions?, string)"/>
    protected AgentEndpoint ListenLines(string name, Func<string, string?> answer, EndpointOptions? defaults = null, string newLine = "\n")
    {
        ArgumentNullException.ThrowIfNull(answer);
        return ListenLines(name, (line, _) => ValueTask.FromResult(answer(line)), defaults, newLine);
    }

    /// <summary>Answers length-prefixed messages on a TCP port. Each request is an operation, so that a stop waits for its answer.</summary>
    /// <param name="name">The endpoint's name within the agent.</param>
    /// <param name="answer">
    /// Answers one message, without its prefix; <see langword="null"/> for no answer. The bytes are used again once it has answered: copy what is to be kept.
    /// Called for one message of a connection at a time, and for several connections at once. An exception closes the connection.
    /// </param>
    /// <param name="format">How a message states its length; <see cref="FrameFormat.BigEndian32"/> where <see langword="null"/>.</param>
    /// <returns>The endpoint. It listens once <see cref="OnStartingAsync"/> has ended.</returns>
    /// <exception cref="ArgumentException">The agent has an endpoint of that name.</exception>
    protected AgentEndpoint ListenFrames(
        string name, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<byte[]?>> answer, FrameFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(answer);
        IFraming framing = format ?? FrameFormat.BigEndian32;
        return Listen(name, new MessageLoop(framing, BeginAccepted, AnswerAsync));

        async ValueTask AnswerAsync(ReadOnlySequence<byte> message, PipeWriter output, AgentOperation operation, CancellationToken cutOff)
        {
            var request = message.IsSingleSegment ? message.First : message.ToArray();
            if (await answer(request, cutOff).ConfigureAwait(false) is { } reply)
                framing.Write(reply, output);
        }
    }

    /// <summary>Answers typed questions of other agents (<see cref="AgentClient"/>) on a TCP port. Each is an operation of the question's name, so that a stop waits for its answer.</summary>
    /// <param name="name">The endpoint's name within the agent.</param>
    /// <param name="map">Says which questions are answered, and how.</param>
    /// <returns>The endpoint. It listens once <see cref="OnStartingAsync"/> has ended.</returns>
    /// <exception cref="ArgumentException">The agent has an endpoint of that name, or a question is answered twice.</exception>
    protected AgentEndpoint ListenMessages(string name, Action<MessageRoutes> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        var routes = new MessageRoutes();
        map(routes);
        var answers = new MessageAnswers(routes, name, Context, Logger);
        return Listen(name, new MessageLoop(
            MessageAnswers.Framing, (_, message) => BeginAccepted(answers.OperationOf(message)), answers.AnswerAsync, MessageAnswers.Farewell));
    }

    /// <summary>Answers datagrams on a UDP port. Each is an operation, so that a stop waits for its answer.</summary>
    /// <param name="name">The endpoint's name within the agent.</param>
    /// <param name="answer">Answers one datagram; <see langword="null"/> for no answer. An exception is logged and counted, and the endpoint goes on.</param>
    /// <param name="concurrency">Datagrams answered at the same time, 1 or more; with 1, the default, they are answered in the order in which they came.</param>
    /// <param name="defaults">Address and limits where the configuration says nothing; the address stands in the configuration where <see langword="null"/>.</param>
    /// <returns>The endpoint. It listens once <see cref="OnStartingAsync"/> has ended.</returns>
    /// <exception cref="ArgumentException">The agent has an endpoint of that name.</exception>
    protected AgentEndpoint ListenDatagrams(
        string name, Func<AgentDatagram, CancellationToken, ValueTask<byte[]?>> answer, int concurrency = 1, EndpointOptions? defaults = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentOutOfRangeException.ThrowIfLessThan(concurrency, 1);
        return endpoints.Add(new DatagramEndpoint(name, Context, Logger, OptionsOf(name, defaults), answer, BeginAccepted, concurrency));
    }

    /// <inheritdoc cref="ListenDatagrams(string, Func{AgentDatagram, CancellationToken, ValueTask{byte[]}}, int, EndpointOptions?)"/>
    protected AgentEndpoint ListenDatagrams(string name, Func<AgentDatagram, byte[]?> answer, int concurrency = 1, EndpointOptions? defaults = null)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return ListenDatagrams(name, (datagram, _) => ValueTask.FromResult(answer(datagram)), concurrency, defaults);
    }

    /// <summary>Answers HTTP requests. Each is an operation, so that a stop waits for its answer; an exception becomes status 500.</summary>
    /// <param name="name">The endpoint's name within the agent.</param>
    /// <param name="map">Adds the routes, as in <c>routes.MapGet("/", ...)</c>.</param>
    /// <returns>The endpoint. It listens once <see cref="OnStartingAsync"/> has ended.</returns>
    /// <exception cref="ArgumentException">The agent has an endpoint of that name.</exception>
    protected AgentEndpoint ListenHttp(string name, Action<IEndpointRouteBuilder> map)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(map);
        return endpoints.Add(new HttpEndpoint(name, Context, Logger, OptionsOf(name), map, BeginAccepted));
    }

    /// <summary>
    /// Serves TCP connections with code that reads and writes bytes itself. Connections are limited, counted and encrypted by configuration as for all endpoints;
    /// messages are the code's own affair, so that neither their length nor a silent peer is limited here.
    /// </summary>
    /// <param name="name">The endpoint's name within the agent.</param>
    /// <param name="serve">
    /// Serves one connection until it ends. The token is cancelled when the endpoint drains: finish the message under way and return.
    /// An exception closes the connection and no other. A <see cref="ConnectionHandler"/> fits as <c>(connection, _) => handler.OnConnectedAsync(connection)</c>.
    /// </param>
    /// <returns>The endpoint. It listens once <see cref="OnStartingAsync"/> has ended.</returns>
    /// <exception cref="ArgumentException">The agent has an endpoint of that name.</exception>
    protected AgentEndpoint ListenConnections(string name, Func<ConnectionContext, CancellationToken, Task> serve)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(serve);
        return endpoints.Add(new StreamEndpoint(name, Context, Logger, OptionsOf(name), ServeAsync));

        async Task ServeAsync(AgentConnection connection)
        {
            connection.BeginAnswer();
            await serve(connection.Transport, connection.Endpoint.Draining).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Hands a listener over to the agent: it is closed when the agent stops, after operations have ended and loops were asked to end,
    /// and shown in the health report. For protocols that are better kept as they are.
    /// </summary>
    /// <param name="listener">The listener, started or not.</param>
    /// <returns>The same listener.</returns>
    protected TcpListener Own(TcpListener listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        sockets.Add(listener, listener.Server);
        return listener;
    }

    /// <inheritdoc cref="Own(TcpListener)"/>
    /// <param name="client">The client, bound or not.</param>
    /// <returns>The same client.</returns>
    protected UdpClient Own(UdpClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        sockets.Add(client, client.Client);
        return client;
    }

    /// <inheritdoc cref="Own(TcpListener)"/>
    /// <param name="socket">The socket, bound or not.</param>
    /// <returns>The same socket.</returns>
    protected Socket Own(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        sockets.Add(socket, socket);
        return socket;
    }

    private AgentEndpoint Listen(string name, MessageLoop messages, EndpointOptions? defaults = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return endpoints.Add(new StreamEndpoint(name, Context, Logger, OptionsOf(name, defaults), messages.ServeAsync));
    }

    private EndpointOptions OptionsOf(string endpoint, EndpointOptions? defaults = null) =>
        (Context.Options.Endpoints.TryGetValue(endpoint, out var options) ? options : new EndpointOptions()).Over(defaults);

    // A misspelt name would otherwise leave its settings without effect, in silence.
    private void WarnOfUnknownEndpoints()
    {
        foreach (var name in Context.Options.Endpoints.Keys.Where(name => !Endpoints.Any(endpoint => endpoint.Name.Equals(name, StringComparison.OrdinalIgnoreCase))))
        {
            var known = Endpoints.Count == 0 ? "none" : string.Join(", ", Endpoints.Select(endpoint => endpoint.Name));
            AgentLog.UnknownEndpoint(Logger, $"{AgentOptions.Section}:{Name}:{nameof(AgentOptions.Endpoints)}:{name}", Name, known);
        }
    }

    private AgentOperation BeginAccepted(AgentConnection connection, ReadOnlySequence<byte> message) => BeginAccepted(connection.Endpoint.Name);

    // What an endpoint has received is answered also where the agent has begun to drain meanwhile.
    private AgentOperation BeginAccepted(string name)
    {
        operations.EnterAccepted();
        return new AgentOperation(name, Context, operations);
    }
}
