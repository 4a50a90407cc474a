using AgentLift.Runtime;

namespace Fleet;

[LiftedAgent(MigrationStage.Infrastructure, ToolVersion = "0.1.0")]
public partial class PollAgent : BaseAgent
{
    private volatile bool _running;
    private Thread _thread;

    public int Port = 5600;

    public new string Name { get; set; } = "poll";

    public PollAgent(AgentContext context)
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
        Save();
        return ValueTask.CompletedTask;
    }

    private void Save() => File.WriteAllText("poll.txt", Name);

    private void Loop()
    {
        while (_running)
            Thread.Sleep(1000);
    }
}
