using System.Collections.Concurrent;
using System.Collections.Immutable;
using AgentLift.Core;
using AgentLift.Core.Accepted;
using AgentLift.Core.Data;
using AgentLift.Core.Detectors.HeavyDependencies;
using AgentLift.Core.Findings;
using AgentLift.Core.Settings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentLift.Analyzers;

/// <summary>Reports every rule of AgentLift from one pass over each type (DESIGN decision 1).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AgentAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(AgentPass.GeneratedCode);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        var agents = new ConcurrentBag<AgentAssessment>();
        var problems = new List<DataProblem>();
        var accepted = AcceptedFindings.Read(context.Options.AdditionalFiles, problems.Add, context.CancellationToken);
        AgentPass.Register(
            context,
            SettingsOverrides.None,
            (agent, end) =>
            {
                if (!agent.ModelLoads.IsEmpty)
                    agents.Add(agent);
                AgentDiagnostics.Report(agent, accepted, end.ReportDiagnostic);
            },
            problems.Add);
        context.RegisterAdditionalFileAction(file => DataDiagnostics.Report(problems, file));
        context.RegisterCompilationEndAction(end =>
        {
            foreach (var (_, evidence) in DuplicateModelLoadDetector.Detect(agents).Where(found => !accepted.Contains(found.Agent, found.Evidence.Rule)))
                end.ReportDiagnostic(AgentDiagnostics.Of(evidence));
        });
    }
}
