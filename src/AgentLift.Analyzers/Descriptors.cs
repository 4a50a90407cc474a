using System.Collections.Immutable;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Analyzers;

/// <summary>The diagnostic descriptors of all rules that look at code; those of the generators are reported by the generators.</summary>
internal static class Descriptors
{
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        [.. RuleTable.All.Where(rule => rule.Family != RuleFamilies.Generators).Select(rule => rule.ToDescriptor())];

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById = All.ToImmutableDictionary(descriptor => descriptor.Id);

    public static DiagnosticDescriptor Of(Rule rule) => ById[rule.Id];

    public static DiagnosticDescriptor Of(string id) => ById[id];
}
