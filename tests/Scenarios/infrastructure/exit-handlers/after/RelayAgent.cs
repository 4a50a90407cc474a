// relays
using System;
using System.Runtime.InteropServices;
using System.Threading;
using AgentLift.Runtime;

namespace Fleet
{
	[LiftedAgent(MigrationStage.Infrastructure, ToolVersion = "0.1.0")]
	public sealed partial class RelayAgent : BaseAgent, IDisposable
	{
		private readonly Thread _thread;
		private volatile bool _running;
		private int _failures;

		public RelayAgent(AgentContext agentContext)
			: base(agentContext)
		{
			_thread = new Thread(Relay);
#if !NEVER
#endif
		}

		#region life
		protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
		{
			_running = true;
			// Ctrl+C

			_thread.Start();
			return ValueTask.CompletedTask;
		}

		public void Dispose()
		{
			_running = false;
		}
		#endregion

		protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
		{
			Dispose();
			return ValueTask.CompletedTask;
		}

		protected override ValueTask OnDrainingAsync(CancellationToken cancellationToken)
		{
			Flush();
			return ValueTask.CompletedTask;
		}
	}
}
