using System.Collections.Immutable;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Analyzers;

/// <summary>The diagnostic descriptors of all rules.</summary>
internal static class Descriptors
{
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById = RuleTable.All.ToImmutableDictionary(rule => rule.Id, Create);

    public static ImmutableArray<DiagnosticDescriptor> All { get; } = [.. RuleTable.All.Select(rule => ById[rule.Id])];

    public static DiagnosticDescriptor Of(Rule rule) => ById[rule.Id];

    public static DiagnosticDescriptor Of(string id) => ById[id];

    private static DiagnosticDescriptor Create(Rule rule) => new(
        rule.Id,
        rule.Title,
        rule.Message,
        rule.Category,
        rule.Severity,
        isEnabledByDefault: true,
        description: Describe(rule),
        helpLinkUri: rule.HelpLink,
        customTags: Tags(rule));

    private static string Describe(Rule rule) => rule.Stage == MigrationStage.None
        ? $"{rule.Title}."
        : $"{rule.Title}. The stage {rule.Stage.ToKebabCase()} removes it; its fix is {(rule.Fix == FixKind.None ? "left to a person" : rule.Fix.ToKebabCase())}.";

    // Comparing agents needs the whole compilation; hosts must know that such a rule does not run live.
    private static string[] Tags(Rule rule) =>
        rule.Id == RuleIds.DuplicateModelLoad ? [WellKnownDiagnosticTags.CompilationEnd] : [];
}
