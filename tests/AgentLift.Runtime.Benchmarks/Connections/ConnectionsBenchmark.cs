using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using AgentLift.Runtime.Benchmarks.Servers;

namespace AgentLift.Runtime.Benchmarks.Connections;

/// <summary>Memory that connections cost which have exchanged one line and are silent since.</summary>
internal static class ConnectionsBenchmark
{
    private const int Connections = 10_000;
    private const int ConnectAtOnce = 64;
    private const double LargestShareOfThreads = 0.1;
    private const double Kibi = 1024;
    private static readonly byte[] Line = "are you there?\n"u8.ToArray();

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        Console.WriteLine($"{Connections} connections that have exchanged one line and are silent; growth of the server's process for each, in KiB, after a collection");
        var growths = new Dictionary<LineServerKind, ConnectionCost>();
        foreach (var kind in (LineServerKind[])[LineServerKind.Agent, LineServerKind.Kestrel, LineServerKind.Socket, LineServerKind.Thread])
            growths[kind] = await MeasureAsync(kind);
        var threads = growths[LineServerKind.Thread];
        Table.Print(
            ["server", "managed heap", "resident", "private dirty", "kernel", "private and kernel", "to threads", "virtual", "threads", "handles"],
            growths.Select(pair => (string[])
            [
                pair.Key.ToString(), Kilobytes(pair.Value.Heap), Kilobytes(pair.Value.Resident), Kilobytes(pair.Value.PrivateDirty), Kilobytes(pair.Value.Kernel), Kilobytes(pair.Value.Memory),
                $"{pair.Value.Memory / threads.Memory:0.000}", Kilobytes(pair.Value.Virtual), $"{pair.Value.Threads}", $"{pair.Value.Handles}",
            ]));
        var verdict = new Verdict();
        var onMachine = growths[LineServerKind.Agent].Memory / threads.Memory;
        verdict.MustHold($"a connection of an agent takes at most {LargestShareOfThreads:0.0} of the machine's memory, private and kernel, of one with a thread: {onMachine:0.000}", onMachine <= LargestShareOfThreads);
        var share = growths[LineServerKind.Agent].Resident / threads.Resident;
        verdict.MustHold($"a connection of an agent takes at most {LargestShareOfThreads:0.0} of the resident memory of one with a thread: {share:0.000}", share <= LargestShareOfThreads);
        return verdict.ExitCode;
    }

    private static async Task<ConnectionCost> MeasureAsync(LineServerKind kind)
    {
        await using var server = await ServerProcess.StartAsync(kind);

        // What the first connections load stays, and is no cost of a connection.
        await Task.WhenAll(Enumerable.Range(0, ConnectAtOnce).Select(_ => DropAsync(server.Address)));
        var heapBefore = await server.CollectAsync();
        var (before, kernelBefore) = (server.Figures, KernelMemory.Now());

        var held = new ConcurrentBag<Socket>();
        await Parallel.ForAsync(0, Connections, new ParallelOptions { MaxDegreeOfParallelism = ConnectAtOnce }, async (_, _) => held.Add(await ExchangeAsync(server.Address)));
        var heap = await server.CollectAsync();
        var (after, kernel) = (server.Figures, KernelMemory.Now());
        foreach (var socket in held)
            socket.Dispose();
        return new ConnectionCost(
            Each(after.Resident - before.Resident),
            Each(after.PrivateDirty - before.PrivateDirty),
            Each(heap - heapBefore),
            Each(kernel.Total - kernelBefore.Total),
            Each(after.Virtual - before.Virtual),
            after.Threads - before.Threads,
            after.Handles - before.Handles);
    }

    private static async Task DropAsync(IPEndPoint server)
    {
        using var socket = await ExchangeAsync(server);
    }

    private static async Task<Socket> ExchangeAsync(IPEndPoint server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server);
        await socket.SendAsync(Line);
        var answer = ArrayPool<byte>.Shared.Rent(Line.Length);
        for (var received = 0; received < Line.Length;)
        {
            var count = await socket.ReceiveAsync(answer.AsMemory(received, Line.Length - received));
            received += count > 0 ? count : throw new InvalidOperationException("The server closed a connection.");
        }

        ArrayPool<byte>.Shared.Return(answer);
        return socket;
    }

    private static double Each(long bytes) => (double)bytes / Connections;

    private static string Kilobytes(double bytes) => $"{bytes / Kibi:0.0}";
}
