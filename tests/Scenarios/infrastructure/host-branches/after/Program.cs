using System;
using System.Collections.Generic;
using System.Threading;
using AgentLift.Runtime;
using Microsoft.Extensions.Hosting;

namespace Fleet
{
    internal static class Program
    {
        private static async Task<int> Main(string[] args)
        {
            var builder = Host.CreateApplicationBuilder(args);
            builder.StartAgentsInOrder();
            StartSweep(builder, args.Length);
            if (args.Contains("--count"))
            {
                // counts what the sweep leaves
                builder.AddAgent<CountAgent>();
            }
            else
            {
                builder.AddAgent<PollAgent>();
            }

            await builder.Build().RunAsync();
            return Environment.ExitCode;
        }

        private static void StartSweep(IHostApplicationBuilder builder, int depth)
        {
            if (depth > 5)
                throw new ArgumentOutOfRangeException(nameof(depth));
            builder.AddAgent((_, context) => new SweepAgent(context, depth));
        }
    }
}
