using AgentLift.Runtime.Benchmarks;

// dotnet run -c Release --project tests/AgentLift.Runtime.Benchmarks -- NAME
var benchmarks = new Dictionary<string, Func<Task>>(StringComparer.Ordinal)
{
    ["directory"] = DirectoryBenchmark.RunAsync,
};

if (args is not [var name] || !benchmarks.TryGetValue(name, out var benchmark))
{
    Console.Error.WriteLine($"Name one benchmark: {string.Join(", ", benchmarks.Keys)}.");
    return 2;
}

await benchmark();
return 0;
