using System.Collections.Immutable;
using System.Globalization;

namespace AgentLift.Migration.ParallelRun;

/// <summary>How one side is started.</summary>
/// <param name="Program">The program and its arguments; <c>{port}</c> in them is the port to listen on, <c>{port+80}</c> one counted from it.</param>
/// <param name="Folder">Where it runs; <see langword="null"/> for the current folder.</param>
public sealed record AgentCommand(ImmutableArray<string> Program, string? Folder)
{
    /// <summary>The arguments for a port.</summary>
    public IEnumerable<string> With(int port) => Program.Select(part => Fill(part, port));

    private static string Fill(string part, int port)
    {
        part = part.Replace("{port}", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        for (var start = part.IndexOf("{port+", StringComparison.Ordinal); start >= 0; start = part.IndexOf("{port+", start + 1, StringComparison.Ordinal))
        {
            var end = part.IndexOf('}', start);
            if (end > 0 && int.TryParse(part.AsSpan((start + 6)..end), NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
                part = string.Concat(part.AsSpan(0, start), (port + offset).ToString(CultureInfo.InvariantCulture), part.AsSpan(end + 1));
        }

        return part;
    }
}
