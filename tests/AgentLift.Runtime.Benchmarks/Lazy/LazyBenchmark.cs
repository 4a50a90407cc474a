using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace AgentLift.Runtime.Benchmarks.Lazy;

/// <summary>Access to a lazy dependency that is loaded, and many first uses at once.</summary>
internal static class LazyBenchmark
{
    private const int FirstUses = 1000;
    private const double MostNanoseconds = 20;
    private static readonly string[] Judged = [nameof(LazyAccess.DependencyValue), nameof(LazyAccess.DependencyGetAsync)];

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        // Enough to tell one nanosecond from twenty; the defaults take minutes for calls as short as these.
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithIterationTime(TimeInterval.FromMilliseconds(100)).WithWarmupCount(5).WithIterationCount(15);
        var config = ManualConfig.CreateEmpty().AddJob(job).AddColumnProvider(DefaultColumnProviders.Instance).AddLogger(NullLogger.Instance)
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "artifacts"));
        var reports = BenchmarkRunner.Run<LazyAccess>(config).Reports.ToDictionary(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name);
        var peer = Nanoseconds(reports[nameof(LazyAccess.LazyOfDotNet)]);
        Table.Print(
            ["access", "ns", "to Lazy<T>", "bytes"],
            reports.Select(pair => (string[])[pair.Key, $"{Nanoseconds(pair.Value):0.00}", $"{Nanoseconds(pair.Value) / peer:0.00}", $"{Bytes(pair.Value)}"]));

        var verdict = new Verdict();
        foreach (var (name, report) in Judged.Select(name => (name, reports[name])))
            verdict.MustHold($"{name}: at most {MostNanoseconds:0} ns and 0 bytes: {Nanoseconds(report):0.00} ns, {Bytes(report)} bytes", Nanoseconds(report) <= MostNanoseconds && Bytes(report) == 0);
        var loads = await CountLoadsAsync();
        verdict.MustHold($"{FirstUses} first uses at once make one load: {loads}", loads == 1);
        return verdict.ExitCode;
    }

    private static double Nanoseconds(BenchmarkReport report) => report.ResultStatistics!.Mean;

    private static long Bytes(BenchmarkReport report) => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)!.Value;

    private static async Task<int> CountLoadsAsync()
    {
        var loads = 0;
        await using var agent = new DependentAgent();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var dependency = agent.Depend("value", async token =>
        {
            Interlocked.Increment(ref loads);
            await all.Task.WaitAsync(token);
            return new object();
        });

        // The load ends only when all have asked: each of them is a first use.
        var uses = new Task<object>[FirstUses];
        Parallel.For(0, FirstUses, use => uses[use] = dependency.GetAsync().AsTask());
        all.SetResult();
        await Task.WhenAll(uses);
        return loads;
    }
}
