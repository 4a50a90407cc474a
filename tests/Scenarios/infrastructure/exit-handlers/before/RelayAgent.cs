// relays
using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Fleet
{
	public sealed partial class RelayAgent : IDisposable
	{
		private readonly Thread _thread;
		private volatile bool _running;
		private PosixSignalRegistration _signal;
		private int _failures;

		public RelayAgent()
		{
			_thread = new Thread(Relay);
#if !NEVER
			_signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
			{
				context.Cancel = true;
				Dispose();
			});
#endif
		}

		#region life
		public void Start()
		{
			_running = true;
			// Ctrl+C
			Console.CancelKeyPress += OnCancel;
			AppDomain.CurrentDomain.ProcessExit += (_, _) => Flush();

			_thread.Start();
		}

		public void Dispose()
		{
			Console.CancelKeyPress -= OnCancel;
			_running = false;
			_signal?.Dispose();
		}
		#endregion
	}
}
