using System;
using System.Threading;
using AgentLift.Runtime;
using Microsoft.Extensions.Hosting;

namespace Fleet
{
	internal static class Program
	{
		// Started by the init script.
		private static async Task<int> Main(string[] args)
		{
			if (args.Length > 1)
			{
				Console.Error.WriteLine("too many arguments");
				return 2;
			}

			// end in order
			var builder = Host.CreateApplicationBuilder(args);
			builder.AddAgent<PollAgent>();
			builder.AddAgent<SweepAgent>(agent => agent.DependsOn.Add(nameof(PollAgent)));
			using var host = builder.Build();
			await host.StartAsync();
			Console.WriteLine("fleet is up");
			await host.WaitForShutdownAsync();
			Console.WriteLine("fleet is down");
			return Environment.ExitCode;
		}
	}
}
