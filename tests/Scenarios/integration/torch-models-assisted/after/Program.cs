using AgentLift.Runtime;
using Fleet;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.AddModelManager<DetectModels>();
builder.AddAgent<DetectAgent>();
builder.AddAgent<RankAgent>(agent => agent.DependsOn.Add(nameof(DetectAgent)));
await builder.Build().RunAsync();
