namespace Fleet;

/// <summary>Looks for new files.</summary>
public class PollAgent
{
	private readonly string _folder;
	private volatile bool _running;
	private Thread _thread;

	public PollAgent(string folder)
	{
		_folder = folder;
	}

	// The caller starts it once.
	public void Start()
	{
		_running = true;
		_thread = new Thread(Loop);
		_thread.Start();
		Console.WriteLine($"watching {_folder}");
	}

	private void Loop()
	{
		while (_running)
		{
			foreach (var file in Directory.GetFiles(_folder))
				Console.WriteLine("found " + file);
			Thread.Sleep(1000); // once a second is enough
		}
	}

	public void Stop()
	{
		_running = false;
		_thread.Join();
	}
}
