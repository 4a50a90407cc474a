using System.Net;

namespace AgentLift.Runtime;

/// <summary>Where an endpoint listens, and its limits; bound from <c>Agents:NAME:Endpoints:ENDPOINT</c> and validated at start.</summary>
public sealed class EndpointOptions
{
    private static readonly EndpointOptions Untouched = new();

    /// <summary>Where to listen: <c>IP:PORT</c> such as <c>127.0.0.1:5601</c> or <c>[::1]:5601</c>, <c>*:PORT</c> for all addresses, port 0 for any free one. Required, in the configuration or in the agent's code.</summary>
    public string Address { get; set; } = string.Empty;

    /// <summary>The most connections at the same time; 1 to 1,000,000, 10,000 by default. Further ones are closed at once. Has no meaning for UDP.</summary>
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>The longest message, datagram or HTTP body, in bytes; 1 to 1 GiB, 64 KiB by default. A connection that sends a longer one is closed; a longer datagram is dropped.</summary>
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>How long a connection may go without completing a message, while none of its is being answered; 1 s to 24 h, 2 minutes by default. Then it is closed.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>A PKCS#12 file with the server's certificate and key, for TLS; <see langword="null"/> for none.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The password of <see cref="CertificateFile"/>, if it has one. Keep it in a secret store, not in a settings file.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>The names of the values that the configuration gives.</summary>
    internal IReadOnlyCollection<string> Given { get; set; } = [];

    /// <summary>
    /// The defaults of an endpoint that was a listener written by hand: where that listened, and the widest limits, so that its clients notice no change. The
    /// configuration sets tighter ones.
    /// </summary>
    /// <param name="address">Where to listen unless the configuration says otherwise.</param>
    /// <returns>1,000,000 connections, 1 GiB a message, 24 hours of silence.</returns>
    public static EndpointOptions WithoutLimits(IPEndPoint address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new EndpointOptions { Address = address.ToString(), MaxConnections = 1_000_000, MaxMessageBytes = 1024 * 1024 * 1024, IdleTimeout = TimeSpan.FromHours(24) };
    }

    /// <summary>These options, with those defaults for all that nobody has set.</summary>
    internal EndpointOptions Over(EndpointOptions? defaults)
    {
        return defaults is null ? this : new EndpointOptions
        {
            Address = Or(nameof(Address), options => options.Address),
            MaxConnections = Or(nameof(MaxConnections), options => options.MaxConnections),
            MaxMessageBytes = Or(nameof(MaxMessageBytes), options => options.MaxMessageBytes),
            IdleTimeout = Or(nameof(IdleTimeout), options => options.IdleTimeout),
            CertificateFile = Or(nameof(CertificateFile), options => options.CertificateFile),
            CertificatePassword = Or(nameof(CertificatePassword), options => options.CertificatePassword),
        };

        T Or<T>(string name, Func<EndpointOptions, T> value) =>
            Given.Contains(name, StringComparer.OrdinalIgnoreCase) || !EqualityComparer<T>.Default.Equals(value(this), value(Untouched)) ? value(this) : value(defaults);
    }
}
