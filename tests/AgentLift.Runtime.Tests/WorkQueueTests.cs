namespace AgentLift.Runtime.Tests;

public class WorkQueueTests
{
    [Fact]
    public async Task A_full_queue_pushes_back()
    {
        await using var agent = new TestAgent(AgentContext.Standalone("tester"));
        var open = new TaskCompletionSource();
        var taken = new TaskCompletionSource();
        var queue = agent.Queue<int>("work", capacity: 2, async (_, _) =>
        {
            taken.TrySetResult();
            await open.Task;
        });
        await agent.StartAsync(default);

        queue.TryEnqueue(1).ShouldBeTrue();
        await taken.Task;
        queue.TryEnqueue(2).ShouldBeTrue();
        queue.TryEnqueue(3).ShouldBeTrue();
        queue.TryEnqueue(4).ShouldBeFalse();
        var waiting = queue.EnqueueAsync(5).AsTask();
        waiting.IsCompleted.ShouldBeFalse();
        open.SetResult();

        await waiting;
    }

    [Fact]
    public async Task What_was_accepted_is_worked_off_before_the_agent_stops_and_an_item_that_fails_holds_up_nothing()
    {
        await using var agent = new TestAgent(AgentContext.Standalone("tester"));
        var done = 0;
        var queue = agent.Queue<int>(
            "work",
            capacity: 1_000,
            async (item, _) =>
            {
                await Task.Yield();
                if (item % 10 == 0)
                    throw new InvalidOperationException("bad item");
                Interlocked.Increment(ref done);
            },
            workers: 3);
        await agent.StartAsync(default);
        for (var item = 0; item < 1_000; item++)
            await queue.EnqueueAsync(item);

        await agent.StopAsync(default);

        done.ShouldBe(900);
        agent.ActiveOperations.ShouldBe(0);
        Should.Throw<AgentDrainingException>(() => queue.TryEnqueue(1));
    }
}
