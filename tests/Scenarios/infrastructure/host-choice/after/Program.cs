using System;
using System.Threading;
using AgentLift.Runtime;
using Microsoft.Extensions.Hosting;

namespace Fleet
{
    internal static class Program
    {
        private static async Task Main(string[] args)
        {
            var builder = Host.CreateApplicationBuilder(args);
            _ = args[0] switch
            {
                "poll" => builder.AddAgent<PollAgent>(), // the usual one
                _ => builder.AddAgent((_, context) => new SweepAgent(context, 4)),
            };
            await builder.Build().RunAsync();
        }
    }
}
