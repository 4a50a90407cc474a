using System.Globalization;

namespace AgentLift.Runtime.Benchmarks.Connections;

/// <summary>What the kernel holds for all processes together; no process's figures show it. In bytes.</summary>
/// <param name="Stacks">A stack for each thread.</param>
/// <param name="PageTables">Tables of the pages in use.</param>
internal sealed record KernelMemory(long Stacks, long PageTables)
{
    private const long Kibi = 1024;

    public long Total => Stacks + PageTables;

    public static KernelMemory Now()
    {
        var figures = File.ReadLines("/proc/meminfo")
            .Select(line => line.Split((char[])[':', ' '], StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(words => words[0], words => long.Parse(words[1], CultureInfo.InvariantCulture) * Kibi, StringComparer.Ordinal);
        return new(figures["KernelStack"], figures["PageTables"]);
    }
}
