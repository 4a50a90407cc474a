using System.Collections.Concurrent;
using System.Collections.Immutable;
using AgentLift.Core;
using AgentLift.Core.Data;
using AgentLift.Core.Findings;
using AgentLift.Core.Settings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentLift.Migration.Assessment;

/// <summary>Hosts the shared pass in the tool and keeps what it hands over. One instance for one project.</summary>
#pragma warning disable RS1001, RS2008 // Not an analyzer that a compiler loads: the tool makes it, one for each project.
internal sealed class AssessmentCollector(SettingsOverrides overrides) : DiagnosticAnalyzer
{
    /// <summary>Never reported. Not configurable, so that no .editorconfig can switch the collection off.</summary>
    private static readonly DiagnosticDescriptor Anchor = new(
        "AGLASSESS",
        "Assessment",
        "Assessment",
        "Assessment",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        customTags: [WellKnownDiagnosticTags.NotConfigurable]);

    private readonly ConcurrentQueue<AgentAssessment> agents = new();
    private readonly ConcurrentQueue<DataProblem> problems = new();

    /// <summary>The agents found so far, in no order.</summary>
    public IReadOnlyCollection<AgentAssessment> Agents => agents;

    /// <summary>What is wrong with data files.</summary>
    public IReadOnlyCollection<DataProblem> Problems => problems;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Anchor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(AgentPass.GeneratedCode);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
            AgentPass.Register(start, overrides, (agent, _) => agents.Enqueue(agent), problems.Enqueue));
    }
}
