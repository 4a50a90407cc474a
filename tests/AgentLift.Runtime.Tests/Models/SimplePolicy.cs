namespace AgentLift.Runtime.Tests.Models;

/// <summary>A cache that evicts by one order: what the scheduler is measured against.</summary>
internal static class SimplePolicy
{
    /// <param name="models">The models.</param>
    /// <param name="uses">The order of their uses.</param>
    /// <param name="budget">Bytes that there are.</param>
    /// <param name="order">Of a model and the number of its last use; what is lowest goes first.</param>
    public static double ReloadSeconds(IReadOnlyList<TraceModel> models, IEnumerable<int> uses, long budget, Func<TraceModel, int, double> order)
    {
        var lastUse = new Dictionary<int, int>();
        var (free, seconds, now) = (budget, 0.0, 0);
        foreach (var use in uses)
        {
            if (!lastUse.ContainsKey(use))
            {
                seconds += models[use].LoadTime.TotalSeconds;
                free -= models[use].Bytes;
                while (free < 0)
                {
                    var victim = lastUse.MinBy(loaded => order(models[loaded.Key], loaded.Value)).Key;
                    lastUse.Remove(victim);
                    free += models[victim].Bytes;
                }
            }

            lastUse[use] = now++;
        }

        return seconds;
    }
}
