namespace AgentLift.Runtime.Benchmarks.Failover;

/// <summary>What askers met in one round.</summary>
/// <param name="Trouble">What was done.</param>
/// <param name="Answers">What they were answered.</param>
/// <param name="Gone">Until the instance had left the directory; <see langword="null"/> where none was to leave.</param>
internal sealed record FailoverRound(string Trouble, AnswerLog Answers, TimeSpan? Gone);
