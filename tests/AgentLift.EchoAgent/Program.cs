using AgentLift.EchoAgent;
using AgentLift.Runtime;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.AddAgent<EchoAgent>();
await builder.Build().RunAsync();
