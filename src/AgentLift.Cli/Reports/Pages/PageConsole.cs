using AgentLift.Cli.Reports.Terminal;
using Spectre.Console;

namespace AgentLift.Cli.Reports.Pages;

/// <summary>A page on a terminal.</summary>
internal static class PageConsole
{
    // Where space is short, the blank of the border is all that stands between two columns.
    private static readonly int[] Gaps = [2, 0];

    // A last column that is narrower than this breaks its words.
    private const int NarrowestText = 20;

    private static readonly Style Bold = new(decoration: Decoration.Bold);

    /// <summary>Writes a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="console">The terminal.</param>
    /// <param name="listAll">Whether nothing is summed up, however long it gets.</param>
    public static void Write(Page page, IAnsiConsole console, bool listAll = false)
    {
        foreach (var part in page.Parts.Where(part => !part.IsEmpty))
        {
            console.Write(new UnwrappedLine().Add(part.Heading, Bold));
            if (part is PageTable table)
                console.Write(TableOf(table, console.Profile));
            else if (part is PageList list)
                WriteLines(list, console);
            else if (part is PagePlacesLeft places)
                PlacesLeftView.Write(places, console, listAll);
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
        var last = part.Columns.Length - 1;
        var needed = Enumerable.Range(0, last).Sum(i => WidthOf(part, i)) + Math.Min(WidthOf(part, last), NarrowestText);
        var gap = Gaps.Cast<int?>().FirstOrDefault(gap => needed + ((gap + 1) * part.Columns.Length) <= profile.Width);
        for (var i = 0; i <= last; i++)
            table.AddColumn(new TableColumn(new Text(part.Columns[i], Bold)) { NoWrap = i < last && gap is not null, Padding = new Padding(0, 0, gap ?? 0, 0) });
        foreach (var row in part.Rows)
            table.AddRow(row.Select(cell => new Text(OneLine.Of(cell))));
        return table;
    }

    private static int WidthOf(PageTable part, int column) => part.Rows.Select(row => row[column].Length).Append(part.Columns[column].Length).Max();
}
