// relays
using System;
using System.Runtime.InteropServices;
using System.Threading;
using AgentLift.Runtime;

namespace Fleet
{
	public sealed partial class RelayAgent : IDisposable
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
	}
}
