namespace AgentLift.Runtime.Benchmarks;

/// <summary>One benchmark of the dispatcher.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Summary">What it measures, in a line.</param>
/// <param name="RunAsync">Runs it with the arguments after its name; gives the exit code.</param>
internal sealed record Benchmark(string Name, string Summary, Func<IReadOnlyList<string>, Task<int>> RunAsync);
