using AgentLift.Cli.Reports;
using AgentLift.Migration.Assessment;
using Spectre.Console;

namespace AgentLift.Cli.Tests.Reports;

/// <summary>Reports as text.</summary>
internal static class Render
{
    /// <summary>What a report writes.</summary>
    public static string Text(this IReport report, FleetAssessment fleet)
    {
        using var output = new StringWriter();
        report.Write(fleet, output);
        return output.ToString();
    }

    /// <summary>What is written to a console without colours, as in a pipe.</summary>
    public static string Console(Action<IAnsiConsole> write, int width = 80, bool unicode = true)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = unicode;
        write(console);
        // Tables pad their last column; no one sees it, and editors would strip it from the approved texts.
        return string.Join('\n', output.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()));
    }
}
