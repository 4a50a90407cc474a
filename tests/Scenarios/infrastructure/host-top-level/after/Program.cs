// The poller of the north hall.
using AgentLift.Runtime;
using Fleet;
using Microsoft.Extensions.Hosting;

// everything reads by relative path
Directory.SetCurrentDirectory(AppContext.BaseDirectory);

var builder = Host.CreateApplicationBuilder(args);
builder.AddAgent<PollAgent>(); // the only one

await builder.Build().RunAsync();
