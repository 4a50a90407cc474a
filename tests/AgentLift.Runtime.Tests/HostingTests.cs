using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime.Tests;

public class HostingTests
{
    private static readonly List<string> Steps = [];

    [Fact]
    public async Task Agents_start_after_those_that_they_depend_on_and_stop_before_them()
    {
        Steps.Clear();
        using var host = NewHost([("Agents:Front:DependsOn:0", "store")], builder => builder.AddAgent<Front>().AddAgent<Store>());

        await host.StartAsync();
        await host.StopAsync();

        Steps.ShouldBe(["store starts", "Front starts", "Front stops", "store stops"]);
    }

    [Fact]
    public async Task Agents_start_in_the_order_of_their_registration_where_that_is_asked_for()
    {
        Steps.Clear();
        using var host = NewHost([], builder => builder.StartAgentsInOrder().AddAgent<Store>().AddAgent<Front>());

        await host.StartAsync();
        await host.StopAsync();

        Steps.ShouldBe(["store starts", "Front starts", "Front stops", "store stops"]);
    }

    [Fact]
    public async Task A_dependency_that_is_no_agent_names_the_key()
    {
        using var host = NewHost([("Agents:Front:DependsOn:0", "shop")], builder => builder.AddAgent<Front>().AddAgent<Store>());

        (await Should.ThrowAsync<InvalidOperationException>(host.StartAsync())).Message
            .ShouldBe("Agents:Front:DependsOn names shop, which is no agent of this process; the agents are Front, store.");
    }

    [Fact]
    public async Task Agents_that_wait_for_each_other_are_named()
    {
        using var host = NewHost([("Agents:Front:DependsOn:0", "store"), ("Agents:store:DependsOn:0", "Front")], builder => builder.AddAgent<Front>().AddAgent<Store>());

        (await Should.ThrowAsync<InvalidOperationException>(host.StartAsync())).Message
            .ShouldBe("Agents:Front:DependsOn: agents wait for each other: Front -> store -> Front. Take one of the dependencies out.");
    }

    [Fact]
    public void Options_out_of_range_name_their_key_and_range()
    {
        Should.Throw<OptionsValidationException>(() => NewHost([("Agents:Front:StartTimeout", "2.00:00:00")], builder => builder.AddAgent<Front>())).Message
            .ShouldBe("Agents:Front:StartTimeout is 2.00:00:00; it must be from 00:00:00.0010000 to 01:00:00.");
    }

    [Fact]
    public void The_host_waits_as_long_as_its_slowest_agent_may_take()
    {
        using var host = NewHost([("Agents:Front:DrainTimeout", "00:05:00")], builder => builder.AddAgent<Front>());

        host.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout.ShouldBe(TimeSpan.FromSeconds(320));
    }

    [Fact]
    public void Two_agents_of_one_name_are_refused() =>
        Should.Throw<InvalidOperationException>(() => NewHost([], builder => builder.AddAgent<Front>().AddAgent<Front>()))
            .Message.ShouldBe("An agent called Front is registered already; give one of them another name with [Agent(\"...\")].");

    [Fact]
    public async Task Readiness_and_liveness_follow_the_agent()
    {
        using var host = NewHost([], builder => builder.AddAgent<Front>());
        var checks = host.Services.GetRequiredService<HealthCheckService>();

        var before = await checks.CheckHealthAsync();
        await host.StartAsync();
        var running = await checks.CheckHealthAsync();
        host.Services.GetRequiredService<Front>().Fails = true;
        var failing = await checks.CheckHealthAsync();

        before.Entries["Front"].Status.ShouldBe(HealthStatus.Unhealthy);
        before.Entries["Front alive"].Status.ShouldBe(HealthStatus.Healthy);
        running.Status.ShouldBe(HealthStatus.Healthy);
        running.Entries["Front"].Tags.ShouldBe([AgentHostingExtensions.ReadyTag]);
        failing.Entries["Front"].Status.ShouldBe(HealthStatus.Unhealthy);
        failing.Entries["Front"].Description.ShouldBe("The health check of Front threw IOException: disk gone");
        await host.StopAsync();
    }

    [Fact]
    public async Task A_loop_that_fails_for_good_ends_the_process_with_a_code()
    {
        var exitCode = Environment.ExitCode;
        try
        {
            using var host = NewHost([], builder => builder.AddAgent<Doomed>());
            await host.StartAsync();

            await host.WaitForShutdownAsync();

            Environment.ExitCode.ShouldBe(1);
            host.Services.GetRequiredService<Doomed>().State.ShouldBe(AgentState.Failed);
        }
        finally
        {
            Environment.ExitCode = exitCode;
        }
    }

    [Fact]
    public async Task An_agent_that_cannot_be_constructed_ends_the_process_and_none_is_started()
    {
        var exitCode = Environment.ExitCode;
        try
        {
            Steps.Clear();
            using var host = NewHost([], builder => builder.AddAgent<Front>().AddAgent<Unbuildable>());

            await host.StartAsync();
            await host.WaitForShutdownAsync();

            Environment.ExitCode.ShouldBe(1);
            Steps.ShouldBeEmpty();
        }
        finally
        {
            Environment.ExitCode = exitCode;
        }
    }

    [Fact]
    public async Task An_isolated_agent_that_cannot_be_constructed_holds_up_nobody()
    {
        Steps.Clear();
        using var host = NewHost(
            [("Agents:Unbuildable:OnFailure", "Isolate"), ("Agents:Front:DependsOn:0", "Unbuildable")], builder => builder.AddAgent<Front>().AddAgent<Unbuildable>());

        await host.StartAsync();
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        await host.StopAsync();

        Steps.ShouldBe(["Front starts", "Front stops"]);
        report.Entries["Front"].Status.ShouldBe(HealthStatus.Healthy);
        report.Entries["Unbuildable"].Status.ShouldBe(HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task An_agent_may_ask_the_host_to_stop_with_an_exit_code()
    {
        var exitCode = Environment.ExitCode;
        try
        {
            Steps.Clear();
            using var host = NewHost([], builder => builder.AddAgent<Front>().AddAgent<Quitter>());
            await host.StartAsync();

            await host.WaitForShutdownAsync();

            Environment.ExitCode.ShouldBe(3);
            Steps.ShouldBe(["Front starts", "Front stops"]);
            host.Services.GetRequiredService<Quitter>().State.ShouldBe(AgentState.Stopped);
        }
        finally
        {
            Environment.ExitCode = exitCode;
        }
    }

    [Fact]
    public async Task Without_a_host_a_request_to_stop_does_nothing()
    {
        var exitCode = Environment.ExitCode;
        await using var agent = new Quitter(AgentContext.Standalone("quitter"));

        await agent.StartAsync(CancellationToken.None);
        await agent.Asked.Task;

        agent.State.ShouldBe(AgentState.Running);
        Environment.ExitCode.ShouldBe(exitCode);
    }

    [Fact]
    public async Task An_agent_that_takes_more_than_services_is_made_by_its_registration()
    {
        using var host = NewHost([], builder => builder.AddAgent((_, context) => new Sized(context, 5)));

        await host.StartAsync();
        await host.StopAsync();

        host.Services.GetRequiredService<Sized>().Size.ShouldBe(5);
        host.Services.GetRequiredService<Sized>().State.ShouldBe(AgentState.Stopped);
    }

    private static IHost NewHost((string Key, string Value)[] settings, Action<HostApplicationBuilder> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)));
        configure(builder);
        return builder.Build();
    }

    private sealed class Front(AgentContext context) : BaseAgent(context)
    {
        public bool Fails { get; set; }

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken) => Note("starts");

        protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken) => Note("stops");

        protected override ValueTask<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
            Fails ? throw new IOException("disk gone") : base.CheckHealthAsync(context, cancellationToken);

        private ValueTask Note(string step)
        {
            Steps.Add($"{Name} {step}");
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Sized(AgentContext context, int size) : BaseAgent(context)
    {
        public int Size => size;
    }

    private sealed class Quitter(AgentContext context) : BaseAgent(context)
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override ValueTask OnStartedAsync(CancellationToken cancellationToken)
        {
            RunSupervised("quit", QuitAsync);
            return ValueTask.CompletedTask;
        }

        private Task QuitAsync(CancellationToken stop)
        {
            RequestStop(3);
            Asked.SetResult();
            return Task.CompletedTask;
        }
    }

    [Agent("store")]
    private sealed class Store(AgentContext context, ILogger<Store> log) : BaseAgent(context)
    {
        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken) => Note("starts");

        protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken) => Note("stops");

        private ValueTask Note(string step)
        {
            log.ShouldNotBeNull();
            Steps.Add($"{Name} {step}");
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Unbuildable : BaseAgent
    {
        public Unbuildable(AgentContext context)
            : base(context) => throw new IOException("no model");
    }

    private sealed class Doomed(AgentContext context) : BaseAgent(context)
    {
        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            RunSupervised("work", _ => throw new IOException("gone"), RestartPolicy.Never);
            return ValueTask.CompletedTask;
        }
    }
}
