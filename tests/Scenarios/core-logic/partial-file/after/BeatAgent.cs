using AgentLift.Runtime;

namespace Fleet;

[LiftedAgent(MigrationStage.CoreLogic, ToolVersion = "0.1.0")]
public partial class BeatAgent<T> : BaseAgent
	where T : class, new()
{
	private int beats = 1;

	public BeatAgent(AgentContext context)
		: base(context)
	{
	}

	protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
	{
		RunOnThread("beat", token =>
		{
			Thread.CurrentThread.Priority = ThreadPriority.AboveNormal;
			BeatLoop(token);
		});
		RunSupervised("look", async token =>
		{
			// looks after the beats
			while (!token.IsCancellationRequested)
			{
				await Task.Delay(500, token);
				Look();
			}
		});
		return ValueTask.CompletedTask;
	}

	protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
	{
#if DEBUG
		Look();
#endif
		return ValueTask.CompletedTask;
	}
}
