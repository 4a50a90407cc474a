using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>Plain code of the agent's own trade: nothing in it is to be reported.</summary>
internal static class DomainMethods
{
    private static readonly Action<AgentDraft>[] Shapes =
    [
        agent => Number(agent), Checksum, Classify, Normalise, Histogram, TopOf, Parse, Interpolate, Primes, Merge, Statistics, Split,
        GenericMax, Cache, RecordShape, EnumShape, Matrix, Levenshtein, Window, Tuples, StateMachine, Builder, Guarded, Range, Loops,
    ];

    public static void Add(AgentDraft agent) => agent.Pick(Shapes)(agent);

    /// <summary>A method that maps a number to a number; returns its name.</summary>
    public static string Number(AgentDraft agent)
    {
        var name = agent.Name("Weigh", "Rate", "Shift", "Fold", "Round", "Scale", "Bound", "Mix", "Reckon");
        var (a, b, c) = (agent.Number(2, 60), agent.Number(3, 900), agent.Number(1, 30));
        agent.Method(agent.Number(0, 6) switch
        {
            0 => $"private static int {name}(int value) => (value * {a} + {c}) % {b};",
            1 => Code.Block($"private int {name}(int value)", $"var scaled = value * {a};", $"return scaled > {b} ? scaled - {c} : scaled + {c};"),
            2 => Code.Block($"internal static int {name}(int value)", $"if (value < {a})", $"    return value + {c};", $"return value % {b};"),
            3 => Code.Block($"private static int {name}(int value)", "var sum = 0;", $"for (var i = 0; i < {c}; i++)", $"    sum += (value ^ i) % {b};", "return sum;"),
            4 => Code.Block($"public int {name}(int value)", "return value switch", "{", $"    < 0 => -value % {b},", $"    < {b} => value + {a},", $"    _ => value / {c},", "};"),
            _ => $"private int {name}(int value) => Math.Clamp(value, {c}, {b + c});",
        });
        return name;
    }

    private static void Checksum(AgentDraft agent) => agent.Method(Code.Block(
        $"private static uint {agent.Name("Checksum", "Digest", "Stamp")}(string text)", $"var hash = {agent.Number(1000, 90000)}u;",
        Code.Block("foreach (var letter in text)", $"hash = (hash ^ letter) * {agent.Number(3, 99)}u;", "hash ^= hash >> 13;"), "return hash;"));

    private static void Classify(AgentDraft agent) => agent.Method(Code.Block(
        $"public static string {agent.Name("Classify", "Grade", "Band")}(double value)", "return value switch", "{", $"    < {agent.Number(1, 9)} => \"small\",",
        $"    < {agent.Number(10, 50)} when value % 2 == 0 => \"even {agent.Noun}\",", $"    < {agent.Number(51, 99)} => \"medium\",", "    double.NaN => \"unknown\",", "    _ => \"large\",", "};"));

    private static void Normalise(AgentDraft agent)
    {
        agent.Use("System.Text");
        agent.Method(Code.Block($"private static string {agent.Name("Normalise", "Clean", "Slug")}(string text)", "var result = new StringBuilder(text.Length);",
            Code.Block("foreach (var letter in text)", "if (char.IsLetterOrDigit(letter))", "    result.Append(char.ToLowerInvariant(letter));", "else if (result.Length > 0 && result[^1] != '-')", "    result.Append('-');"),
            $"return result.ToString().Trim('-') + \"-{agent.Noun}\";"));
    }

    private static void Histogram(AgentDraft agent) => agent.Method(Code.Block(
        $"internal Dictionary<string, int> {agent.Name("Histogram", "Tally", "Counts")}(IEnumerable<string> words)", "var counts = new Dictionary<string, int>();",
        Code.Block("foreach (var word in words)", "counts.TryGetValue(word, out var count);", "counts[word] = count + 1;"), "return counts;"));

    private static void TopOf(AgentDraft agent)
    {
        agent.Use("System.Linq");
        agent.Method(agent.Pick(
            Code.Block($"public string[] {agent.Name("Top", "Best", "Leading")}(IEnumerable<string> names)", "return names", $"    .Where(name => name.Length > {agent.Number(1, 9)})", "    .GroupBy(name => name[0])", "    .OrderByDescending(group => group.Count())", $"    .Take({agent.Number(2, 20)})", "    .Select(group => group.Key + \":\" + group.Count())", "    .ToArray();"),
            Code.Block($"private static double {agent.Name("Average", "Median")}(IReadOnlyCollection<double> values)", "if (values.Count == 0)", "    return 0;", "var sorted = from value in values orderby value select value;", "return sorted.ElementAt(values.Count / 2);")));
    }

    private static void Parse(AgentDraft agent) => agent.Method(Code.Block(
        $"public static bool {agent.Name("TryRead", "TryParse", "TrySplit")}(string text, out (string Key, decimal Amount) entry)", "entry = default;", $"var at = text.IndexOf('{agent.Pick(":", "=", ";")}');",
        "if (at < 1 || !decimal.TryParse(text[(at + 1)..], out var amount))", "    return false;", $"entry = (text[..at].Trim(), amount * {agent.Number(1, 9)}m);", "return true;"));

    private static void Interpolate(AgentDraft agent) => agent.Method(Code.Block(
        $"private static double {agent.Name("Interpolate", "Blend", "Ease")}(double from, double to, double at)", $"var eased = at * at * ({agent.Number(2, 5)} - 2 * at);", "return from + (to - from) * Math.Clamp(eased, 0, 1);"));

    private static void Primes(AgentDraft agent) => agent.Method(Code.Block(
        $"private static List<int> {agent.Name("Primes", "Sieve")}(int count)", "var primes = new List<int>();",
        Code.Block("for (var candidate = 2; primes.Count < count; candidate++)", "var prime = true;", Code.Block("foreach (var divisor in primes)", Code.Block("if (candidate % divisor == 0)", "prime = false;", "break;")), "if (prime)", "    primes.Add(candidate);"), $"primes.Add({agent.Number(2, 900)});", "return primes;"));

    private static void Merge(AgentDraft agent) => agent.Method(Code.Block(
        $"internal static int[] {agent.Name("Merge", "Zip", "Weave")}(int[] left, int[] right)", "var merged = new int[left.Length + right.Length];", "int i = 0, j = 0;",
        Code.Block("while (i < left.Length && j < right.Length)", $"merged[i + j] = left[i] <= right[j] + {agent.Number(0, 9)} ? left[i++] : right[j++];"),
        "while (i < left.Length)", "    merged[i + j] = left[i++];", "while (j < right.Length)", "    merged[i + j] = right[j++];", "return merged;"));

    private static void Statistics(AgentDraft agent)
    {
        agent.Use("System.Linq");
        agent.Method(Code.Block($"public (double Mean, double Deviation) {agent.Name("Statistics", "Spread")}(double[] values)", "var mean = values.Average();", "var variance = values.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, values.Length - 1);", $"return (Math.Round(mean, {agent.Number(1, 6)}), Math.Sqrt(variance));"));
    }

    private static void Split(AgentDraft agent) => agent.Method(Code.Block(
        $"private static IEnumerable<string> {agent.Name("Pieces", "Chunks", "Lines")}(string text)",
        Code.Block($"for (var start = 0; start < text.Length; start += {agent.Number(8, 120)})", $"yield return text.Substring(start, Math.Min({agent.Number(4, 8)}, text.Length - start));")));

    private static void GenericMax(AgentDraft agent) => agent.Method(Code.Block(
        $"private static T {agent.Name("Greatest", "Largest", "Pick")}<T>(IReadOnlyList<T> items, T fallback) where T : IComparable<T>", "var best = fallback;",
        Code.Block("foreach (var item in items)", "if (item.CompareTo(best) > 0)", "    best = item;"), "return best;"));

    private static void Cache(AgentDraft agent)
    {
        var field = agent.FieldName("memo", "known", "recent");
        agent.Field($"private readonly Dictionary<int, long> {field} = new();");
        var name = agent.Name("Remembered", "Fibonacci", "Series");
        agent.Method(Code.Block($"private long {name}(int index)", "if (index < 2)", "    return index;", $"if ({field}.TryGetValue(index, out var cached))", "    return cached;", $"return {field}[index] = ({name}(index - 1) + {name}(index - 2)) % {agent.Number(1000, 99999)};"));
    }

    private static void RecordShape(AgentDraft agent)
    {
        var type = agent.Name("Entry", "Line", "Item", "Quote");
        agent.Nested(agent.Pick($"public sealed record {type}(string Name, decimal Price, int Count);", $"internal readonly record struct {type}(string Name, decimal Price, int Count);",
            Code.Block($"private sealed class {type}", "public string Name { get; init; } = \"\";", "public decimal Price { get; init; }", "public int Count { get; set; }")));
        agent.Method($"private static decimal {agent.Name("TotalOf", "Cost")}({type} entry) => entry.Price * entry.Count * {agent.Number(1, 4)}m;");
    }

    private static void EnumShape(AgentDraft agent)
    {
        var type = agent.Name("Kind", "Level", "Colour");
        agent.Nested(Code.Block($"private enum {type}", "Small,", "Middle,", $"Large = {agent.Number(5, 40)},"));
        agent.Method(Code.Block($"private static int {agent.Name("Rank", "OrderOf")}(string text)", $"return Enum.TryParse<{type}>(text, out var kind) ? (int)kind : -1;"));
    }

    private static void Matrix(AgentDraft agent) => agent.Method(Code.Block(
        $"internal static double[,] {agent.Name("Product", "Transform")}(double[,] left, double[,] right)", $"var size = Math.Min(left.GetLength(0), {agent.Number(2, 64)});", "var product = new double[size, size];",
        "for (var row = 0; row < size; row++)", "    for (var column = 0; column < size; column++)", "        for (var k = 0; k < size; k++)", "            product[row, column] += left[row, k] * right[k, column];", "return product;"));

    private static void Levenshtein(AgentDraft agent) => agent.Method(Code.Block(
        $"public static int {agent.Name("Distance", "Edits")}(string a, string b)", "var previous = new int[b.Length + 1];", "for (var j = 0; j <= b.Length; j++)", $"    previous[j] = j * {agent.Number(1, 4)};",
        Code.Block("for (var i = 1; i <= a.Length; i++)", "var current = new int[b.Length + 1];", "current[0] = i;", "for (var j = 1; j <= b.Length; j++)", "    current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));", "previous = current;"), "return previous[b.Length];"));

    private static void Window(AgentDraft agent) => agent.Method(Code.Block(
        $"private static double[] {agent.Name("Smooth", "Filtered")}(double[] samples)", "var window = new Queue<double>();", "var smoothed = new double[samples.Length];",
        Code.Block("for (var i = 0; i < samples.Length; i++)", "window.Enqueue(samples[i]);", $"if (window.Count > {agent.Number(3, 30)})", "    window.Dequeue();", "var sum = 0.0;", "foreach (var sample in window)", "    sum += sample;", "smoothed[i] = sum / window.Count;"), "return smoothed;"));

    private static void Tuples(AgentDraft agent) => agent.Method(Code.Block(
        $"public (int Hours, int Minutes) {agent.Name("Duration", "Clock")}(int minutes)", $"var (hours, rest) = Math.DivRem(Math.Abs(minutes) + {agent.Number(0, 60)}, 60);", "return (hours, rest);"));

    private static void StateMachine(AgentDraft agent) => agent.Method(Code.Block(
        $"private static int {agent.Name("Depth", "Nesting")}(string text)", "var (depth, deepest) = (0, 0);",
        Code.Block("foreach (var letter in text)", Code.Block("switch (letter)", "case '(' or '[':", "    deepest = Math.Max(deepest, ++depth);", "    break;", "case ')' or ']' when depth > 0:", "    depth--;", "    break;")), $"return deepest + {agent.Number(0, 9)};"));

    private static void Builder(AgentDraft agent)
    {
        agent.Use("System.Linq");
        agent.Method(Code.Block($"public string {agent.Name("Summary", "Caption", "Title")}(IReadOnlyList<string> parts)", $"var head = parts.Count > {agent.Number(1, 9)} ? parts[0] : \"{agent.Noun}\";", "var tail = string.Join(\", \", parts.Skip(1).Select((part, index) => $\"{index + 1}. {part.Trim()}\"));", "return $\"{head}: {tail}\";"));
    }

    private static void Guarded(AgentDraft agent) => agent.Method(Code.Block(
        $"internal decimal {agent.Name("Discount", "Surcharge", "Fee")}(decimal price, int years)", "ArgumentOutOfRangeException.ThrowIfNegative(price);", "try", "{", $"    return checked(price * (1 - years / {agent.Number(10, 99)}m));", "}", "catch (OverflowException)", "{", "    return price;", "}"));

    private static void Range(AgentDraft agent)
    {
        agent.Use("System.Linq");
        agent.Method($"private static IEnumerable<int> {agent.Name("Squares", "Multiples")}(int count) => Enumerable.Range(1, count).Select(number => number * {agent.Number(2, 99)}).TakeWhile(number => number < {agent.Number(100, 9000)});");
    }

    private static void Loops(AgentDraft agent) => agent.Method(Code.Block(
        $"private int {agent.Name("Steps", "Hops", "Collatz")}(long start)", "var steps = 0;", Code.Block("while (start > 1)", $"start = start % 2 == 0 ? start / 2 : {agent.Pick("3", "5")} * start + 1;", $"if (++steps > {agent.Number(100, 9000)})", "    break;"), "return steps;"));
}
