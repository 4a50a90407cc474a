namespace AgentLift.Runtime.Tests.Models;

/// <summary>A model of a trace.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="LoadTime">How long a load takes.</param>
/// <param name="KeepAlive">How long an operator would keep it.</param>
internal sealed record TraceModel(long Bytes, TimeSpan LoadTime, TimeSpan KeepAlive);

/// <summary>Seeded orders in which models are used.</summary>
internal static class ModelTraces
{
    public const int Models = 40;
    private const int Length = 4_000;
    private static readonly int[] KeepAlives = [30, 60, 300, 600, 1800];

    /// <summary>Models of 0.2 to 8 GB that load from disks and networks of 0.1 to 3 GB/s, with 0.2 to 3 s of preparation.</summary>
    public static IReadOnlyList<TraceModel> NewModels(Random random) =>
    [
        .. Enumerable.Range(0, Models).Select(_ =>
        {
            var bytes = LogUniform(random, 0.2e9, 8e9);
            var seconds = 0.2 + (random.NextDouble() * 2.8) + (bytes / LogUniform(random, 0.1e9, 3e9));
            return new TraceModel((long)bytes, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(KeepAlives[random.Next(KeepAlives.Length)]));
        }),
    ];

    /// <summary>A few are asked for often, most seldom.</summary>
    public static IEnumerable<int> Zipf(Random random)
    {
        var next = Skewed(random, 1);
        for (var i = 0; i < Length; i++)
            yield return next();
    }

    /// <summary>All, one after the other, again and again: a nightly evaluation.</summary>
    public static IEnumerable<int> Scan(Random random)
    {
        var order = Shuffled(random);
        for (var i = 0; i < Length; i++)
            yield return order[i % Models];
    }

    /// <summary>Everyday use, and now and then a job that uses a seldom model many times in a short while.</summary>
    public static IEnumerable<int> Bursts(Random random)
    {
        var everyday = Skewed(random, 1);
        var (burst, left) = (0, 0);
        for (var i = 0; i < Length; i++)
        {
            if (left == 0 && random.NextDouble() < 0.05)
                (burst, left) = (random.Next(Models), random.Next(5, 20));
            if (left > 0 && random.NextDouble() < 0.7)
            {
                left--;
                yield return burst;
            }
            else
            {
                yield return everyday();
            }
        }
    }

    /// <summary>Everyday use with a scan through all now and then.</summary>
    public static IEnumerable<int> ZipfWithScans(Random random)
    {
        var use = 0;
        foreach (var model in Zipf(random))
        {
            yield return model;
            if (++use % 400 != 0)
                continue;
            for (var i = 0; i < Models; i++)
                yield return i;
        }
    }

    /// <summary>The favourites change eight times.</summary>
    public static IEnumerable<int> ChangingFavourites(Random random)
    {
        for (var phase = 0; phase < 8; phase++)
        {
            var next = Skewed(random, 1);
            for (var i = 0; i < Length / 8; i++)
                yield return next();
        }
    }

    /// <summary>What was used lately is used again soon: what LRU is made for.</summary>
    public static IEnumerable<int> RecentAgain(Random random)
    {
        var stack = Shuffled(random).ToList();
        for (var i = 0; i < Length; i++)
        {
            var depth = Math.Min(Models - 1, (int)(-Math.Log(1 - random.NextDouble()) * 3));
            var model = stack[depth];
            stack.RemoveAt(depth);
            stack.Insert(0, model);
            yield return model;
        }
    }

    /// <summary>Three jobs at a time, each of which uses one model again and again and then no more.</summary>
    public static IEnumerable<int> Sessions(Random random)
    {
        var next = Skewed(random, 0.7);
        var active = new List<(int Model, int Left)>();
        for (var i = 0; i < Length; i++)
        {
            while (active.Count < 3)
                active.Add((next(), random.Next(5, 41)));
            var chosen = random.Next(active.Count);
            var (model, left) = active[chosen];
            active[chosen] = (model, left - 1);
            if (left == 1)
                active.RemoveAt(chosen);
            yield return model;
        }
    }

    /// <summary>Jobs that come back at fixed times.</summary>
    public static IEnumerable<int> Periodic(Random random)
    {
        var due = new PriorityQueue<int, double>();
        var periods = Enumerable.Range(0, Models).Select(_ => LogUniform(random, 5, 500)).ToArray();
        for (var model = 0; model < Models; model++)
            due.Enqueue(model, random.NextDouble() * periods[model]);
        for (var i = 0; i < Length; i++)
        {
            due.TryDequeue(out var model, out var now);
            due.Enqueue(model, now + (periods[model] * (0.9 + (random.NextDouble() * 0.2))));
            yield return model;
        }
    }

    private static Func<int> Skewed(Random random, double exponent)
    {
        var order = Shuffled(random);
        var weights = Enumerable.Range(1, Models).Select(rank => 1 / Math.Pow(rank, exponent)).ToArray();
        var sum = weights.Sum();
        return () =>
        {
            var at = random.NextDouble() * sum;
            var rank = 0;
            while (rank < Models - 1 && (at -= weights[rank]) > 0)
                rank++;
            return order[rank];
        };
    }

    private static int[] Shuffled(Random random)
    {
        var order = Enumerable.Range(0, Models).ToArray();
        random.Shuffle(order);
        return order;
    }

    private static double LogUniform(Random random, double least, double most) => least * Math.Pow(most / least, random.NextDouble());
}
