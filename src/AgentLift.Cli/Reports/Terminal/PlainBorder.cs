using Spectre.Console;

namespace AgentLift.Cli.Reports.Terminal;

/// <summary>The border of all tables: a line under the headings where the console can draw one, else none.</summary>
internal static class PlainBorder
{
    /// <summary>The border for a console.</summary>
    public static TableBorder Of(Profile profile) => profile.Capabilities.Unicode ? TableBorder.Simple : TableBorder.None;
}
