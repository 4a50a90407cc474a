using System;
using System.Collections.Generic;

namespace Fleet
{
    internal static class Program
    {
        // whoever adds one: tell operations
        private static readonly Dictionary<string, Func<IWorker>> Workers = new Dictionary<string, Func<IWorker>>
        {
            ["poll"] = () => new PollAgent(),
            ["sweep"] = () => new SweepAgent(5), // the deep one
        };

        private static int Main(string[] args)
        {
            if (!Workers.TryGetValue(args[0], out var make))
            {
                Console.Error.WriteLine("one of " + string.Join(", ", Workers.Keys));
                return 2;
            }

            var worker = make();
            worker.Start();
            Console.ReadLine();
            worker.Stop();
            return 0;
        }
    }
}
