namespace Fleet;

public class CountAgent
{
    private volatile bool _running;
    private Thread _thread;

    public void Start()
    {
        _running = true;
        _thread = new Thread(Loop);
        _thread.Start();
    }

    public void Stop()
    {
        _running = false;
        _thread.Join();
    }

    private void Loop()
    {
        while (_running)
            Thread.Sleep(1000);
    }
}
