using AgentLift.Runtime;
using Microsoft.Extensions.Hosting;
using Vision;

#if !WITH_TORCHSHARP
Console.Error.WriteLine("This build has a stand-in for TorchSharp, which computes nothing. Build with -p:WithTorchSharp=true to run the sample.");
return 1;
#else
// Models and settings lie beside the program, wherever it is started from.
Directory.SetCurrentDirectory(AppContext.BaseDirectory);

var builder = Host.CreateApplicationBuilder(args);
builder.AddModelManager<VisionModels>();
builder.AddAgent<VisionAgent>();
await builder.Build().RunAsync();
return 0;
#endif
