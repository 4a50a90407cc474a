using System.Collections.Immutable;
using AgentLift.Migration.Assessment;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Loading;

/// <summary>A target in memory, not yet parsed.</summary>
/// <param name="Solution">Its projects.</param>
/// <param name="Errors">What did not load.</param>
internal sealed record LoadedSource(Solution Solution, ImmutableArray<AssessmentError> Errors);
