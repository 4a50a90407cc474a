using System.Runtime.InteropServices;
using AgentLift.Runtime;
using Fleet;
using Microsoft.Extensions.Hosting;

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

// one after the other
var builder = Host.CreateApplicationBuilder(args);
builder.StartAgentsInOrder();
foreach (var name in wanted == "all" ? names : new[] { wanted })
    Launch(builder, name, port);
using var host = builder.Build();
await host.StartAsync();
Console.WriteLine("ready: " + wanted);

await host.WaitForShutdownAsync();
return Environment.ExitCode;

static void Launch(IHostApplicationBuilder builder, string name, int? port)
{
    switch (name)
    {
        case "poll":
            builder.AddAgent((_, context) =>
            {
                var poll = new PollAgent(context);
                poll.Port = port ?? poll.Port;
                // for the logs
                poll.Name = "poller of " + name;
                return poll;
            });
            break;
        case "sweep":
            builder.AddAgent((_, context) => port == null ? new SweepAgent(context) : new SweepAgent(context, port.Value));
            break;
        case "count":
        {
            Console.WriteLine("counting");
            builder.AddAgent<CountAgent>();
            break;
        }

        default:
            throw new ArgumentException(name);
    }
}
