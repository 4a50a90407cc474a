using System.Collections.Concurrent;
using AgentLift.Core.Assessment;
using AgentLift.Core.Data;
using AgentLift.Core.Discovery;
using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Settings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentLift.Core;

/// <summary>The one pass of an analyzer over a compilation, in the IDE and in the build. The tool and the fixes read types by <see cref="AgentReader"/>, which comes to the same.</summary>
public static class AgentPass
{
    /// <summary>
    /// What hosts must ask for. Generated code is not analyzed, so nothing in it is reported; without the second flag the compiler
    /// would make sure of that by a walk over every token of each file, which costs more than the detectors do.
    /// </summary>
    public const GeneratedCodeAnalysisFlags GeneratedCode = GeneratedCodeAnalysisFlags.ReportDiagnostics;

    /// <summary>Registers the pass. Each agent is handed over once, when its type has been seen whole.</summary>
    /// <param name="context">The start of the compilation.</param>
    /// <param name="overrides">What the command line says.</param>
    /// <param name="onAgent">Receives each agent and the diagnostic context of its type; called concurrently.</param>
    /// <param name="onProblem">Receives what is wrong with data files; called before any agent.</param>
    public static void Register(
        CompilationStartAnalysisContext context,
        SettingsOverrides overrides,
        Action<AgentAssessment, SymbolAnalysisContext> onAgent,
        Action<DataProblem> onProblem)
    {
        var data = FleetData.Read(context.Options.AdditionalFiles, overrides, onProblem, context.CancellationToken);
        var assessor = new AgentAssessor(context.Compilation, data, context.CancellationToken);
        var settings = new ConcurrentDictionary<SyntaxTree, AgentSettings>();
        context.RegisterSymbolStartAction(
            start =>
            {
                var type = (INamedTypeSymbol)start.Symbol;
                if (!AgentDiscovery.CanBeAgent(type))
                    return;

                var members = new List<MemberFacts>();
                start.RegisterOperationBlockAction(block =>
                {
                    var facts = OperationCollector.Collect(assessor.Knowledge, type, block.OwningSymbol, block.OperationBlocks);
                    lock (members)
                        members.Add(facts);
                });
                start.RegisterSymbolEndAction(end =>
                {
                    var tree = type.DeclaringSyntaxReferences[0].SyntaxTree;
                    var applied = settings.GetOrAdd(tree, key => AgentSettings.Read(end.Options.AnalyzerConfigOptionsProvider.GetOptions(key)));
                    if (assessor.Assess(new TypeFacts(type, assessor.Knowledge, members), applied) is { } assessment)
                        onAgent(assessment, end);
                });
            },
            SymbolKind.NamedType);
    }
}
