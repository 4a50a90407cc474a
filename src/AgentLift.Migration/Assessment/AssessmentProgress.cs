namespace AgentLift.Migration.Assessment;

/// <summary>Where an assessment stands.</summary>
public enum AssessmentPhase
{
    /// <summary>Packages are being restored.</summary>
    Restoring = 0,

    /// <summary>Projects are being read.</summary>
    Loading = 1,

    /// <summary>Code is being looked at.</summary>
    Assessing = 2,

    /// <summary>Not a step: a detail for people who look for the cause of something.</summary>
    Detail = 3,
}

/// <summary>One step of an assessment, as it begins.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="Subject">What it is done to, such as a project's name.</param>
/// <param name="Done">Subjects of this phase that are finished.</param>
/// <param name="Total">Subjects of this phase; 0 where not known.</param>
public sealed record AssessmentProgress(AssessmentPhase Phase, string Subject, int Done = 0, int Total = 0);
