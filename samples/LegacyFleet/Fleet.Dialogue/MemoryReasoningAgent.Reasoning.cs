using System.Text.Json;

namespace Fleet.Dialogue;

public partial class MemoryReasoningAgent
{
    private const int MaxDepth = 4;

    // breadth first: the shortest chain of facts from one thing to the other
    private string Why(string from, string to)
    {
        factsLock.EnterReadLock();
        try
        {
            var came = new Dictionary<string, Fact> { [from] = null };
            var frontier = new List<string> { from };
            for (var depth = 0; depth < MaxDepth && frontier.Count > 0 && !came.ContainsKey(to); depth++)
            {
                var next = new List<string>();
                foreach (var subject in frontier)
                {
                    if (!bySubject.TryGetValue(subject, out var list))
                        continue;
                    foreach (var fact in list.OrderBy(f => f.Id))
                    {
                        if (came.TryAdd(fact.Object, fact))
                            next.Add(fact.Object);
                    }
                }

                frontier = next;
            }

            if (!came.ContainsKey(to))
                return JsonSerializer.Serialize(new { ok = true, from, to, connected = false });
            var chain = new List<string>();
            for (var fact = came[to]; fact != null; fact = came[fact.Subject])
                chain.Insert(0, fact.Subject + " " + fact.Relation + " " + fact.Object);
            return JsonSerializer.Serialize(new { ok = true, from, to, connected = true, because = chain });
        }
        finally
        {
            factsLock.ExitReadLock();
        }
    }

    public class Fact
    {
        public int Id { get; set; }
        public string Subject { get; set; }
        public string Relation { get; set; }
        public string Object { get; set; }
        public double Strength { get; set; }
        [Newtonsoft.Json.JsonIgnore]
        public double Fresh = 1;
    }
}
