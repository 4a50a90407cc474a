namespace AgentLift.Core.Data;

/// <summary>What is wrong with a data file (matrix, catalogue, manifest), and what to do.</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="NextStep">What to do about it.</param>
public sealed record DataProblem(string File, int Line, string Message, string NextStep);
