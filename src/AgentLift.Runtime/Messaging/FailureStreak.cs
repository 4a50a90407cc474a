namespace AgentLift.Runtime.Messaging;

/// <summary>
/// Counts failures in a row. Polly's circuit breaker judges by the share of failures among many calls in a short window, so that it never opens for an agent
/// that is asked once a minute; fed with streaks instead of failures it opens for both.
/// </summary>
/// <param name="length">Failures in a row that make a streak.</param>
internal sealed class FailureStreak(int length)
{
    private int inARow;

    /// <summary>Counts one call.</summary>
    /// <returns>Whether it completes or prolongs a streak.</returns>
    public bool Count(bool failed)
    {
        if (!failed)
        {
            Volatile.Write(ref inARow, 0);
            return false;
        }

        return Interlocked.Increment(ref inARow) >= length;
    }
}
