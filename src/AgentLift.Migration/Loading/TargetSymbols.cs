using System.Collections.Immutable;

namespace AgentLift.Migration.Loading;

/// <summary>The preprocessor symbols that the SDK defines for a target framework.</summary>
internal static class TargetSymbols
{
    private const int Oldest = 5;
    private const int Newest = 10;

    /// <summary>Those of a debug build for the framework that the tool runs on.</summary>
    public static ImmutableArray<string> OfNewestFramework { get; } =
    [
        "DEBUG", "TRACE", "NET", $"NET{Newest}_0", "NETCOREAPP",
        .. Enumerable.Range(Oldest, Newest - Oldest + 1).Select(version => $"NET{version}_0_OR_GREATER"),
        "NETCOREAPP1_0_OR_GREATER", "NETCOREAPP1_1_OR_GREATER", "NETCOREAPP2_0_OR_GREATER", "NETCOREAPP2_1_OR_GREATER", "NETCOREAPP2_2_OR_GREATER",
        "NETCOREAPP3_0_OR_GREATER", "NETCOREAPP3_1_OR_GREATER",
    ];
}
