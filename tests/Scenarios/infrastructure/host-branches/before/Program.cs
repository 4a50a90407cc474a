using System;
using System.Collections.Generic;
using System.Threading;

namespace Fleet
{
    internal static class Program
    {
        private static int Main(string[] args)
        {
            var done = new ManualResetEventSlim();
            Console.CancelKeyPress += (_, e) =>
            {
                e.Cancel = true;
                done.Set();
            };
            var sweeping = StartSweep(args.Length);
            var others = new List<CountAgent>();
            if (args.Contains("--count"))
            {
                // counts what the sweep leaves
                var count = new CountAgent();
                count.Start();
                others.Add(count);
            }
            else
            {
                new PollAgent().Start();
            }

            done.Wait();
            foreach (var other in others)
                other.Stop();
            sweeping.Stop();
            return 0;
        }

        private static SweepAgent StartSweep(int depth)
        {
            if (depth > 5)
                throw new ArgumentOutOfRangeException(nameof(depth));
            var sweep = new SweepAgent(depth);
            sweep.Start();
            return sweep;
        }
    }
}
