using AgentLift.Runtime;

namespace Fleet;

[LiftedAgent(MigrationStage.Infrastructure, ToolVersion = "0.1.0")]
public partial class SweepAgent(AgentContext context, int depth = 3) : BaseAgent(context), IWorker
{
    private volatile bool _running;
    private Thread _thread;

    public void Start()
    {
        _running = true;
        _thread = new Thread(Loop);
        _thread.Start();
    }

    public void Stop()
    {
        _running = false;
        _thread.Join();
    }

    private void Loop()
    {
        while (_running)
            Thread.Sleep(1000 * depth);
    }

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        Start();
        return ValueTask.CompletedTask;
    }

    protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
    {
        Stop();
        return ValueTask.CompletedTask;
    }
}
