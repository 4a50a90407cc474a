using AgentLift.Cli.Reports.Html;

namespace AgentLift.Cli.Reports.Pages;

/// <summary>A page as one HTML file without scripts, in the dress of the assessment.</summary>
internal static class PageHtml
{
    public static void Write(Page page, TextWriter output)
    {
        output.Write("<!DOCTYPE html>\n");
        var html = new HtmlWriter(output);
        using (html.Open("html", ("lang", "en")))
        {
            WriteHead(html, page);
            html.Line();
            using (html.Open("body"))
            using (html.Open("div", ("class", "page")))
            {
                WriteHeader(html, page);
                using (html.Open("main"))
                {
                    foreach (var part in page.Parts.Where(part => !part.IsEmpty))
                        WritePart(html, part);
                    if (!page.Errors.IsEmpty)
                        WritePart(html, new PageList("Problems", [.. page.Errors.Select(error => $"{Phrases.Place(error)}: {error.Message}; {error.NextStep}")]));
                }

                html.Line().Element("footer", $"{page.Tool}, target {page.Target}");
            }
        }

        output.Write('\n');
    }

    private static void WriteHead(HtmlWriter html, Page page)
    {
        using (html.Open("head"))
        {
            html.Line().Empty("meta", ("charset", "utf-8"));
            html.Line().Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            html.Line().Empty("meta", ("name", "color-scheme"), ("content", "light dark"));
            html.Line().Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", $"default-src 'none'; style-src {PageResource.Style.PolicyHash}; base-uri 'none'; form-action 'none'"));
            html.Line().Element("title", $"{page.Title} of {page.Target}");
            html.Line().Own("style", PageResource.Style.Content).Line();
        }
    }

    private static void WriteHeader(HtmlWriter html, Page page)
    {
        using (html.Open("header", ("class", "masthead")))
        {
            html.Element("p", page.Title, ("class", "kicker"));
            html.Element("h1", page.Target);
            html.Element("p", page.Lead, ("class", "lead"));
        }
    }

    private static void WritePart(HtmlWriter html, PagePart part)
    {
        html.Line();
        using (html.Open("section", ("class", "chart")))
        {
            html.Element("h2", part.Heading);
            if (part is PageTable table)
                WriteTable(html, table);
            else if (part is PageList list)
                WriteList(html, list);
            else if (part is PagePlacesLeft places)
                WriteTable(html, places.ToTable());
        }
    }

    private static void WriteList(HtmlWriter html, PageList list)
    {
        using (html.Open("ul"))
        {
            foreach (var line in list.Lines)
                html.Line().Element("li", line);
        }
    }

    private static void WriteTable(HtmlWriter html, PageTable table)
    {
        using (html.Open("div", ("class", "sheet")))
        using (html.Open("table"))
        {
            using (html.Open("thead"))
            using (html.Open("tr"))
            {
                foreach (var column in table.Columns)
                    html.Element("th", column, ("scope", "col"));
            }

            using (html.Open("tbody"))
            {
                foreach (var row in table.Rows)
                {
                    html.Line();
                    using (html.Open("tr"))
                    {
                        foreach (var cell in row)
                            html.Element("td", cell);
                    }
                }
            }
        }
    }
}
