using AgentLift.Runtime;
using Fleet.Agents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

const string greeting = "good day";
var port = args.Length > 0 ? int.Parse(args[0]) : 5601;

#region agents
var builder = Host.CreateApplicationBuilder(args);
builder.AddAgent((_, context) => new AnswerServer(context, port, greeting: greeting));
builder.AddAgent<ClockAgent<DateTime>>(agent => agent.DependsOn.Add(nameof(AnswerServer)));
using var host = builder.Build();
var answers = host.Services.GetRequiredService<AnswerServer>();
answers.Backlog = 10;
await host.StartAsync();
#endregion

Console.WriteLine("greets with " + answers.Greeting);
await host.WaitForShutdownAsync();
