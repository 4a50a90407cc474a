namespace AgentLift.Runtime.Benchmarks;

/// <summary>Prints rows in columns: the first to the left, figures to the right.</summary>
internal static class Table
{
    public static void Print(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] lines = [heads, .. rows];
        var widths = heads.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines)
            Console.WriteLine(string.Join("  ", line.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))));
    }
}
