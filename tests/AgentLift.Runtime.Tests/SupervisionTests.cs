namespace AgentLift.Runtime.Tests;

public class SupervisionTests
{
    private static readonly RestartPolicy Plain = new() { Jitter = 0, InitialDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(5), MaxRestarts = 4, Window = TimeSpan.FromHours(1) };

    private readonly ManualTime time = new();

    [Fact]
    public async Task A_loop_that_fails_starts_again_after_waits_that_double_up_to_the_longest()
    {
        await using var agent = NewAgent();
        var runs = 0;
        var loop = agent.Run("poll", _ => ++runs == 5 ? Task.CompletedTask : throw new InvalidOperationException("no hub"), Plain);
        await agent.StartAsync(default);

        TimeSpan[] waits = [await time.PassNextWaitAsync(), await time.PassNextWaitAsync(), await time.PassNextWaitAsync(), await time.PassNextWaitAsync()];
        await loop.Completion;

        waits.Select(wait => wait.TotalSeconds).ShouldBe([1, 2, 4, 5]);
        loop.State.ShouldBe(LoopState.Completed);
        loop.Restarts.ShouldBe(4);
        loop.LastError!.Message.ShouldBe("no hub");
    }

    [Fact]
    public async Task When_the_restarts_are_used_up_the_agent_fails_and_says_why()
    {
        await using var agent = NewAgent();
        var loop = agent.Run("poll", _ => throw new InvalidOperationException("no hub"), Plain with { MaxRestarts = 1 });
        await agent.StartAsync(default);

        await time.PassNextWaitAsync();
        await loop.Completion;

        agent.State.ShouldBe(AgentState.Failed);
        agent.Failure!.Message.ShouldBe("Agent tester failed in loop poll: it used up 1 restarts within 01:00:00; the last run threw InvalidOperationException: no hub");
    }

    [Fact]
    public async Task A_loop_may_stay_down_and_only_degrade_its_agent()
    {
        await using var agent = NewAgent();
        var loop = agent.Run("poll", _ => throw new InvalidOperationException("no hub"), RestartPolicy.Never with { WhenExhausted = RestartEscalation.Degrade });
        await agent.StartAsync(default);

        await loop.Completion;

        loop.State.ShouldBe(LoopState.Failed);
        agent.State.ShouldBe(AgentState.Running);
    }

    [Fact]
    public async Task Restarts_outside_the_window_do_not_count()
    {
        await using var agent = NewAgent();
        var runs = 0;
        var loop = agent.Run(
            "poll",
            async token =>
            {
                if (++runs == 4)
                    return;
                await Task.Delay(TimeSpan.FromHours(2), time, token);
                throw new InvalidOperationException("no hub");
            },
            Plain with { MaxRestarts = 1 });
        await agent.StartAsync(default);

        while (!loop.Completion.IsCompleted)
            await Task.WhenAny(time.PassNextWaitAsync(), loop.Completion);

        loop.State.ShouldBe(LoopState.Completed);
        loop.Restarts.ShouldBe(3);
    }

    [Fact]
    public async Task Always_also_starts_again_what_ended_by_itself()
    {
        await using var agent = NewAgent();
        var loop = agent.Run("poll", _ => Task.CompletedTask, Plain with { Mode = RestartMode.Always, MaxRestarts = 2, WhenExhausted = RestartEscalation.Degrade });
        await agent.StartAsync(default);

        await time.PassNextWaitAsync();
        await time.PassNextWaitAsync();
        await loop.Completion;

        loop.Restarts.ShouldBe(2);
        loop.State.ShouldBe(LoopState.Failed);
        loop.LastError.ShouldBeNull();
    }

    [Fact]
    public async Task Periodic_work_runs_at_once_and_then_a_period_after_each_round()
    {
        await using var agent = NewAgent();
        var rounds = new List<TimeSpan>();
        agent.Periodically("review", TimeSpan.FromSeconds(5), _ =>
        {
            rounds.Add(TimeSpan.FromTicks(time.GetTimestamp()));
            return Task.CompletedTask;
        });
        await agent.StartAsync(default);

        await time.PassNextWaitAsync();
        await time.PassNextWaitAsync();
        await agent.StopAsync(default);

        rounds.Take(2).ShouldBe([TimeSpan.Zero, TimeSpan.FromSeconds(5)]);
    }

    [Fact]
    public async Task Periodic_work_may_wait_before_its_first_round()
    {
        await using var agent = NewAgent();
        var first = new TaskCompletionSource<TimeSpan>();
        agent.Periodically(
            "review",
            TimeSpan.FromSeconds(5),
            _ =>
            {
                first.TrySetResult(TimeSpan.FromTicks(time.GetTimestamp()));
                return Task.CompletedTask;
            },
            firstAfter: TimeSpan.FromSeconds(2));
        await agent.StartAsync(default);

        await time.PassNextWaitAsync();

        (await first.Task.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_blocking_loop_runs_on_its_own_named_thread_and_stops()
    {
        await using var agent = NewAgent();
        var name = new TaskCompletionSource<string?>();
        var loop = agent.OnThread("infer", token =>
        {
            name.SetResult(Thread.CurrentThread.Name);
            token.WaitHandle.WaitOne();
        });
        await agent.StartAsync(default);

        (await name.Task).ShouldBe("tester/infer");
        await agent.StopAsync(default);

        loop.State.ShouldBe(LoopState.Stopped);
    }

    [Fact]
    public async Task Loops_that_have_completed_are_forgotten()
    {
        await using var agent = NewAgent();
        await agent.StartAsync(default);

        var served = Enumerable.Range(0, 100).Select(_ => agent.Run("serve", _ => Task.CompletedTask)).ToList();
        await Task.WhenAll(served.Select(loop => loop.Completion));

        SpinWait.SpinUntil(() => agent.Loops.Count == 0, TimeSpan.FromSeconds(30)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(1, 0.0, 100)]
    [InlineData(1, 1.0, 80)]
    [InlineData(3, 0.0, 400)]
    [InlineData(60, 0.0, 30_000)]
    public void The_wait_doubles_is_capped_and_loses_a_share_to_chance(int failures, double chance, double milliseconds) =>
        RestartPolicy.Default.DelayBefore(failures, chance).TotalMilliseconds.ShouldBe(milliseconds, 0.001);

    [Fact]
    public void A_policy_out_of_range_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new RestartPolicy { Jitter = 1.5 });
        Should.Throw<ArgumentOutOfRangeException>(() => new RestartPolicy { MaxRestarts = -1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new RestartPolicy { Window = TimeSpan.FromSeconds(-1) });
    }

    private TestAgent NewAgent() => new(AgentContext.Standalone("tester", time: time));
}
