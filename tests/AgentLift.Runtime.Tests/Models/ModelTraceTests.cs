using Xunit.Abstractions;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>How much time goes into loads, against evicting what was not used for longest, and what has the shortest keep-alive.</summary>
public class ModelTraceTests(ITestOutputHelper output)
{
    private const int Seeds = 5;

    /// <summary>The share of the reload time of either that may be needed. With room for a fifth of the models only, less can be gained.</summary>
    public static TheoryData<string, double, double> Expected { get; } = new()
    {
        { nameof(ModelTraces.Zipf), 0.7, 0.8 },
        { nameof(ModelTraces.Scan), 0.7, 0.8 },
        { nameof(ModelTraces.Bursts), 0.7, 0.85 },
        { nameof(ModelTraces.ZipfWithScans), 0.7, 0.8 },
        { nameof(ModelTraces.ChangingFavourites), 1.05, 1.05 },
        { nameof(ModelTraces.RecentAgain), 1.05, 1.05 },
        { nameof(ModelTraces.Sessions), 1.05, 1.05 },
        { nameof(ModelTraces.Periodic), 1.05, 1.05 },
    };

    [Theory]
    [MemberData(nameof(Expected))]
    public void Loads_take_less_time_than_with_simple_policies(string trace, double most, double mostWhereShort)
    {
        foreach (var (share, allowed) in ((double, double)[])[(0.2, mostWhereShort), (0.4, most), (0.6, most)])
        {
            double own = 0, lru = 0, shortest = 0;
            for (var seed = 1; seed <= Seeds; seed++)
            {
                var random = new Random(seed);
                var models = ModelTraces.NewModels(random);
                var uses = UsesOf(trace, random).ToArray();
                var budget = Math.Max(models.Max(model => model.Bytes), (long)(share * models.Sum(model => model.Bytes)));
                own += OwnPolicy.ReloadSeconds(models, uses, budget);
                lru += SimplePolicy.ReloadSeconds(models, uses, budget, (model, lastUse) => lastUse);
                shortest += SimplePolicy.ReloadSeconds(models, uses, budget, (model, lastUse) => model.KeepAlive.TotalSeconds + (lastUse / 1e6));
            }

            output.WriteLine($"{trace}, memory for {share:P0} of the models: {own:N0} s, LRU {lru:N0} s ({own / lru:0.00}), shortest keep-alive {shortest:N0} s ({own / shortest:0.00})");
            (own / lru).ShouldBeLessThanOrEqualTo(allowed);
            (own / shortest).ShouldBeLessThanOrEqualTo(allowed);
        }
    }

    private static IEnumerable<int> UsesOf(string trace, Random random) => trace switch
    {
        nameof(ModelTraces.Zipf) => ModelTraces.Zipf(random),
        nameof(ModelTraces.Scan) => ModelTraces.Scan(random),
        nameof(ModelTraces.Bursts) => ModelTraces.Bursts(random),
        nameof(ModelTraces.ZipfWithScans) => ModelTraces.ZipfWithScans(random),
        nameof(ModelTraces.ChangingFavourites) => ModelTraces.ChangingFavourites(random),
        nameof(ModelTraces.RecentAgain) => ModelTraces.RecentAgain(random),
        nameof(ModelTraces.Sessions) => ModelTraces.Sessions(random),
        _ => ModelTraces.Periodic(random),
    };
}
