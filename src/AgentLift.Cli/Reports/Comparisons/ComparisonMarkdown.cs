using AgentLift.Cli.Reports.Markdown;
using AgentLift.Migration.ParallelRun;

namespace AgentLift.Cli.Reports.Comparisons;

/// <summary>A parallel run as Markdown for reviews.</summary>
internal static class ComparisonMarkdown
{
    public static void Write(Comparison comparison, TextWriter output)
    {
        output.Write($"# Parallel run of {MarkdownText.Escape(comparison.Transcript.Agent)}\n\n{MarkdownText.Escape(ComparisonFigures.Verdict(comparison))}\n\n");
        output.Write("| | old | new |\n|---|--:|--:|\n");
        foreach (var (what, old, @new) in ComparisonFigures.Of(comparison))
            output.Write($"| {what} | {old} | {@new} |\n");
        if (comparison.Differences.IsEmpty)
            return;
        output.Write("\n| line | request | old | new |\n|--:|---|---|---|\n");
        foreach (var difference in comparison.Differences)
            output.Write($"| {difference.Line} | {MarkdownText.Escape(difference.Request)} | {MarkdownText.Escape(difference.Old)} | {MarkdownText.Escape(difference.New)} |\n");
    }
}
