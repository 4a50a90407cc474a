using Microsoft.CodeAnalysis;

namespace AgentLift.Generators;

/// <summary>Something that a generator cannot use.</summary>
/// <param name="RuleId">The rule that says so.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Arguments">Arguments of the rule's message.</param>
internal sealed record Problem(string RuleId, SourcePlace Place, EquatableArray<string> Arguments)
{
    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptors.Of(RuleId), Place.ToLocation(), [.. Arguments.Items]);
}
