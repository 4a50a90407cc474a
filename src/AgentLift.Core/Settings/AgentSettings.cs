using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentLift.Core.Settings;

/// <summary>What the .editorconfig keys <c>agentlift.*</c> say for one file.</summary>
public sealed record AgentSettings
{
    /// <summary>The settings where nothing is configured.</summary>
    public static AgentSettings Default { get; } = new();

    /// <summary>Endings of class names that strengthen evidence (<c>agentlift.agent_suffixes</c>).</summary>
    public ImmutableArray<string> AgentSuffixes { get; init; } =
    [
        "Agent", "Service", "Manager", "Worker", "Server", "Hub", "Responder", "Processor", "Coordinator", "Orchestrator", "Monitor", "Bot", "Daemon",
    ];

    /// <summary>Names of base classes that lifted agents derive from (<c>agentlift.base_types</c>).</summary>
    public ImmutableArray<string> BaseTypes { get; init; } = ["BaseAgent"];

    /// <summary>Classes that are agents whatever they do (<c>agentlift.agent_types</c>); a trailing <c>*</c> stands for any ending.</summary>
    public ImmutableArray<string> AgentTypes { get; init; } = [];

    /// <summary>Classes that are no agents whatever they do (<c>agentlift.excluded_types</c>); a trailing <c>*</c> stands for any ending.</summary>
    public ImmutableArray<string> ExcludedTypes { get; init; } = [];

    /// <summary>Whether classes count as agents by what they do (<c>agentlift.detect_by_behaviour</c>).</summary>
    public bool DetectByBehaviour { get; init; } = true;

    /// <summary>Whether the console is the program's result, not its log (<c>agentlift.console_is_output</c>).</summary>
    public bool ConsoleIsOutput { get; init; }

    /// <summary>Name of the risk matrix (<c>agentlift.matrix</c>).</summary>
    public string Matrix { get; init; } = "weighted";

    /// <summary>Reads the keys that apply to a file.</summary>
    public static AgentSettings Read(AnalyzerConfigOptions options) => new()
    {
        AgentSuffixes = List(options, "agentlift.agent_suffixes", Default.AgentSuffixes),
        BaseTypes = List(options, "agentlift.base_types", Default.BaseTypes),
        AgentTypes = List(options, "agentlift.agent_types", Default.AgentTypes),
        ExcludedTypes = List(options, "agentlift.excluded_types", Default.ExcludedTypes),
        DetectByBehaviour = !Says(options, "agentlift.detect_by_behaviour", "false"),
        ConsoleIsOutput = Says(options, "agentlift.console_is_output", "true"),
        Matrix = options.TryGetValue("agentlift.matrix", out var matrix) && matrix.Trim().Length > 0 ? matrix.Trim() : Default.Matrix,
    };

    private static ImmutableArray<string> List(AnalyzerConfigOptions options, string key, ImmutableArray<string> otherwise) =>
        options.TryGetValue(key, out var text)
            ? [.. text.Split(',').Select(item => item.Trim()).Where(item => item.Length > 0)]
            : otherwise;

    private static bool Says(AnalyzerConfigOptions options, string key, string value) =>
        options.TryGetValue(key, out var text) && string.Equals(text.Trim(), value, StringComparison.OrdinalIgnoreCase);
}
