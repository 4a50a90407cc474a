using System;
using System.Threading;

namespace Fleet
{
    internal static class Program
    {
        private static void Main(string[] args)
        {
            IWorker worker = args[0] switch
            {
                "poll" => new PollAgent(), // the usual one
                _ => new SweepAgent(4),
            };
            worker.Start();
            Thread.Sleep(Timeout.Infinite);
            worker.Stop();
        }
    }
}
