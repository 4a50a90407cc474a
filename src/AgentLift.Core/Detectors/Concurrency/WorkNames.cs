using AgentLift.Core.Facts;

namespace AgentLift.Core.Detectors.Concurrency;

/// <summary>What messages call a piece of background work.</summary>
internal static class WorkNames
{
    /// <summary>The method that runs, or the member that starts it where a lambda runs or the body cannot be seen.</summary>
    public static string Of(BackgroundWork work) =>
        work.Body is { Name: { Length: > 0 } name } ? name : "work started by " + FunctionNames.Of(work.Scope);
}
