namespace AgentLift.Migration.Assessment;

/// <summary>Something the work cannot go on without is missing or wrong: the target, or a baseline.</summary>
public sealed class UnusableInputException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="error">What is wrong and what to do.</param>
    public UnusableInputException(AssessmentError error)
        : base(error.Message) => Error = error;

    /// <summary>What is wrong and what to do.</summary>
    public AssessmentError Error { get; }
}
