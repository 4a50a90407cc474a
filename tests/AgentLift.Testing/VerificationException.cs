namespace AgentLift.Testing;

/// <summary>What was found differs from what the test expects.</summary>
public sealed class VerificationException(string message) : Exception(message);
