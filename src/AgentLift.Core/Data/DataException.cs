namespace AgentLift.Core.Data;

/// <summary>A data file cannot be used; <see cref="Problem"/> says where and why.</summary>
public sealed class DataException(DataProblem problem) : Exception($"{problem.File}({problem.Line}): {problem.Message}")
{
    /// <summary>What is wrong, and what to do.</summary>
    public DataProblem Problem { get; } = problem;
}
