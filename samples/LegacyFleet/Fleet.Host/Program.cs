using System.Diagnostics;
using System.Runtime.InteropServices;
using Fleet.Dialogue;
using Fleet.Models;
using Fleet.Platform;
using Fleet.Shared;

// Fleet.Host <agent> [--port N] | all | list | prepare

var names = new[]
{
    "service-registry", "model-manager", "vram-optimizer", "face-recognition", "noise-reduction", "streaming-speech",
    "tutor", "tiered-responder", "memory-reasoning", "dream-world", "async-processor", "task-router", "health-monitor", "digital-twin",
};

var wanted = args.Length > 0 ? args[0] : "list";
if (wanted == "list")
{
    foreach (var n in names)
        Console.WriteLine(n);
    return 0;
}

int? port = null;
for (var i = 1; i + 1 < args.Length; i++)
{
    if (args[i] == "--port")
        port = int.Parse(args[i + 1]);
}

// everything in here reads data/ and config/ by relative path
Directory.SetCurrentDirectory(AppContext.BaseDirectory);
FleetData.EnsureAll();
if (wanted == "prepare")
    return 0;
if (wanted != "all" && !names.Contains(wanted))
{
    Console.Error.WriteLine("no such agent: " + wanted);
    return 2;
}

var stops = new Stack<Action>();
var over = new ManualResetEvent(false);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, c => { c.Cancel = true; over.Set(); });
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => { c.Cancel = true; over.Set(); });

var watch = Stopwatch.StartNew();
foreach (var name in wanted == "all" ? names : new[] { wanted })
    stops.Push(Launch(name, port));
Console.WriteLine("ready: " + wanted + " after " + watch.ElapsedMilliseconds + " ms");

over.WaitOne();
while (stops.Count > 0)
    stops.Pop()();
return 0;

static Action Launch(string name, int? port)
{
    switch (name)
    {
        case "service-registry":
            var registry = new ServiceRegistry();
            registry.Port = port ?? registry.Port;
            registry.HttpPort = port + 80 ?? registry.HttpPort;
            registry.Start();
            return registry.Stop;
        case "model-manager":
            var models = new ModelManagerAgent();
            models.Port = port ?? models.Port;
            models.Start();
            return models.Stop;
        case "vram-optimizer":
            var vram = new VramOptimizerService();
            vram.Port = port ?? vram.Port;
            vram.Start();
            return vram.Stop;
        case "face-recognition":
            var faces = new FaceRecognitionAgent();
            faces.Port = port ?? faces.Port;
            faces.Start();
            return faces.Stop;
        case "noise-reduction":
            var noise = new NoiseReductionAgent();
            noise.Port = port ?? noise.Port;
            noise.Start();
            return noise.Stop;
        case "streaming-speech":
            var speech = new StreamingSpeechServer();
            speech.Port = port ?? speech.Port;
            speech.Start();
            return speech.Stop;
        case "tutor":
            var tutor = new TutorAgent();
            tutor.Port = port ?? tutor.Port;
            tutor.Start();
            return tutor.Stop;
        case "tiered-responder":
            var responder = new TieredResponder();
            responder.Port = port ?? responder.Port;
            responder.Start();
            return responder.Stop;
        case "memory-reasoning":
            var memory = new MemoryReasoningAgent();
            memory.Port = port ?? memory.Port;
            memory.Start();
            return memory.Stop;
        case "dream-world":
            var dream = port == null ? new DreamWorldAgent() : new DreamWorldAgent(port.Value);
            dream.Start();
            return dream.Stop;
        case "async-processor":
            var processor = new AsyncProcessor();
            processor.Port = port ?? processor.Port;
            processor.Start();
            return processor.Stop;
        case "task-router":
            var router = new TaskRouter();
            router.Port = port ?? router.Port;
            router.Start();
            return router.Stop;
        case "health-monitor":
            var monitor = new HealthMonitor();
            monitor.Port = port ?? monitor.Port;
            monitor.Start();
            return monitor.Stop;
        case "digital-twin":
            var twin = new DigitalTwinAgent();
            twin.Port = port ?? twin.Port;
            twin.Start();
            return twin.Stop;
        default:
            throw new ArgumentException(name);
    }
}
