using AgentLift.Runtime;
using Lifted.DigitalTwin;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// Settings, tables and databases lie beside the program, wherever it is started from.
Directory.SetCurrentDirectory(AppContext.BaseDirectory);

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddOptionsWithValidateOnStart<DigitalTwinOptions, DigitalTwinOptionsValidator>().BindConfiguration(DigitalTwinOptions.Section);
builder.Services.AddSingleton<SnapshotStore>();
builder.AddAgent<DigitalTwinAgent>();
await builder.Build().RunAsync();
