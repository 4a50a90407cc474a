namespace AgentLift.Runtime;

/// <summary>
/// How a process of agents is watched from outside, bound from <c>Monitoring</c> and validated at start.
/// systemd needs no option: where the process runs under it as <c>Type=notify</c>, it is told.
/// </summary>
public sealed class MonitoringOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Monitoring";

    /// <summary>
    /// Where <c>/health/live</c>, <c>/health/ready</c> and <c>/metrics</c> are served over HTTP: <c>IP:PORT</c> such as <c>127.0.0.1:9464</c>,
    /// <c>*:PORT</c> for all addresses, port 0 for any free one. <see langword="null"/>, the default: nowhere.
    /// </summary>
    public string? Address { get; set; }

    /// <summary>How long the health checks of one probe may take together; 100 ms to 5 min, 10 s by default. Then the answer is unhealthy.</summary>
    public TimeSpan HealthTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Names of the meters whose figures are shown; a <c>*</c> at the end stands for any rest. Where none is given:
    /// <c>AgentLift.Runtime</c>, <c>System.Runtime</c> and <c>Agents.*</c> (<see cref="AgentContext.Meter"/>).
    /// </summary>
    public IList<string> Meters { get; } = [];

    /// <summary>
    /// The most series of one figure, that is, combinations of its tags; 1 to 100,000, 2,000 by default.
    /// All further ones are counted in one series labelled <c>otel_metric_overflow</c>.
    /// </summary>
    public int MaxSeries { get; set; } = 2_000;

    /// <summary>Tells this process from others of the same application. <see langword="null"/>, the default: name of the machine and process id.</summary>
    public string? InstanceId { get; set; }

    /// <summary>
    /// The OpenTelemetry collector that figures are sent to: an absolute http or https address such as <c>http://localhost:4317</c>.
    /// <see langword="null"/>, the default: none. Headers are taken from the environment variable <c>OTEL_EXPORTER_OTLP_HEADERS</c>.
    /// </summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>How <see cref="OtlpEndpoint"/> is spoken to; <see cref="OtlpProtocol.Grpc"/> by default.</summary>
    public OtlpProtocol OtlpProtocol { get; set; } = OtlpProtocol.Grpc;

    /// <summary>The pause between two exports to <see cref="OtlpEndpoint"/>; 1 s to 1 h, 60 s by default.</summary>
    public TimeSpan OtlpInterval { get; set; } = TimeSpan.FromSeconds(60);
}

/// <summary>How an OpenTelemetry collector is spoken to.</summary>
public enum OtlpProtocol
{
    /// <summary>gRPC; the usual port is 4317.</summary>
    Grpc = 0,

    /// <summary>Protocol buffers over HTTP; the usual port is 4318. <c>/v1/metrics</c> is added to the address where it is missing.</summary>
    HttpProtobuf = 1,
}
