using System;
using System.IO;
using System.Threading;
using AgentLift.Runtime;

namespace Fleet
{
    [LiftedAgent(MigrationStage.Infrastructure, ToolVersion = "0.1.0")]
    public sealed partial class RelayAgent : BaseAgent
    {
        private void Flush() => File.WriteAllText("relayed.txt", "done");

        private void Relay()
        {
            while (_running)
            {
                try
                {
                    File.Copy("in", "out", overwrite: true);
                }
                catch (IOException)
                {
                    // five strikes
                    if (++_failures == 5)
                        { RequestStop(3); return; } // the watchdog starts us again
                }

                Thread.Sleep(100);
            }
        }

        protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        protected override ValueTask OnDrainingAsync(CancellationToken cancellationToken)
        {
            Flush();
            return ValueTask.CompletedTask;
        }
    }
}
