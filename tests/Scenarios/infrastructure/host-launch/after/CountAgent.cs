using AgentLift.Runtime;

namespace Fleet;

[LiftedAgent(MigrationStage.Infrastructure, ToolVersion = "0.1.0")]
public partial class CountAgent : BaseAgent
{
    private volatile bool _running;
    private Thread _thread;

    public CountAgent(AgentContext context)
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

    protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
    {
        _running = false;
        _thread.Join();
        return ValueTask.CompletedTask;
    }

    private void Loop()
    {
        while (_running)
            Thread.Sleep(1000);
    }
}
