using AgentLift.Core.Risk;

namespace AgentLift.Cli.Reports.Html;

/// <summary>How a score comes about, factor by factor.</summary>
internal static class FactorTable
{
    /// <summary>Writes the table.</summary>
    public static void Write(HtmlWriter html, RiskScore risk)
    {
        var sum = FactorSum.Of(risk);
        using (html.Open("section", ("class", "factors")))
        {
            html.Element("h3", "Risk score");
            using (html.Open("table"))
            {
                html.Element("caption", $"Each factor adds {sum.Formula.Replace(" x ", " \u00D7 ")}.");
                using (html.Open("thead"))
                using (html.Open("tr"))
                {
                    html.Element("th", "Factor", ("scope", "col"));
                    html.Element("th", sum.Scale == 1 ? "Points" : "Weight", ("scope", "col"), ("class", "number"));
                    html.Element("th", "Severity", ("scope", "col"), ("class", "number"));
                    html.Element("th", "Adds", ("scope", "col"), ("class", "number"));
                }

                using (html.Open("tbody"))
                {
                    for (var index = 0; index < risk.Factors.Length; index++)
                        WriteFactor(html, risk.Factors[index], index);
                }

                using (html.Open("tfoot"))
                using (html.Open("tr"))
                {
                    html.Element("th", sum.Total == risk.Score ? "Sum" : "Sum, rounded up", ("scope", "row"), ("colspan", "2"));
                    using (html.Open("td", ("class", "number"), ("colspan", "2")))
                    {
                        if (sum.Total != risk.Score)
                            html.Element("span", Figures.Plain(sum.Total), ("class", "before")).Text(" \u2192 ");
                        html.Element("b", risk.Score.ToString());
                    }
                }
            }
        }
    }

    private static void WriteFactor(HtmlWriter html, FactorScore factor, int index)
    {
        using (html.Open("tr", ("class", factor.Contribution == 0 ? "nil" : null)))
        {
            using (html.Open("th", ("scope", "row")))
            {
                using (html.Open("span", ("class", "factor")))
                {
                    using (html.Open("svg", ("viewBox", "0 0 10 10"), ("aria-hidden", "true")))
                        html.Empty("rect", ("class", ScoreChart.ColourOf(index)), ("width", "10"), ("height", "10"), ("rx", "2"));
                    html.Text(factor.Id);
                }

                html.Element("small", factor.Reason);
            }

            html.Element("td", Figures.Plain(factor.Weight), ("class", "number"));
            html.Element("td", Figures.Plain(factor.Severity), ("class", "number"));
            html.Element("td", Figures.Plain(factor.Contribution), ("class", "number"));
        }
    }
}
