namespace AgentLift.Runtime.Benchmarks.Servers;

/// <summary>What this program is when a benchmark starts it again as the process that is measured: it says its port, answers a collection with the size of its heap, and ends with its input.</summary>
internal static class ServerRole
{
    public const string Name = "serve";
    public const string Collect = "collect";

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var port = Enum.Parse<LineServerKind>(arguments[0]) switch
        {
            LineServerKind.Agent => await AgentLineServer.StartAsync(watched: false),
            LineServerKind.WatchedAgent => await AgentLineServer.StartAsync(watched: true),
            LineServerKind.Kestrel => await KestrelLineServer.StartAsync(),
            LineServerKind.Socket => SocketLineServer.Start(),
            _ => ThreadLineServer.Start(),
        };
        Console.WriteLine(port);
        while (await Console.In.ReadLineAsync() == Collect)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            Console.WriteLine(GC.GetTotalMemory(forceFullCollection: true));
        }

        return 0;
    }
}
