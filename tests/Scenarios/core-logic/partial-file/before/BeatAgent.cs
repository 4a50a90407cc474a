namespace Fleet;

public partial class BeatAgent<T>
	where T : class, new()
{
	private readonly CancellationTokenSource _cancel = new();
	private int beats = 1;
	private Thread _thread;

	public void Start()
	{
		_thread = new Thread(BeatLoop) { IsBackground = true, Priority = ThreadPriority.AboveNormal };
		_thread.Start();
		new Thread(() =>
		{
			// looks after the beats
			for (;;)
			{
				Thread.Sleep(500);
				Look();
			}
		}).Start();
	}

	public void Stop()
	{
		_cancel.Cancel();
		_thread.Join();
#if DEBUG
		Look();
#endif
	}
}
