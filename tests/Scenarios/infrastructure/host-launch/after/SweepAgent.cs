using AgentLift.Runtime;

namespace Fleet;

[LiftedAgent(MigrationStage.Infrastructure, ToolVersion = "0.1.0")]
public partial class SweepAgent(AgentContext context, int depth = 3) : BaseAgent(context)
{
    private volatile bool _running;
    private Thread _thread;

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        _running = true;
        _thread = new Thread(Loop);
        _thread.Start();
        return ValueTask.CompletedTask;
    }

    protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
    {
        _running = false;
        _thread.Join();
        return ValueTask.CompletedTask;
    }

    private void Loop()
    {
        while (_running)
            Thread.Sleep(1000 * depth);
    }
}
