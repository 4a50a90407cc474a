using AgentLift.Runtime;

namespace Fleet;

[LiftedAgent(MigrationStage.Infrastructure, ToolVersion = "0.1.0")]
public partial class SweepAgent : BaseAgent
{
    private volatile bool _running;
    private Thread _thread;

    public SweepAgent(AgentContext context)
        : base(context)
    {
    }

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        _running = true;
        _thread = new Thread(Loop);
        _thread.Start();
        return ValueTask.CompletedTask;
    }

    public void Shutdown()
    {
        _running = false;
        _thread.Join();
    }

    private void Loop()
    {
        while (_running)
            Thread.Sleep(1000);
    }

    protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
    {
        Shutdown();
        return ValueTask.CompletedTask;
    }
}
