using Fleet.Shared;

namespace Fleet.Platform;

public class JobWork
{
    public string Kind { get; set; }
    public string Text { get; set; }
    public int N { get; set; }
    public double[] Numbers { get; set; }
    public object Extra { get; set; }
}

public partial class AsyncProcessor
{
    private static object Execute(JobWork work)
    {
        switch (work.Kind)
        {
            case "primes":
                return CountPrimes(work.N);
            case "sort":
                var copy = (double[])work.Numbers.Clone();
                Array.Sort(copy);
                return copy;
            case "words":
                return Vec.Words(work.Text).GroupBy(w => w).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
                    .Take(5).Select(g => g.Key + "=" + g.Count()).ToArray();
            case "stats":
                var mean = work.Numbers.Average();
                var variance = work.Numbers.Select(x => (x - mean) * (x - mean)).Sum() / work.Numbers.Length;
                return new { mean = Math.Round(mean, 4), deviation = Math.Round(Math.Sqrt(variance), 4) };
            case "collatz":
                return Collatz(work.N);
            default:
                throw new NotSupportedException("no worker for kind " + work.Kind);
        }
    }

    private static int CountPrimes(int limit)
    {
        if (limit > 5_000_000)
            throw new ArgumentException("limit too high");
        var composite = new bool[limit + 1];
        var count = 0;
        for (var i = 2; i <= limit; i++)
        {
            if (composite[i])
                continue;
            count++;
            for (long k = (long)i * i; k <= limit; k += i)
                composite[k] = true;
        }

        return count;
    }

    private static int Collatz(long n)
    {
        if (n < 1)
            throw new ArgumentException("n must be positive");
        var steps = 0;
        for (; n != 1; steps++)
            n = n % 2 == 0 ? n / 2 : (3 * n) + 1;
        return steps;
    }
}
