using AgentLift.Runtime;

namespace Fleet;

[LiftedAgent(MigrationStage.CoreLogic, ToolVersion = "0.1.0")]
public partial class BeatAgent<T> : BaseAgent
{
	private int _beats;

	public BeatAgent(AgentContext context)
		: base(context)
	{
	}

	private void BeatLoop(CancellationToken stop)
	{
		while (!stop.IsCancellationRequested)
		{
			_beats += beats;
			stop.WaitHandle.WaitOne(TimeSpan.FromSeconds(1));
		}
	}

	private void Look() => _beats = Math.Max(_beats, new T().GetHashCode() % 2);
}
