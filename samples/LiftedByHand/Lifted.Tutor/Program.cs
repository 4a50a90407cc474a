using AgentLift.Runtime;
using Lifted.Tutor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// Settings, tables and databases lie beside the program, wherever it is started from.
Directory.SetCurrentDirectory(AppContext.BaseDirectory);

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddOptionsWithValidateOnStart<TutorOptions, TutorOptionsValidator>().BindConfiguration(TutorOptions.Section);
builder.Services.AddSingleton<LessonStore>();
builder.AddAgent<TutorAgent>();
await builder.Build().RunAsync();
