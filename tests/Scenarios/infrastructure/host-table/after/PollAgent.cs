using AgentLift.Runtime;

namespace Fleet;

[LiftedAgent(MigrationStage.Infrastructure, ToolVersion = "0.1.0")]
public partial class PollAgent : BaseAgent, IWorker
{
    private volatile bool _running;
    private Thread _thread;

    public int Port = 5600;

    public new string Name { get; set; } = "poll";

    public PollAgent(AgentContext context)
        : base(context)
    {
    }

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
        Save();
    }

    private void Save() => File.WriteAllText("poll.txt", Name);

    private void Loop()
    {
        while (_running)
            Thread.Sleep(1000);
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

    protected override ValueTask OnDrainingAsync(CancellationToken cancellationToken)
    {
        Save();
        return ValueTask.CompletedTask;
    }
}
