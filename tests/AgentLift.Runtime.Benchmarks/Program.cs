using AgentLift.Runtime.Benchmarks;
using AgentLift.Runtime.Benchmarks.Connections;
using AgentLift.Runtime.Benchmarks.Failover;
using AgentLift.Runtime.Benchmarks.Lazy;
using AgentLift.Runtime.Benchmarks.Models;
using AgentLift.Runtime.Benchmarks.Servers;
using AgentLift.Runtime.Benchmarks.Soak;
using AgentLift.Runtime.Benchmarks.Throughput;

Benchmark[] benchmarks =
[
    new("directory", "look-ups in three etcd nodes, and one of them killed; needs etcd", DirectoryBenchmark.RunAsync),
    new("lazy", "access to a lazy dependency that is loaded, and a thousand first uses at once", LazyBenchmark.RunAsync),
    new("models", "leases of a model that is loaded, and a thousand first uses at once", ModelBenchmark.RunAsync),
    new("throughput", "lines echoed in a second: an agent, bare Kestrel, a thread for each client", ThroughputBenchmark.RunAsync),
    new("connections", "memory of 10,000 silent connections: an agent, bare Kestrel, a thread for each client", ConnectionsBenchmark.RunAsync),
    new("failover", "questions to two agents while one, or an etcd node, is killed, frozen or stopped; needs etcd", FailoverBenchmark.RunAsync),
    new("devices", "no benchmark: prints the devices whose memory can be read here, and what each reading says", DevicesReport.RunAsync),
    new("soak", "[--minutes N] agents under hostile load, 10 minutes by default: heap and handles must stay flat", SoakBenchmark.RunAsync),
];

if (args is [ServerRole.Name, .. var role])
    return await ServerRole.RunAsync(role);
if (args is [SoakRole.Name])
    return await SoakRole.RunAsync();
if (args is [var name, .. var arguments] && benchmarks.FirstOrDefault(known => known.Name == name) is { } benchmark)
    return await benchmark.RunAsync(arguments);

Console.Error.WriteLine("""
    dotnet run -c Release --project tests/AgentLift.Runtime.Benchmarks -- NAME

    Measures what the runtime costs, against peers in the same run. Run one at a time on a machine that does nothing else.
    Exit code 0: all figures that must hold do; 1: one was missed; 2: no such benchmark.

    """);
foreach (var known in benchmarks)
    Console.Error.WriteLine($"  {known.Name,-12} {known.Summary}");
return 2;
