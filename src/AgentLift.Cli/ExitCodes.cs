using AgentLift.Migration.Assessment;

namespace AgentLift.Cli;

/// <summary>What errors mean for the exit code.</summary>
internal static class ExitCodes
{
    public static ExitCode Of(IEnumerable<AssessmentError> errors) =>
        errors.Select(error => error.Kind == AssessmentErrorKind.Load ? ExitCode.TargetNotLoaded : ExitCode.BadInput)
            .DefaultIfEmpty(ExitCode.Success)
            .Max();
}
