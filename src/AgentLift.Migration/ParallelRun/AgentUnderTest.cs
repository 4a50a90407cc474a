using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace AgentLift.Migration.ParallelRun;

/// <summary>One side of a parallel run, in a process of its own.</summary>
internal sealed class AgentUnderTest : IAsyncDisposable
{
    private const int TailLines = 20;
    // Also how exactly it is known when a port accepts.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);

    private readonly Process process;
    private readonly Queue<string> tail = new();
    private readonly TaskCompletionSource<TimeSpan> said = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stopwatch sinceStart = new();
    private readonly Regex? readyLine;

    private AgentUnderTest(string side, AgentCommand command, int port, Regex? readyLine)
    {
        Side = side;
        Port = port;
        this.readyLine = readyLine;
        var arguments = command.With(port).ToList();
        process = new Process
        {
            StartInfo = new ProcessStartInfo(arguments[0], arguments.Skip(1))
            {
                WorkingDirectory = command.Folder ?? string.Empty,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
    }

    public string Side { get; }

    public int Port { get; }

    public TimeSpan StartToReady { get; private set; }

    public int PeakThreads { get; private set; }

    public long PeakMemory { get; private set; }

    public long PeakMemoryAtReady { get; private set; }

    public bool HasChildren { get; private set; }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <exception cref="ParallelRunException">It does not start, ends, or is not ready in time.</exception>
    public static async Task<AgentUnderTest> StartAsync(string side, AgentCommand command, Transcript transcript, TimeSpan patience, CancellationToken cancellationToken)
    {
        var ports = transcript.Endpoints.Values.Select(endpoint => endpoint.Offset).Concat(command.Offsets).Append(0).Distinct().ToList();
        var agent = new AgentUnderTest(side, command, FreePorts.Find(ports), transcript.Ready);
        try
        {
            agent.Start(command);
            await agent.UntilReadyAsync(transcript, patience, cancellationToken).ConfigureAwait(false);
            return agent;
        }
        catch
        {
            await agent.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Looks at what it takes of the machine now.</summary>
    public void Measure()
    {
        process.Refresh();
        if (process.HasExited)
            throw Failed($"it ended by itself with exit code {process.ExitCode}");
        PeakThreads = Math.Max(PeakThreads, process.Threads.Count);
        // The operating system's own peak (VmHWM on Linux), which misses nothing between two looks; where it keeps none, what is seen now.
        PeakMemory = Math.Max(PeakMemory, Math.Max(process.PeakWorkingSet64, process.WorkingSet64));
        HasChildren |= ChildProcesses.Has(process.Id);
    }

    /// <summary>Asks it to end, as a service manager does, and kills it when it does not. What it started and left behind is killed too.</summary>
    public async Task<ObservedExit> StopAsync(TimeSpan patience)
    {
        var children = ChildProcesses.Hold(process.Id);
        try
        {
            return await EndAsync(patience).ConfigureAwait(false);
        }
        finally
        {
            foreach (var child in children)
            {
                child.Kill(entireProcessTree: true);
                child.Dispose();
            }
        }
    }

    public ParallelRunException Failed(string what, string nextStep = "start it by hand to see why")
    {
        lock (tail)
            return new ParallelRunException($"the {Side} agent failed: {what}", $"{nextStep}; {(tail.Count == 0 ? "it wrote nothing" : "its last lines:\n" + string.Join('\n', tail))}");
    }

    public async ValueTask DisposeAsync()
    {
        if (HasStarted() && !process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync().ConfigureAwait(false);
        }

        process.Dispose();
    }

    private async Task<ObservedExit> EndAsync(TimeSpan patience)
    {
        var watch = Stopwatch.StartNew();
        if (OperatingSystem.IsWindows())
        {
            // There is no signal that a process without a window can be sent from outside; closing its input is what remains.
            process.StandardInput.Close();
        }
        else
        {
            using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await kill.WaitForExitAsync().ConfigureAwait(false);
        }

        using var limit = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return new ObservedExit(process.ExitCode, watch.Elapsed);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return new ObservedExit(null, watch.Elapsed);
        }
    }

    private void Start(AgentCommand command)
    {
        try
        {
            sinceStart.Start();
            process.Start();
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or DirectoryNotFoundException)
        {
            throw new ParallelRunException($"the {Side} agent cannot be started: {error.Message}", $"correct the command '{string.Join(' ', command.Program)}'");
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private async Task UntilReadyAsync(Transcript transcript, TimeSpan patience, CancellationToken cancellationToken)
    {
        var ports = transcript.Endpoints.Values.Where(endpoint => endpoint.Protocol != WireProtocol.Udp).Select(endpoint => Port + endpoint.Offset).Distinct().ToList();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (process.HasExited)
            {
                await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
                throw Failed($"it ended with exit code {process.ExitCode} before it was ready");
            }

            if (readyLine is null ? ports.TrueForAll(Accepts) : said.Task.IsCompleted)
            {
                StartToReady = readyLine is null ? sinceStart.Elapsed : await said.Task.ConfigureAwait(false);
                Measure();
                PeakMemoryAtReady = PeakMemory;
                return;
            }

            if (sinceStart.Elapsed > patience)
                throw NotReady(ports, patience);
            await Task.WhenAny(said.Task, Task.Delay(BetweenLooks, cancellationToken)).ConfigureAwait(false);
        }
    }

    private ParallelRunException NotReady(List<int> ports, TimeSpan patience) => readyLine is null
        ? Failed($"it was not ready after {patience.TotalSeconds:0} s (port {string.Join(", ", ports)} does not accept)", "let it listen on {port}, or say by which line it tells that it is ready")
        : Failed($"it was not ready after {patience.TotalSeconds:0} s (it did not say '{readyLine}')", "correct the line that it is to say when it is ready");

    private void Hear(string? line)
    {
        if (line is null)
            return;
        lock (tail)
        {
            tail.Enqueue(line);
            if (tail.Count > TailLines)
                tail.Dequeue();
        }

        if (readyLine?.IsMatch(line) == true)
            said.TrySetResult(sinceStart.Elapsed);
    }

    private static bool Accepts(int port)
    {
        try
        {
            using var probe = new TcpClient();
            probe.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private bool HasStarted()
    {
        try
        {
            return process.Id > 0;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
