using AgentLift.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace AgentLift.Generators.Tests.Behaviour;

/// <summary>Generated members at work on the runtime.</summary>
public class LazyMemberTests
{
    [Fact]
    public async Task Nothing_is_loaded_before_its_first_use_and_then_once()
    {
        await using var agent = NewAgent();
        agent.Journal.ShouldBeEmpty();

        var callers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => agent.Words)));

        callers.Distinct().ShouldHaveSingleItem();
        agent.Journal.ShouldBe(["words loaded"]);
    }

    [Fact]
    public async Task A_method_gives_its_value_and_one_caller_may_leave()
    {
        await using var agent = NewAgent();

        await Should.ThrowAsync<OperationCanceledException>(async () => await agent.GetRulesAsync(new CancellationToken(canceled: true)));

        (await agent.GetRulesAsync()).Name.ShouldBe("rules");
    }

    [Fact]
    public async Task Without_a_load_method_the_constructor_loads()
    {
        await using var agent = NewAgent();

        agent.Cache[1] = "one";

        agent.Cache[1].ShouldBe("one");
    }

    [Fact]
    public async Task A_service_is_made_on_first_use_and_disposed_of_by_its_container()
    {
        var journal = new Journal();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(_ =>
        {
            journal.Enqueue("service made");
            return new Lexicon("service", journal);
        });
        builder.AddAgent<ServiceAgent>();
        var host = builder.Build();
        await host.StartAsync();
        var agent = host.Services.GetRequiredService<ServiceAgent>();
        journal.ShouldBeEmpty();

        agent.Words.Name.ShouldBe("service");
        await host.StopAsync();
        journal.ShouldBe(["service made"]);

        host.Dispose();
        journal.ShouldBe(["service made", "service released"]);
    }

    [Fact]
    public async Task A_service_cannot_be_had_without_a_host()
    {
        await using var agent = new ServiceAgent(AgentContext.Standalone("alone"));

        Should.Throw<DependencyLoadException>(() => agent.Words).Message.ShouldContain("There is no host that has the service");
    }

    [Fact]
    public async Task A_constructor_may_use_what_is_lazy()
    {
        await using var agent = new ImpatientAgent(AgentContext.Standalone("impatient"));

        (agent.Count, agent.First).ShouldBe((2, "word1word!"));
    }

    [Fact]
    public async Task What_is_to_be_warm_is_loaded_once_the_agent_runs()
    {
        await using var agent = NewAgent();

        await agent.StartAsync(default);

        (await agent.WarmedIn.Task.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe(AgentState.Running);
    }

    [Fact]
    public async Task Members_of_the_class_and_of_its_base_are_loaded_by_name_or_all()
    {
        await using var agent = NewAgent();

        await agent.EnsureLoadedAsync(nameof(agent.Words), "rules");
        agent.Journal.ShouldBe(["words loaded", "rules loaded"], ignoreOrder: true);
        await agent.EnsureLoadedAsync();

        agent.Journal.ShouldContain("phrases loaded");
        agent.Journal.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_failure_names_agent_and_dependency_and_the_next_use_loads_again()
    {
        await using var agent = NewAgent(failFirst: 1);

        var failure = await Should.ThrowAsync<DependencyLoadException>(async () => await agent.GetRulesAsync());

        failure.Message.ShouldBe("Dependency rules of agent reader could not be loaded: IOException: try 1");
        (await agent.GetRulesAsync()).Name.ShouldBe("rules");
    }

    [Fact]
    public async Task A_stop_releases_in_the_reverse_order_of_loading()
    {
        await using var agent = NewAgent();
        await agent.EnsureLoadedAsync("rules");
        await agent.EnsureLoadedAsync(nameof(agent.Words));

        await agent.StopAsync(default);

        agent.Journal.Skip(2).ShouldBe(["words released", "rules released"]);
        Should.Throw<ObjectDisposedException>(() => agent.Words);
    }

    [Fact]
    public async Task Health_tells_of_every_lazy_member()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddAgent<ReaderAgent<int>>();
        using var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<ReaderAgent<int>>().EnsureLoadedAsync();

        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        var data = report.Entries.Values.SelectMany(entry => entry.Data).ToLookup(pair => pair.Key, pair => pair.Value.ToString());
        foreach (var name in new[] { "Words", "Cache", "Phrases", "rules" })
            data[$"dependency {name}"].ShouldBe(["Loaded"]);
        await host.StopAsync();
    }

    private static ReaderAgent<int> NewAgent(int failFirst = 0) => new(AgentContext.Standalone("reader")) { FailFirst = failFirst };
}
