namespace Fleet;

public class PollAgent
{
    private volatile bool _running;
    private Thread _thread;

    public int Port = 5600;

    public string Name { get; set; } = "poll";

    public void Start()
    {
        _running = true;
        _thread = new Thread(Loop);
        _thread.Start();
        Console.CancelKeyPress += OnCancel;
    }

    public void Stop()
    {
        Console.CancelKeyPress -= OnCancel;
        _running = false;
        _thread.Join();
        Save();
    }

    private void OnCancel(object sender, ConsoleCancelEventArgs e) => Save();

    private void Save() => File.WriteAllText("poll.txt", Name);

    private void Loop()
    {
        while (_running)
            Thread.Sleep(1000);
    }
}
