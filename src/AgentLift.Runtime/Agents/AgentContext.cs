using System.Diagnostics.Metrics;
using System.Globalization;
using AgentLift.Runtime.Diagnostics;
using AgentLift.Runtime.Discovery;
using AgentLift.Runtime.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentLift.Runtime;

/// <summary>What the host gives an agent. One object, so that constructors of derived agents stay the same when the runtime grows.</summary>
public sealed class AgentContext
{
    internal const string MeterPrefix = "Agents.";

    internal AgentContext(string name, AgentOptions options, ILoggerFactory loggers, IMeterFactory? meters, TimeProvider time, AgentFailures failures, IAgentDirectory directory, DirectoryOptions directoryOptions)
    {
        Name = name;
        Options = options;
        LoggerFactory = loggers;
        Time = time;
        Metrics = new AgentMetrics(name, meters);
        Meter = meters?.Create(MeterPrefix + name) ?? new Meter(MeterPrefix + name);
        Failures = failures;
        Directory = directory;
        DirectoryOptions = directoryOptions;
    }

    /// <summary>The agent's name in configuration, logs and metrics.</summary>
    public string Name { get; }

    /// <summary>The limits of the agent's life.</summary>
    public AgentOptions Options { get; }

    /// <summary>Makes loggers.</summary>
    public ILoggerFactory LoggerFactory { get; }

    /// <summary>The clock of every delay and measurement.</summary>
    public TimeProvider Time { get; }

    /// <summary>For the agent's own figures. It is called <c>Agents.NAME</c>; such meters are shown and exported as the runtime's is (<see cref="MonitoringOptions.Meters"/>).</summary>
    public Meter Meter { get; }

    /// <summary>Where other agents can be reached.</summary>
    public IAgentDirectory Directory { get; }

    internal DirectoryOptions DirectoryOptions { get; }

    /// <summary>The agent's section of the configuration; <see langword="null"/> without a host.</summary>
    internal IConfiguration? Configuration { get; init; }

    /// <summary>The services of the host; <see langword="null"/> without one.</summary>
    internal IServiceProvider? Services { get; init; }

    internal AgentMetrics Metrics { get; }

    internal AgentFailures Failures { get; }

    /// <summary>A setting of the agent's own, from <c>Agents:NAME:SETTING</c>.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="fallback">Its value where the configuration says nothing, and without a host.</param>
    public string Setting(string name, string fallback)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Configuration?[name] ?? fallback;
    }

    /// <inheritdoc cref="Setting(string, string)"/>
    /// <exception cref="InvalidOperationException">The configuration has another text than a whole number.</exception>
    public int Setting(string name, int fallback)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (Configuration?[name] is not { } text)
            return fallback;
        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InvalidOperationException($"{AgentOptions.Section}:{Name}:{name} is '{text}'; it must be a whole number, such as {fallback}.");
    }

    /// <summary>A context without a host, for tests and for callers that still make and start an agent by hand. A failure ends no process.</summary>
    /// <param name="name">The agent's name.</param>
    /// <param name="options">The limits of its life; the defaults where <see langword="null"/>.</param>
    /// <param name="loggers">Where logs go; nowhere where <see langword="null"/>.</param>
    /// <param name="meters">Makes meters; the process-wide ones where <see langword="null"/>.</param>
    /// <param name="time">The clock; the system's where <see langword="null"/>.</param>
    /// <param name="directory">Where other agents can be reached; a directory of its own, empty, where <see langword="null"/>.</param>
    public static AgentContext Standalone(
        string name,
        AgentOptions? options = null,
        ILoggerFactory? loggers = null,
        IMeterFactory? meters = null,
        TimeProvider? time = null,
        IAgentDirectory? directory = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        loggers ??= NullLoggerFactory.Instance;
        return new AgentContext(
            name,
            options ?? new AgentOptions(),
            loggers,
            meters,
            time ?? TimeProvider.System,
            new AgentFailures(loggers.CreateLogger<AgentFailures>(), lifetime: null),
            directory ?? new InProcessDirectory(),
            new DirectoryOptions());
    }
}
