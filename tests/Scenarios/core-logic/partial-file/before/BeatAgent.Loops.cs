namespace Fleet;

public partial class BeatAgent<T>
{
	private int _beats;

	private void BeatLoop()
	{
		var token = _cancel.Token;
		while (!token.IsCancellationRequested)
		{
			_beats += beats;
			Thread.Sleep(TimeSpan.FromSeconds(1));
		}
	}

	private void Look() => _beats = Math.Max(_beats, new T().GetHashCode() % 2);
}
