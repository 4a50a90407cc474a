using AgentLift.Runtime;
using Fleet;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.AddModelManager<DetectModels>();
builder.AddAgent<DetectAgent>();
builder.AddAgent<RankAgent>(agent => agent.DependsOn.Add(nameof(DetectAgent)));
builder.AddModelManager<SpeechModels>();
builder.AddAgent<SpeechAgent>(agent => agent.DependsOn.Add(nameof(RankAgent)));
await builder.Build().RunAsync();
