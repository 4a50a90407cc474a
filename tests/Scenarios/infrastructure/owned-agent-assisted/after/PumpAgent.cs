using AgentLift.Runtime;

namespace Fleet.Plant
{
    // From the vendor; do not touch.
    public abstract class Device
    {
        public string Serial { get; set; } = "0";
    }

    /// <summary>Runs the pump.</summary>
    [LiftedAgent(MigrationStage.Infrastructure, ToolVersion = "0.1.0")]
    [RunBy(typeof(PumpAgentHost))]
    [AgentLift.Runtime.Agent("pump")]
    public class PumpAgent : Device
    {
        private volatile bool _running;

        public void Start()
        {
            _running = true;
            new Thread(Pump).Start();
        }

        public async Task StopAsync()
        {
            _running = false;
            await Task.Yield();
        }

        private void Pump()
        {
            while (_running)
                Thread.Sleep(10);
        }
    }

    /// <summary>Runs <see cref="PumpAgent"/>, whose base class stays what it is.</summary>
    // AGENTLIFT AGL1001: register PumpAgentHost with the host in place of making PumpAgent by hand.
    [LiftedAgent(MigrationStage.Integration, ToolVersion = "0.1.0")]
    [Agent("pump")]
    public sealed class PumpAgentHost(AgentContext context) : BaseAgent(context)
    {
        private readonly PumpAgent agent = new();

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            agent.Start();
            return ValueTask.CompletedTask;
        }

        protected override async ValueTask OnStoppedAsync(CancellationToken cancellationToken)
        {
            await agent.StopAsync();
        }
    }
}
