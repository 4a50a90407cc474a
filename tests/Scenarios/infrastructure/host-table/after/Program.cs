using System;
using System.Collections.Generic;
using AgentLift.Runtime;
using Microsoft.Extensions.Hosting;

namespace Fleet
{
    internal static class Program
    {
        // whoever adds one: tell operations
        private static readonly Dictionary<string, Action<IHostApplicationBuilder>> Workers = new Dictionary<string, Action<IHostApplicationBuilder>>
        {
            ["poll"] = builder => builder.AddAgent<PollAgent>(),
            ["sweep"] = builder => builder.AddAgent((_, context) => new SweepAgent(context, 5)), // the deep one
        };

        private static async Task<int> Main(string[] args)
        {
            if (!Workers.TryGetValue(args[0], out var make))
            {
                Console.Error.WriteLine("one of " + string.Join(", ", Workers.Keys));
                return 2;
            }

            var builder = Host.CreateApplicationBuilder(args);
            make(builder);
            await builder.Build().RunAsync();
            return Environment.ExitCode;
        }
    }
}
