using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Logging;

/// <summary>A value within a line of output.</summary>
/// <param name="Value">What is shown.</param>
/// <param name="Alignment">Its width, as in <c>{value,10}</c>.</param>
/// <param name="Format">Its format, as in <c>{value:0.0}</c>.</param>
internal sealed record TemplateHole(ExpressionSyntax Value, string? Alignment, string? Format);
