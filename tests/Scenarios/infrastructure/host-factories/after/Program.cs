using AgentLift.Runtime;
using Fleet;
using Microsoft.Extensions.Hosting;

var depth = args.Length;
var builder = Host.CreateApplicationBuilder(args);
builder.StartAgentsInOrder();
foreach (var name in new[] { "poll", "sweep" })
{
    Create(builder, name, depth);
}

await builder.Build().RunAsync();

// by its name in the plan
static void Create(IHostApplicationBuilder builder, string name, int depth) => _ = name switch
{
    "poll" => builder.AddAgent<PollAgent>(),
    "sweep" => builder.AddAgent((_, context) => new SweepAgent(context, depth)),
    _ => throw new ArgumentException(name),
};
