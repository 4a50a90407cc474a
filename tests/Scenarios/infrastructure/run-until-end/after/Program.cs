using AgentLift.Runtime;
using Fleet;
using Microsoft.Extensions.Hosting;

if (args.Length != 1)
{
    Console.Error.WriteLine("usage: tail FILE");
    return 1;
}

var file = args[0];
var builder = Host.CreateApplicationBuilder(args);
builder.AddAgent((_, context) => new TailAgent(context, file));
// systemd
await builder.Build().RunAsync();
return Environment.ExitCode;
