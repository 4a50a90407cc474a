using System;
using System.Threading;

namespace Fleet
{
	internal static class Program
	{
		// Started by the init script.
		private static int Main(string[] args)
		{
			if (args.Length > 1)
			{
				Console.Error.WriteLine("too many arguments");
				return 2;
			}

			var done = new ManualResetEvent(false);
			Console.CancelKeyPress += (_, e) =>
			{
				e.Cancel = true; // end in order
				done.Set();
			};
			var poll = new PollAgent();
			var sweep = new SweepAgent();
			poll.Start();
			sweep.Start();
			Console.WriteLine("fleet is up");
			done.WaitOne();
			sweep.Shutdown();
			poll.Stop();
			Console.WriteLine("fleet is down");
			return 0;
		}
	}
}
