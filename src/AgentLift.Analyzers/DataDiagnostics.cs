using AgentLift.Core.Data;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Analyzers;

/// <summary>Reports what is wrong with a matrix, a catalogue or a manifest, in that file.</summary>
internal static class DataDiagnostics
{
    public static void Report(IEnumerable<DataProblem> problems, AdditionalFileAnalysisContext context)
    {
        foreach (var problem in problems)
        {
            if (problem.File == context.AdditionalFile.Path)
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    Descriptors.Of(RuleIds.UnusableDataFile),
                    LocationOf(problem, context),
                    Path.GetFileName(problem.File),
                    problem.Message,
                    problem.NextStep));
            }
        }
    }

    private static Location LocationOf(DataProblem problem, AdditionalFileAnalysisContext context)
    {
        if (context.AdditionalFile.GetText(context.CancellationToken) is not { Lines: { Count: > 0 } lines })
            return Location.None;
        var line = lines[Math.Min(Math.Max(problem.Line, 1), lines.Count) - 1];
        return Location.Create(problem.File, line.Span, lines.GetLinePositionSpan(line.Span));
    }
}
