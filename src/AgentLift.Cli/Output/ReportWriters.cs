using AgentLift.Cli.Reports;
using AgentLift.Cli.Reports.Comparisons;
using AgentLift.Cli.Reports.Html;
using AgentLift.Cli.Reports.Json;
using AgentLift.Cli.Reports.Markdown;
using AgentLift.Cli.Reports.Pages;
using AgentLift.Cli.Reports.Sarif;
using AgentLift.Cli.Reports.Terminal;
using AgentLift.Cli.Terminal;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.ParallelRun;
using Spectre.Console;

namespace AgentLift.Cli.Output;

/// <summary>The renderer of each format: the one place that knows them all.</summary>
internal static class ReportWriters
{
    private const int ColumnsOfFile = 120;

    /// <summary>Writes a fleet to standard output, whose errors go to standard error besides.</summary>
    public static void WriteToStandardOutput(ReportFormat format, FleetAssessment fleet, Verbosity verbosity)
    {
        if (format == ReportFormat.Table)
            new TableReport(verbosity == Verbosity.Detailed).Write(fleet with { Errors = [] }, StandardOutput());
        else
            RendererOf(format).Write(fleet, Console.Out);
    }

    /// <summary>Writes a parallel run to standard output.</summary>
    public static void WriteToStandardOutput(ReportFormat format, Comparison comparison)
    {
        switch (format)
        {
            case ReportFormat.Table:
                ComparisonTable.Write(comparison, StandardOutput());
                break;
            case ReportFormat.Json:
                ComparisonJson.Write(comparison, Console.Out);
                break;
            case ReportFormat.Markdown:
                ComparisonMarkdown.Write(comparison, Console.Out);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "a parallel run is not written in this format");
        }
    }

    /// <summary>Writes a fleet with all that belongs to it.</summary>
    public static void WriteToFile(ReportFormat format, FleetAssessment fleet, Verbosity verbosity, TextWriter output)
    {
        if (format == ReportFormat.Table)
            new TableReport(verbosity == Verbosity.Detailed).Write(fleet, ConsoleOf(output));
        else
            RendererOf(format).Write(fleet, output);
    }

    /// <summary>Writes a page to standard output.</summary>
    public static void WriteToStandardOutput(ReportFormat format, Page page, Verbosity verbosity)
    {
        if (format == ReportFormat.Table)
            PageConsole.Write(page, StandardOutput(), verbosity == Verbosity.Detailed);
        else
            WriteToFile(format, page, Console.Out);
    }

    /// <summary>Writes a page to standard error, for people.</summary>
    public static void WriteToStandardError(Page page, Verbosity verbosity) => PageConsole.Write(page, ConsoleOf(Console.Error), verbosity == Verbosity.Detailed);

    /// <summary>Writes a page as text, with all that belongs to it.</summary>
    public static void WriteToFile(ReportFormat format, Page page, TextWriter output)
    {
        switch (format)
        {
            case ReportFormat.Json:
                PageJson.Write(page, output);
                break;
            case ReportFormat.Sarif:
                PageSarif.Write(page, RulePage, output);
                break;
            case ReportFormat.Html:
                PageHtml.Write(page, output);
                break;
            case ReportFormat.Markdown:
                PageMarkdown.Write(page, output);
                break;
            default:
                PageConsole.Write(page, ConsoleOf(output), listAll: true);
                break;
        }
    }

    /// <summary>Writes one agent, factor by factor, to standard output.</summary>
    public static void Explain(AssessedAgent agent) => new ExplainReport().Write(agent, StandardOutput());

    private static IReport RendererOf(ReportFormat format) => format switch
    {
        ReportFormat.Json => new JsonReport(),
        ReportFormat.Sarif => new SarifReport(RulePage),
        ReportFormat.Html => new HtmlReport(),
        ReportFormat.Markdown => new MarkdownReport(),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "no renderer writes text in this format"),
    };

    private static string? RulePage(string id)
    {
        using var stream = typeof(ReportWriters).Assembly.GetManifestResourceStream($"rules/{id}.md");
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The terminal; in a pipe or a file, plain text.</summary>
    private static IAnsiConsole StandardOutput() => Console.IsOutputRedirected ? ConsoleOf(Console.Out) : AnsiConsole.Console;

    private static IAnsiConsole ConsoleOf(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = ColumnsOfFile;
        return console;
    }
}
