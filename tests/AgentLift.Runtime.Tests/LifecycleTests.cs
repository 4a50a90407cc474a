namespace AgentLift.Runtime.Tests;

public class LifecycleTests
{
    private readonly ManualTime time = new();

    [Fact]
    public async Task Loops_begin_after_the_start_and_end_before_the_agent_has_stopped()
    {
        var steps = new List<string>();
        await using var agent = new TestAgent(Context())
        {
            Starting = (self, _) =>
            {
                self.Run("work", async token =>
                {
                    steps.Add("work");
                    try
                    {
                        await Task.Delay(Timeout.Infinite, token);
                    }
                    finally
                    {
                        steps.Add("work ends");
                    }
                });
                steps.Add("starting");
                return ValueTask.CompletedTask;
            },
            Draining = _ => Add("draining"),
            Stopped = _ => Add("stopped"),
        };

        await agent.StartAsync(default);
        SpinWait.SpinUntil(() => steps.Contains("work"), TimeSpan.FromSeconds(30)).ShouldBeTrue();
        await agent.StopAsync(default);

        steps.ShouldBe(["starting", "work", "draining", "work ends", "stopped"]);
        agent.State.ShouldBe(AgentState.Stopped);

        ValueTask Add(string step)
        {
            steps.Add(step);
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task A_start_that_takes_too_long_fails_and_names_the_option()
    {
        await using var agent = new TestAgent(Context()) { Starting = async (_, _) => await new TaskCompletionSource().Task };

        var start = agent.StartAsync(default);
        await time.PassNextWaitAsync();

        var failure = await Should.ThrowAsync<AgentFailedException>(start);
        failure.Message.ShouldBe("Agent tester failed in start: it took longer than 00:00:30. If that is right, raise Agents:tester:StartTimeout.");
        agent.State.ShouldBe(AgentState.Failed);
    }

    [Fact]
    public async Task A_start_that_throws_keeps_the_cause_and_stops_the_loops()
    {
        SupervisedLoop? loop = null;
        await using var agent = new TestAgent(Context())
        {
            Starting = (self, _) =>
            {
                loop = self.Run("work", token => Task.Delay(Timeout.Infinite, token));
                throw new IOException("the port is taken");
            },
        };

        var failure = await Should.ThrowAsync<AgentFailedException>(agent.StartAsync(default));

        failure.InnerException.ShouldBeOfType<IOException>();
        loop!.State.ShouldBe(LoopState.Pending);
    }

    [Fact]
    public async Task An_isolated_agent_fails_without_an_exception()
    {
        await using var agent = new TestAgent(Context(options => options.OnFailure = AgentFailurePolicy.Isolate)) { Starting = (_, _) => throw new IOException("no") };

        await agent.StartAsync(default);

        agent.State.ShouldBe(AgentState.Failed);
        agent.Failure!.Phase.ShouldBe("start");
    }

    [Fact]
    public async Task A_stop_waits_for_operations_under_way_and_refuses_new_ones()
    {
        await using var agent = new TestAgent(Context());
        await agent.StartAsync(default);
        var operation = agent.Begin("answer");

        var stop = agent.StopAsync(default);
        agent.State.ShouldBe(AgentState.Draining);
        Should.Throw<AgentDrainingException>(() => agent.Begin("answer")).Message.ShouldBe("Agent tester takes no new operation (answer): it drains or has stopped.");
        stop.IsCompleted.ShouldBeFalse();
        operation.Dispose();
        await stop;

        agent.State.ShouldBe(AgentState.Stopped);
    }

    [Fact]
    public async Task A_drain_gives_up_when_its_time_is_over()
    {
        await using var agent = new TestAgent(Context());
        await agent.StartAsync(default);
        using var operation = agent.Begin("answer");

        var stop = agent.StopAsync(default);
        (await time.PassNextWaitAsync()).ShouldBe(TimeSpan.FromSeconds(20));
        await stop;

        agent.State.ShouldBe(AgentState.Stopped);
        agent.ActiveOperations.ShouldBe(1);
    }

    [Fact]
    public async Task A_failure_on_the_way_down_is_told_and_the_way_down_goes_on()
    {
        var stopped = false;
        await using var agent = new TestAgent(Context())
        {
            Draining = _ => throw new IOException("cannot flush"),
            Stopped = _ =>
            {
                stopped = true;
                return ValueTask.CompletedTask;
            },
        };
        await agent.StartAsync(default);

        await agent.StopAsync(default);

        stopped.ShouldBeTrue();
        agent.Failure!.Message.ShouldBe("Agent tester failed in drain: IOException: cannot flush");
    }

    [Fact]
    public async Task A_loop_that_ignores_its_token_is_left_behind()
    {
        await using var agent = new TestAgent(Context());
        var loop = agent.Run("deaf", async _ => await new TaskCompletionSource().Task);
        await agent.StartAsync(default);

        var stop = agent.StopAsync(default);
        (await time.PassNextWaitAsync()).ShouldBe(TimeSpan.FromSeconds(10));
        await stop;

        loop.Completion.IsCompleted.ShouldBeFalse();
        agent.State.ShouldBe(AgentState.Stopped);
    }

    [Fact]
    public async Task An_agent_starts_once()
    {
        await using var agent = new TestAgent(Context());
        await agent.StartAsync(default);
        await agent.StopAsync(default);

        (await Should.ThrowAsync<InvalidOperationException>(agent.StartAsync(default))).Message.ShouldBe("Agent tester is Stopped; an agent starts once.");
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task An_agent_that_nobody_started_is_disposed_of_by_what_it_has_itself(bool isStarted, int times)
    {
        var agent = new ClosingAgent(Context());
        if (isStarted)
            await agent.StartAsync(default);

        await agent.DisposeAsync();
        await agent.DisposeAsync();

        agent.Disposed.ShouldBe(times);
        agent.State.ShouldBe(AgentState.Stopped);
    }

    private sealed class ClosingAgent(AgentContext context) : BaseAgent(context), IDisposable
    {
        public int Disposed { get; private set; }

        // As code of an agent may do that was disposable before its lift.
        public void Dispose()
        {
            Disposed++;
            DisposeAsync().AsTask().Wait();
        }
    }

    private AgentContext Context(Action<AgentOptions>? configure = null)
    {
        var options = new AgentOptions();
        configure?.Invoke(options);
        return AgentContext.Standalone("tester", options, time: time);
    }
}
