namespace AgentLift.Runtime.Benchmarks.Soak;

/// <summary>The agent that is asked, and stopped and replaced every few seconds. What it needs fails to load every other time.</summary>
internal sealed class BackAgent(AgentContext context, SoakCounts counts) : BaseAgent(context)
{
    public const string AgentName = "back";
    private const int LargeBytes = 1024 * 1024;
    private int attempts;

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        var table = DeclareDependency("table", Load);
        ListenMessages("messages", routes => routes.Answer(SoakContracts.Double, async (number, token) =>
        {
            counts.Request();
            await table.GetAsync(token);
            return 2 * number;
        }));
        return ValueTask.CompletedTask;
    }

    // Large, so that one that is kept from each agent that was replaced shows in the heap within a minute.
    private ValueTask<byte[]> Load(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref attempts) % 2 == 1)
        {
            counts.LoadFailed();
            throw new InvalidOperationException("The load that fails.");
        }

        counts.Loaded();
        return ValueTask.FromResult(new byte[LargeBytes]);
    }
}
