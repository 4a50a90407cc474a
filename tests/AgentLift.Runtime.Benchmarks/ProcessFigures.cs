using System.Globalization;

namespace AgentLift.Runtime.Benchmarks;

/// <summary>What Linux says of a process; sizes in bytes.</summary>
/// <param name="Resident">Memory in use, with pages shared with other processes.</param>
/// <param name="PrivateDirty">Memory that the process alone has written: what it costs the machine.</param>
/// <param name="Virtual">Addresses reserved.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Handles">Open files and sockets.</param>
internal sealed record ProcessFigures(long Resident, long PrivateDirty, long Virtual, int Threads, int Handles)
{
    private const long Kibi = 1024;

    public static ProcessFigures Of(int processId)
    {
        var folder = $"/proc/{processId}";
        var status = Read($"{folder}/status");
        var pages = Read($"{folder}/smaps_rollup");
        return new(status["VmRSS"] * Kibi, pages["Private_Dirty"] * Kibi, status["VmSize"] * Kibi, (int)status["Threads"], Directory.GetFiles($"{folder}/fd").Length);
    }

    // Lines such as "VmRSS:     1234 kB"; those that hold no number are of no interest.
    private static Dictionary<string, long> Read(string file) => File.ReadLines(file)
        .Select(line => line.Split((char[])[':', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words.Length > 1 && long.TryParse(words[1], CultureInfo.InvariantCulture, out _))
        .GroupBy(words => words[0], StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => long.Parse(group.First()[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
}
