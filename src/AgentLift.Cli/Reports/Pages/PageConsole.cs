using AgentLift.Cli.Reports.Terminal;
using Spectre.Console;

namespace AgentLift.Cli.Reports.Pages;

/// <summary>A page on a terminal.</summary>
internal static class PageConsole
{
    private static readonly Style Bold = new(decoration: Decoration.Bold);

    public static void Write(Page page, IAnsiConsole console)
    {
        foreach (var part in page.Parts.Where(part => !part.IsEmpty))
        {
            console.Write(new UnwrappedLine().Add(part.Heading, Bold));
            if (part is PageTable table)
                console.Write(TableOf(table, console.Profile));
            else if (part is PageList list)
                WriteLines(list, console);
            console.WriteLine();
        }

        console.Write(new UnwrappedLine().Add(page.Lead));
    }

    private static void WriteLines(PageList list, IAnsiConsole console)
    {
        foreach (var line in list.Lines)
            console.Write(new UnwrappedLine().Add("  " + line));
    }

    private static Table TableOf(PageTable part, Profile profile)
    {
        var table = new Table { Border = PlainBorder.Of(profile) };
        for (var i = 0; i < part.Columns.Length; i++)
            table.AddColumn(new TableColumn(new Text(part.Columns[i], Bold)) { NoWrap = i < part.Columns.Length - 1, Padding = new Padding(0, 0, 2, 0) });
        foreach (var row in part.Rows)
            table.AddRow(row.Select(cell => new Text(OneLine.Of(cell))));
        return table;
    }
}
