using System.Text;
using System.Text.Json;
using AgentLift.Runtime;
using Microsoft.Extensions.Options;

namespace Lifted.DigitalTwin;

/// <summary>The twin of the test hall's water tank. One request a datagram, one answer a datagram.</summary>
[Agent("digital-twin")]
[LiftedAgent(MigrationStage.Integration)]
internal sealed class DigitalTwinAgent : BaseAgent
{
    private const double ZeroCelsius = 273.15;
    private const string UnknownCommand = """{"ok":false,"error":"unknown command"}""";
    private const string BadRequest = """{"ok":false,"error":"bad request"}""";

    private readonly DigitalTwinOptions options;
    private readonly SnapshotStore store;
    private readonly LazyDependency<TankCalibration> calibration;
    private readonly WaterTank tank = new();
    private readonly Lock gate = new();

    public DigitalTwinAgent(AgentContext context, IOptions<DigitalTwinOptions> options, SnapshotStore store)
        : base(context)
    {
        this.options = options.Value;
        this.store = store;
        calibration = DeclareDependency(
            "calibration",
            load => ValueTask.FromResult(TankCalibration.Load(this.options.CalibrationFile, load)),
            new LazyDependencyOptions { Warmup = LazyWarmup.AfterReady });
    }

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        store.Prepare();
        ListenDatagrams("requests", AnswerAsync);
        RunSupervised("snapshots", SnapshotAsync);
        return ValueTask.CompletedTask;
    }

    private async ValueTask<byte[]?> AnswerAsync(AgentDatagram datagram, CancellationToken cancellationToken)
    {
        var water = await calibration.GetAsync(cancellationToken);
        return Encoding.UTF8.GetBytes(Answer(Encoding.UTF8.GetString(datagram.Data.Span), water) + "\n");
    }

    private string Answer(string line, TankCalibration water)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var request = document.RootElement;
            lock (gate)
            {
                switch (request.GetProperty("cmd").GetString())
                {
                    case "health":
                        return JsonSerializer.Serialize(new HealthAnswer(water.Count > 0, Name, water.Count), TwinJson.Default.HealthAnswer);
                    case "telemetry":
                        tank.Advance(water, Number(request, "power", 0), Number(request, "flow", 0), Number(request, "dt", 1));
                        return TankState();
                    case "predict":
                        var kelvin = tank.After(water, Number(request, "power", 0), Number(request, "flow", 0), Number(request, "seconds", 60));
                        return JsonSerializer.Serialize(new PredictionAnswer(Ok: true, Celsius(kelvin)), TwinJson.Default.PredictionAnswer);
                    case "state":
                        return TankState();
                    case "reset":
                        tank.Reset();
                        return TankState();
                    default:
                        return UnknownCommand;
                }
            }
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return BadRequest;
        }
    }

    private string TankState() =>
        JsonSerializer.Serialize(new StateAnswer(Ok: true, tank.Steps, Math.Round(tank.Seconds, 3), Celsius(tank.Kelvin)), TwinJson.Default.StateAnswer);

    // The first snapshot is taken after the first period, not at once, so this is no RunPeriodically.
    private async Task SnapshotAsync(CancellationToken cancellationToken)
    {
        var last = -1;
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(options.SnapshotSeconds), Context.Time, cancellationToken);
            int steps;
            double kelvin;
            lock (gate)
                (steps, kelvin) = (tank.Steps, tank.Kelvin);
            if (steps != last)
                store.Add(last = steps, kelvin);
        }
    }

    private static double Celsius(double kelvin) => Math.Round(kelvin - ZeroCelsius, 3);

    private static double Number(JsonElement request, string member, double otherwise) =>
        request.TryGetProperty(member, out var value) ? value.GetDouble() : otherwise;
}
