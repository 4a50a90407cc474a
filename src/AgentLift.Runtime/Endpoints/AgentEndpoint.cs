using System.Net;
using AgentLift.Runtime.Diagnostics;
using AgentLift.Runtime.Endpoints;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime;

/// <summary>A port on which an agent answers.</summary>
#pragma warning disable CA1001 // Stopping it releases what it holds; its token sources hold nothing that must be released.
public abstract class AgentEndpoint
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource draining = new();
    private readonly CancellationTokenSource cutOff = new();

    private protected AgentEndpoint(string name, string scheme, AgentContext agent, ILogger logger, EndpointOptions options)
    {
        Name = name;
        Scheme = scheme;
        Agent = agent;
        Logger = logger;
        Options = options;
    }

    /// <summary>The endpoint's name within its agent.</summary>
    public string Name { get; }

    /// <summary><c>tcp</c>, <c>udp</c> or <c>http</c>.</summary>
    public string Scheme { get; }

    /// <summary>Where it listens, with the port that it was given where the configuration says 0; <see langword="null"/> before the start.</summary>
    public IPEndPoint? Address { get; private set; }

    /// <summary>Connections held; for <c>udp</c> and <c>http</c> the requests being answered.</summary>
    public abstract int Connections { get; }

    private protected AgentContext Agent { get; }

    private protected ILogger Logger { get; }

    private protected EndpointOptions Options { get; }

    private protected string Key => $"{AgentOptions.Section}:{Agent.Name}:{nameof(AgentOptions.Endpoints)}:{Name}";

    /// <exception cref="AgentFailedException">The address is missing or not this machine's, the port is taken, or the certificate does not load.</exception>
    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!EndpointAddress.TryParse(Options.Address, out var wanted))
            throw Failed($"{Key}:{nameof(EndpointOptions.Address)} is '{Options.Address}'; set it to IP:PORT, such as 127.0.0.1:5601.");
        Address = await ListenAsync(wanted, cancellationToken).ConfigureAwait(false);
        AgentLog.Listening(Logger, Agent.Name, Name, Scheme, Address);
    }

    /// <summary>Cancelled when the endpoint drains.</summary>
    internal CancellationToken Draining => draining.Token;

    /// <summary>Cancelled when the time to drain is over. A peer that ends its side, or leaves, cancels nothing: what it asked is answered, as it may still listen.</summary>
    internal CancellationToken CutOff => cutOff.Token;

    /// <summary>Takes nothing new, lets what has been received be answered, and closes; at once when the token is cancelled.</summary>
    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), cutOff).ConfigureAwait(false);
        await draining.CancelAsync().ConfigureAwait(false);
        await CloseAsync(cancellationToken).ConfigureAwait(false);
    }

    private protected abstract Task CloseAsync(CancellationToken cancellationToken);

    private protected abstract Task<IPEndPoint> ListenAsync(IPEndPoint wanted, CancellationToken cancellationToken);

    /// <summary>Tells of a peer that did what it may not; its message says what.</summary>
    private protected void Refused(Exception error)
    {
        Agent.Metrics.ConnectionFailed(Name, error);
        AgentLog.ConnectionRefused(Logger, Agent.Name, Name, error.Message);
    }

    /// <summary>Tells of the agent's own failure to answer.</summary>
    private protected void Broke(Exception error)
    {
        Agent.Metrics.ConnectionFailed(Name, error);
        AgentLog.ConnectionFailed(Logger, error, Agent.Name, Name);
    }

    private protected AgentFailedException CannotListen(Exception error) => Failed(
        $"it cannot listen on {Options.Address}: {error.GetBaseException().Message}. Free the port, or set {Key}:{nameof(EndpointOptions.Address)}.", error.GetBaseException());

    private protected AgentFailedException Failed(string message, Exception? error = null) => new(Agent.Name, $"endpoint {Name}", message, error);
}
