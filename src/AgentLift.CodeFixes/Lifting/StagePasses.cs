using System.Collections.Immutable;
using AgentLift.Core.Rules;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>The passes of a stage, in their order.</summary>
/// <param name="Stage">The stage; None where the passes were chosen singly and are all to be made.</param>
/// <param name="Passes">The passes.</param>
internal sealed record StagePasses(MigrationStage Stage, ImmutableArray<ILiftPass> Passes);
