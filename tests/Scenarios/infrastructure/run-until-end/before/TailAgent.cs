namespace Fleet;

/// <summary>Follows a file.</summary>
internal class TailAgent(string file, int milliseconds = 100)
{
    private volatile bool _running = true;

    /// <summary>Returns when somebody has called <see cref="Stop"/>.</summary>
    public void Run()
    {
        Console.WriteLine($"following {file}");
        while (_running)
        {
            foreach (var line in File.ReadLines(file))
                Console.WriteLine(line);
            Thread.Sleep(milliseconds);
        }
    }

    public void Stop() => _running = false;
}
