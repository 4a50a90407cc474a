using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Tests;

public class LazyDependencyTests
{
    /// <summary>The event that says that a failed load is tried again.</summary>
    private const int RetryFollows = 23;

    private readonly ManualTime time = new();

    [Fact]
    public async Task A_thousand_first_callers_share_one_load()
    {
        await using var agent = NewAgent();
        var loads = 0;
        var open = new TaskCompletionSource();
        var model = agent.Depend("model", async _ =>
        {
            Interlocked.Increment(ref loads);
            await open.Task;
            return new object();
        });

        var callers = Enumerable.Range(0, 1_000).Select(_ => Task.Run(async () => await model.GetAsync())).ToArray();
        open.SetResult();
        var values = await Task.WhenAll(callers);

        loads.ShouldBe(1);
        values.Distinct().ShouldHaveSingleItem();
        model.Value.ShouldBe(values[0]);
    }

    [Fact]
    public async Task A_caller_that_leaves_takes_nobody_with_it()
    {
        await using var agent = NewAgent();
        var open = new TaskCompletionSource();
        var model = agent.Depend("model", async token =>
        {
            await open.Task.WaitAsync(token);
            return "model";
        });
        using var leave = new CancellationTokenSource();

        var impatient = model.GetAsync(leave.Token).AsTask();
        var patient = model.GetAsync().AsTask();
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(impatient);
        open.SetResult();

        (await patient).ShouldBe("model");
    }

    [Fact]
    public async Task A_failure_names_agent_and_dependency_and_the_next_use_loads_again()
    {
        await using var agent = NewAgent();
        var loads = 0;
        var model = agent.Depend("model", _ => ++loads == 1 ? throw new FileNotFoundException("model.pt is missing") : ValueTask.FromResult("model"));

        var failure = await Should.ThrowAsync<DependencyLoadException>(async () => await model.GetAsync());
        model.State.ShouldBe(LazyDependencyState.Failed);
        var second = await model.GetAsync();

        failure.Message.ShouldBe("Dependency model of agent tester could not be loaded: FileNotFoundException: model.pt is missing");
        failure.InnerException.ShouldBeOfType<FileNotFoundException>();
        second.ShouldBe("model");
        model.State.ShouldBe(LazyDependencyState.Loaded);
    }

    [Fact]
    public async Task A_failure_that_is_kept_is_told_to_all_who_ask_later_and_nothing_is_tried_again()
    {
        await using var agent = NewAgent();
        var loads = 0;
        var model = agent.Depend<string>("model", _ => throw new FileNotFoundException($"model{++loads}.pt is missing"), new LazyDependencyOptions { KeepFailure = true, Retries = 3 });

        var first = await Should.ThrowAsync<DependencyLoadException>(async () => await model.GetAsync());
        var second = await Should.ThrowAsync<DependencyLoadException>(async () => await model.GetAsync());
        var third = Should.Throw<DependencyLoadException>(() => model.Value);

        loads.ShouldBe(1);
        new[] { first, second, third }.ShouldAllBe(failure => failure.Message.EndsWith("model1.pt is missing", StringComparison.Ordinal));
        model.State.ShouldBe(LazyDependencyState.Failed);
    }

    [Fact]
    public async Task A_load_that_takes_too_long_does_not_run_beside_another_where_its_failure_is_kept()
    {
        await using var agent = NewAgent();
        var loads = 0;
        var delivered = new TaskCompletionSource<string>();
        var model = agent.Depend("model", _ => { loads++; return new ValueTask<string>(delivered.Task); }, new LazyDependencyOptions { KeepFailure = true, Timeout = TimeSpan.FromSeconds(5) });

        var use = model.GetAsync().AsTask();
        (await time.PassNextWaitAsync()).ShouldBe(TimeSpan.FromSeconds(5));
        await Should.ThrowAsync<DependencyLoadException>(use);
        delivered.SetResult("model");

        (await Should.ThrowAsync<DependencyLoadException>(async () => await model.GetAsync())).Message.ShouldContain("took longer");
        loads.ShouldBe(1);
    }

    [Fact]
    public async Task A_failed_load_is_tried_again_for_all_who_wait_with_doubled_pauses()
    {
        using var log = new CountingLog();
        await using var agent = NewAgent(log);
        var loads = 0;
        var model = agent.Depend(
            "model", _ => ++loads < 3 ? throw new IOException("the share is away") : ValueTask.FromResult("model"), new LazyDependencyOptions { Retries = 2 });

        var use = model.GetAsync().AsTask();
        await log.WrittenAsync(RetryFollows);
        (await time.PassNextWaitAsync()).ShouldBe(TimeSpan.FromSeconds(1));
        await log.WrittenAsync(RetryFollows);
        (await time.PassNextWaitAsync()).ShouldBe(TimeSpan.FromSeconds(2));

        (await use).ShouldBe("model");
        loads.ShouldBe(3);
    }

    [Fact]
    public async Task A_load_that_fails_in_every_retry_is_told_once_and_the_next_use_begins_anew()
    {
        await using var agent = NewAgent();
        var loads = 0;
        var model = agent.Depend<string>(
            "model", _ => throw new IOException($"try {++loads}"), new LazyDependencyOptions { Retries = 1, RetryDelay = TimeSpan.Zero });

        var first = await Should.ThrowAsync<DependencyLoadException>(async () => await model.GetAsync());
        model.State.ShouldBe(LazyDependencyState.Failed);
        var second = await Should.ThrowAsync<DependencyLoadException>(async () => await model.GetAsync());

        first.Message.ShouldEndWith("try 2");
        second.Message.ShouldEndWith("try 4");
    }

    [Fact]
    public async Task A_stop_ends_the_wait_for_a_retry()
    {
        using var log = new CountingLog();
        await using var agent = NewAgent(log);
        var model = agent.Depend<string>("model", _ => throw new IOException("no"), new LazyDependencyOptions { Retries = 5 });
        await agent.StartAsync(default);

        var use = model.GetAsync().AsTask();
        await log.WrittenAsync(RetryFollows);
        await agent.StopAsync(default);

        (await Should.ThrowAsync<DependencyLoadException>(use)).Message.ShouldEndWith("the agent stopped meanwhile");
    }

    [Fact]
    public void Retries_and_their_pause_are_not_negative()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new LazyDependencyOptions { Retries = -1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new LazyDependencyOptions { RetryDelay = TimeSpan.FromTicks(-1) });
    }

    [Fact]
    public async Task What_a_class_declares_is_there_when_its_constructor_runs()
    {
        await using var agent = new DeclaringAgent(AgentContext.Standalone("declaring"));

        agent.InConstructor.ShouldBe("model");
    }

    [Fact]
    public async Task A_load_that_takes_too_long_fails_and_what_it_still_delivers_is_released()
    {
        await using var agent = NewAgent();
        var late = new TaskCompletionSource<Model>();
        var model = agent.Depend("model", async _ => await late.Task, new LazyDependencyOptions { Timeout = TimeSpan.FromSeconds(3) });

        var use = model.GetAsync().AsTask();
        (await time.PassNextWaitAsync()).ShouldBe(TimeSpan.FromSeconds(3));
        var failure = await Should.ThrowAsync<DependencyLoadException>(use);
        var delivered = new Model("late", []);
        late.SetResult(delivered);

        failure.Message.ShouldBe("Dependency model of agent tester could not be loaded: the load took longer than 00:00:03");
        await delivered.Released.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Dependencies_are_released_in_the_reverse_order_of_loading_after_the_agent_has_stopped()
    {
        List<string> released = [];
        await using var agent = new TestAgent(AgentContext.Standalone("tester", time: time))
        {
            Stopped = _ =>
            {
                released.Add("agent stopped");
                return ValueTask.CompletedTask;
            },
        };
        var weights = agent.Depend("weights", _ => ValueTask.FromResult(new Model("weights", released)));
        var tokenizer = agent.Depend("tokenizer", _ => ValueTask.FromResult(new Model("tokenizer", released)));
        agent.Depend("unused", _ => ValueTask.FromResult(new Model("unused", released)));
        await agent.StartAsync(default);
        await tokenizer.GetAsync();
        await weights.GetAsync();

        await agent.StopAsync(default);

        released.ShouldBe(["agent stopped", "weights", "tokenizer"]);
        await Should.ThrowAsync<ObjectDisposedException>(async () => await weights.GetAsync());
    }

    [Fact]
    public async Task Warm_up_loads_after_the_agent_runs_and_a_failure_does_not_fail_the_agent()
    {
        await using var agent = NewAgent();
        var warm = new LazyDependencyOptions { Warmup = LazyWarmup.AfterReady };
        var seen = new TaskCompletionSource<AgentState>();
        agent.Depend<string>("broken", _ => throw new IOException("no"), warm);
        agent.Depend("model", _ =>
        {
            seen.SetResult(agent.State);
            return ValueTask.FromResult("model");
        }, warm);
        var cold = agent.Depend("cold", _ => ValueTask.FromResult("cold"));

        await agent.StartAsync(default);

        (await seen.Task.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe(AgentState.Running);
        cold.State.ShouldBe(LazyDependencyState.NotLoaded);
        agent.State.ShouldBe(AgentState.Running);
    }

    [Fact]
    public async Task All_or_named_dependencies_can_be_loaded_at_once()
    {
        await using var agent = NewAgent();
        var model = agent.Depend("model", _ => ValueTask.FromResult("model"));
        var table = agent.Depend("table", _ => ValueTask.FromResult("table"));

        await agent.LoadAll("table");
        (model.State, table.State).ShouldBe((LazyDependencyState.NotLoaded, LazyDependencyState.Loaded));
        await agent.LoadAll();

        model.State.ShouldBe(LazyDependencyState.Loaded);
        (await Should.ThrowAsync<ArgumentException>(() => agent.LoadAll("chair"))).Message.ShouldStartWith("There is no dependency called chair; there are model, table.");
        Should.Throw<ArgumentException>(() => agent.Depend("model", _ => ValueTask.FromResult(1)));
    }

    [Fact]
    public async Task Access_to_what_is_loaded_allocates_nothing()
    {
        await using var agent = NewAgent();
        var model = agent.Depend("model", _ => ValueTask.FromResult("model"));
        await model.GetAsync();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            await model.GetAsync();
            _ = model.Value;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        allocated.ShouldBe(0);
    }

    private TestAgent NewAgent(CountingLog? log = null) =>
        new(AgentContext.Standalone("tester", loggers: log is null ? null : LoggerFactory.Create(logging => logging.AddProvider(log)), time: time));

    private sealed class DeclaringAgent : BaseAgent
    {
        private LazyDependency<string> model = null!;

        public DeclaringAgent(AgentContext context)
            : base(context) => InConstructor = model.Value;

        public string InConstructor { get; }

        protected override void DeclareDependencies()
        {
            base.DeclareDependencies();
            model = DeclareDependency("model", _ => ValueTask.FromResult("model"));
        }
    }

    private sealed class Model(string name, List<string> released) : IDisposable
    {
        public TaskCompletionSource Released { get; } = new();

        public void Dispose()
        {
            released.Add(name);
            Released.TrySetResult();
        }
    }
}
