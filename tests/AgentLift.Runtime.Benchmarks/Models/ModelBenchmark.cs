using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace AgentLift.Runtime.Benchmarks.Models;

/// <summary>Leases of a model that is loaded, and many first uses at once.</summary>
internal static class ModelBenchmark
{
    private const int FirstUses = 1000;
    private const double MostNanoseconds = 200;
    private static readonly string[] Judged = [nameof(ModelAccess.Lease), nameof(ModelAccess.LeaseByTurns), nameof(ModelAccess.LeaseAndRun)];

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithIterationTime(TimeInterval.FromMilliseconds(100)).WithWarmupCount(5).WithIterationCount(15);
        var config = ManualConfig.CreateEmpty().AddJob(job).AddColumnProvider(DefaultColumnProviders.Instance).AddLogger(NullLogger.Instance)
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "artifacts"));
        var reports = BenchmarkRunner.Run<ModelAccess>(config).Reports.ToDictionary(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name);
        var peer = Nanoseconds(reports[nameof(ModelAccess.SemaphoreOfDotNet)]);
        Table.Print(
            ["access", "ns", "to SemaphoreSlim", "bytes"],
            reports.Select(pair => (string[])[pair.Key, $"{Nanoseconds(pair.Value):0.0}", $"{Nanoseconds(pair.Value) / peer:0.00}", $"{Bytes(pair.Value)}"]));

        var verdict = new Verdict();
        foreach (var (name, report) in Judged.Select(name => (name, reports[name])))
            verdict.MustHold($"{name}: at most {MostNanoseconds:0} ns and 0 bytes: {Nanoseconds(report):0.0} ns, {Bytes(report)} bytes", Nanoseconds(report) <= MostNanoseconds && Bytes(report) == 0);
        var loads = await CountLoadsAsync();
        verdict.MustHold($"{FirstUses} first uses at once make one load: {loads}", loads == 1);
        return verdict.ExitCode;
    }

    private static double Nanoseconds(BenchmarkReport report) => report.ResultStatistics!.Mean;

    private static long Bytes(BenchmarkReport report) => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)!.Value;

    private static async Task<int> CountLoadsAsync()
    {
        // The load ends only when all have asked: each of them is a first use.
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var loader = new BenchmarkLoader { Permission = all.Task };
        await using var models = new BenchmarkModels(loader);
        var model = models.First;
        var uses = new Task<ModelLease<BenchmarkModel>>[FirstUses];
        Parallel.For(0, FirstUses, use => uses[use] = model.AcquireAsync().AsTask());
        all.SetResult();
        foreach (var lease in await Task.WhenAll(uses))
            lease.Dispose();
        return loader.Loads;
    }
}
