using AgentLift.Runtime;
using Microsoft.Extensions.Logging;

namespace Fleet;

/// <summary>Looks for new files.</summary>
[LiftedAgent(MigrationStage.Infrastructure, ToolVersion = "0.1.0")]
public partial class PollAgent : BaseAgent
{
	private readonly string _folder;
	private volatile bool _running;
	private Thread _thread;

	public PollAgent(AgentContext context, string folder)
		: base(context)
	{
		_folder = folder;
	}

	// The caller starts it once.
	protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
	{
		_running = true;
		_thread = new Thread(Loop);
		_thread.Start();
		LogWatching(_folder);
		return ValueTask.CompletedTask;
	}

	private void Loop()
	{
		while (_running)
		{
			foreach (var file in Directory.GetFiles(_folder))
				LogFound(file);
			Thread.Sleep(1000); // once a second is enough
		}
	}

	protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
	{
		_running = false;
		_thread.Join();
		return ValueTask.CompletedTask;
	}

	[LoggerMessage(LogLevel.Information, "watching {Folder}")]
	private partial void LogWatching(string folder);

	[LoggerMessage(LogLevel.Information, "found {File}")]
	private partial void LogFound(string file);
}
