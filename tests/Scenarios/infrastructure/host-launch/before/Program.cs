using System.Runtime.InteropServices;
using Fleet;

var names = new[] { "poll", "sweep", "count" };
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

Directory.SetCurrentDirectory(AppContext.BaseDirectory);
if (wanted != "all" && !names.Contains(wanted))
    return 2;

var stops = new Stack<Action>();
var over = new ManualResetEvent(false);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, c => { c.Cancel = true; over.Set(); });
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => { c.Cancel = true; over.Set(); });

// one after the other
foreach (var name in wanted == "all" ? names : new[] { wanted })
    stops.Push(Launch(name, port));
Console.WriteLine("ready: " + wanted);

over.WaitOne();
while (stops.Count > 0)
    stops.Pop()();
return 0;

static Action Launch(string name, int? port)
{
    switch (name)
    {
        case "poll":
            var poll = new PollAgent();
            poll.Port = port ?? poll.Port;
            // for the logs
            poll.Name = "poller of " + name;
            poll.Start();
            return poll.Stop;
        case "sweep":
            var sweep = port == null ? new SweepAgent() : new SweepAgent(port.Value);
            sweep.Start();
            return () => sweep.Stop();
        case "count":
        {
            Console.WriteLine("counting");
            var count = new CountAgent();
            count.Start();
            return count.Stop;
        }

        default:
            throw new ArgumentException(name);
    }
}
