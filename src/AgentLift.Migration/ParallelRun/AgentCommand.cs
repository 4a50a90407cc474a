using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AgentLift.Migration.ParallelRun;

/// <summary>How one side is started.</summary>
/// <param name="Program">The program and its arguments; <c>{port}</c> in them is the port to listen on, <c>{port+80}</c> one counted from it.</param>
/// <param name="Folder">Where it runs; <see langword="null"/> for the current folder.</param>
public sealed partial record AgentCommand(ImmutableArray<string> Program, string? Folder)
{
    /// <summary>The arguments for a port.</summary>
    public IEnumerable<string> With(int port) =>
        Program.Select(part => PortMark().Replace(part, mark => (port + OffsetOf(mark)).ToString(CultureInfo.InvariantCulture)));

    /// <summary>The ports that it names, counted from the one to listen on.</summary>
    internal IEnumerable<int> Offsets => Program.SelectMany(part => PortMark().Matches(part)).Select(OffsetOf);

    private static int OffsetOf(Match mark) =>
        mark.Groups["offset"] is { Success: true } offset ? int.Parse(offset.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\{port(?:\+(?<offset>[0-9]{1,5}))?\}")]
    private static partial Regex PortMark();
}
