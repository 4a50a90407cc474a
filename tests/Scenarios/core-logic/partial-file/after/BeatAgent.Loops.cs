namespace Fleet;

public partial class BeatAgent<T>
{
	private int _beats;

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
