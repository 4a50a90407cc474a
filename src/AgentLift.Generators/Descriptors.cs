using System.Collections.Immutable;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Generators;

/// <summary>The diagnostic descriptors of what the generators report.</summary>
internal static class Descriptors
{
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        [.. RuleTable.All.Where(rule => rule.Family == RuleFamilies.Generators).Select(rule => rule.ToDescriptor())];

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById = All.ToImmutableDictionary(descriptor => descriptor.Id);

    public static DiagnosticDescriptor Of(string id) => ById[id];
}
