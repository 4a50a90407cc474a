using System.Globalization;
using System.Text.Json;

namespace AgentLift.Start.Benchmarks;

/// <summary>What <c>agentlift measure</c> found of one agent.</summary>
/// <param name="Agent">Its name.</param>
/// <param name="ReadyBefore">Start to ready before, in milliseconds: the median and the median absolute deviation.</param>
/// <param name="ReadyAfter">The same after.</param>
/// <param name="SoonerPercent">By how much sooner it is ready, of the medians.</param>
/// <param name="AnswerSoonerPercent">By how much sooner its first answer comes.</param>
/// <param name="MemorySmallerPercent">By how much less memory it has at its peak until ready.</param>
internal sealed record Measured(string Agent, (double Median, double Deviation) ReadyBefore, (double Median, double Deviation) ReadyAfter, double SoonerPercent, double AnswerSoonerPercent, double MemorySmallerPercent)
{
    /// <summary>Measures an agent of both forms; fails where they answer differently.</summary>
    public static Measured Of(SampleForms forms, string agent, int runs)
    {
        var report = Path.Combine(forms.Reports, agent + ".json");
        SampleForms.Run(
            forms.Reports,
            "dotnet",
            SampleForms.Tool,
            "measure",
            agent,
            "--before",
            SampleForms.Command(forms.Before, agent),
            "--after",
            SampleForms.Command(forms.After, agent),
            "--transcript",
            Path.Combine(SampleForms.Transcripts, agent + ".yaml"),
            "--runs",
            runs.ToString(CultureInfo.InvariantCulture),
            "--timeout",
            "30s",
            "--format",
            "json",
            "--output",
            report);
        using var document = JsonDocument.Parse(File.ReadAllText(report));
        var ready = document.RootElement.GetProperty("startToReadyMilliseconds");
        return new Measured(
            agent,
            Spread(ready.GetProperty("before")),
            Spread(ready.GetProperty("after")),
            Percent(ready),
            Percent(document.RootElement.GetProperty("startToFirstAnswerMilliseconds")),
            Percent(document.RootElement.GetProperty("peakMemoryUntilReadyBytes")));
    }

    private static (double Median, double Deviation) Spread(JsonElement form) => (form.GetProperty("median").GetDouble(), form.GetProperty("deviation").GetDouble());

    private static double Percent(JsonElement figure) => figure.GetProperty("improvementPercent").GetDouble();
}
