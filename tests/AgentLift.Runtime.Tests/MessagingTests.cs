using System.Net;
using System.Net.Sockets;
using System.Text.Json.Serialization;
using AgentLift.Runtime.Discovery;

namespace AgentLift.Runtime.Tests;

public sealed partial class MessagingTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly MessageContract<Sum, Total> Add = new("add", SumJson.Default.Sum, SumJson.Default.Total);
    private static readonly MessageContract<Sum, Total> AddAgain = Add with { Repeatable = true };

    private readonly InProcessDirectory directory = new();
    private readonly List<BaseAgent> agents = [];

    [Fact]
    public async Task A_question_is_answered_over_one_connection_that_is_kept()
    {
        var server = await ServeAsync();
        var client = Ask();

        for (var i = 0; i < 20; i++)
            (await client.AskAsync(Add, new Sum(i, 1))).ShouldBe(new Total(i + 1));

        server.Endpoints[0].Connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_thousand_questions_at_once_share_the_connections_allowed()
    {
        var server = await ServeAsync();
        var client = Ask(options =>
        {
            options.MaxConcurrentCalls = 8;
            options.MaxWaitingCalls = 1000;
        });

        var totals = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => client.AskAsync(Add, new Sum(i, 1)).AsTask()));

        totals.Select(total => total.Value).ShouldBe(Enumerable.Range(1, 1000));
        server.Endpoints[0].Connections.ShouldBeLessThanOrEqualTo(8);
    }

    [Fact]
    public async Task What_the_handler_threw_reaches_the_one_who_asked_and_the_connection_goes_on()
    {
        var server = await ServeAsync(_ => throw new InvalidOperationException("no such number"));
        var client = Ask();

        for (var i = 0; i < 5; i++)
        {
            var failure = await Should.ThrowAsync<AgentCallException>(client.AskAsync(Add, new Sum(1, 1)).AsTask());
            failure.Failure.ShouldBe(AgentCallFailure.Failed);
            failure.Message.ShouldBe("Agent echo did not answer add: InvalidOperationException: no such number");
        }

        server.Endpoints[0].Connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_question_that_nobody_answers_names_those_that_are()
    {
        await ServeAsync();

        var failure = await Should.ThrowAsync<AgentCallException>(Ask().AskAsync(new MessageContract<Sum, Total>("divide", SumJson.Default.Sum, SumJson.Default.Total), new Sum(1, 1)).AsTask());

        failure.Failure.ShouldBe(AgentCallFailure.Disagreement);
        failure.Message.ShouldBe("Agent echo did not answer divide: it knows no such question; it answers add");
    }

    [Fact]
    public async Task A_question_in_another_form_is_refused()
    {
        await ServeAsync();
        var wrong = new MessageContract<string, Total>("add", SumJson.Default.String, SumJson.Default.Total);

        (await Should.ThrowAsync<AgentCallException>(Ask().AskAsync(wrong, "one and one").AsTask())).Failure.ShouldBe(AgentCallFailure.Disagreement);
    }

    [Fact]
    public async Task An_agent_that_nobody_knows_is_named()
    {
        (await Should.ThrowAsync<AgentCallException>(Ask(options => options.MaxAttempts = 1).AskAsync(Add, new Sum(1, 1)).AsTask())).Message
            .ShouldBe("Agent echo did not answer add: the directory knows no instance of it.");
    }

    [Fact]
    public async Task An_instance_that_cannot_be_reached_is_passed_over()
    {
        await ListAsync("dead", UnusedAddress());
        await ServeAsync();
        var client = Ask(options => options.RetryDelay = TimeSpan.Zero);

        for (var i = 0; i < 10; i++)
            (await client.AskAsync(Add, new Sum(i, 1))).Value.ShouldBe(i + 1);
    }

    [Fact]
    public async Task What_may_have_been_answered_is_asked_again_only_if_it_is_repeatable()
    {
        var asked = 0;
        var over = new TaskCompletionSource<Total>();
        await ServeAsync(_ =>
        {
            Interlocked.Increment(ref asked);
            return new ValueTask<Total>(over.Task);
        });
        var client = Ask(options =>
        {
            options.AttemptTimeout = TimeSpan.FromMilliseconds(200);
            options.RetryDelay = TimeSpan.Zero;
            options.BreakAfter = 1000;
        });

        var failure = await Should.ThrowAsync<AgentCallException>(client.AskAsync(Add, new Sum(1, 1)).AsTask());
        failure.Failure.ShouldBe(AgentCallFailure.TimedOut);
        asked.ShouldBe(1);

        await Should.ThrowAsync<AgentCallException>(client.AskAsync(AddAgain, new Sum(1, 1)).AsTask());
        asked.ShouldBe(4);
        over.SetResult(new Total(0));
    }

    [Fact]
    public async Task A_circuit_opens_after_failures_in_a_row_however_far_apart_and_closes_after_an_answer()
    {
        var time = new ManualTime();
        var address = UnusedAddress();
        await ListAsync("quiet", address);
        var client = Ask(
            options =>
            {
                options.MaxAttempts = 1;
                options.BreakAfter = 3;
                options.BreakDuration = TimeSpan.FromSeconds(10);
            },
            time);

        for (var i = 0; i < 3; i++)
        {
            (await FailureOf(client)).ShouldBe(AgentCallFailure.Unreachable);
            time.Advance(TimeSpan.FromHours(1));
        }

        // The hour after the third failure has passed the time of the break: one question tries, fails, and the circuit is open again.
        (await FailureOf(client)).ShouldBe(AgentCallFailure.Unreachable);
        (await FailureOf(client)).ShouldBe(AgentCallFailure.CircuitOpen);

        await ServeAsync(address: address, name: "revived");
        (await FailureOf(client)).ShouldBe(AgentCallFailure.CircuitOpen);
        time.Advance(TimeSpan.FromSeconds(11));
        (await client.AskAsync(Add, new Sum(1, 1))).Value.ShouldBe(2);
        (await client.AskAsync(Add, new Sum(1, 2))).Value.ShouldBe(3);
    }

    [Fact]
    public async Task A_bulkhead_refuses_what_is_too_much_and_says_so()
    {
        var open = new TaskCompletionSource();
        await ServeAsync(async sum =>
        {
            await open.Task;
            return new Total(sum.A + sum.B);
        });
        var client = Ask(options =>
        {
            options.MaxConcurrentCalls = 2;
            options.MaxWaitingCalls = 1;
        });

        var accepted = Enumerable.Range(0, 3).Select(i => client.AskAsync(Add, new Sum(i, 0)).AsTask()).ToArray();
        (await FailureOf(client)).ShouldBe(AgentCallFailure.Busy);

        open.SetResult();
        (await Task.WhenAll(accepted)).Length.ShouldBe(3);
    }

    [Fact]
    public async Task No_question_is_lost_while_one_of_two_instances_drains()
    {
        var answered = 0;
        ValueTask<Total> Count(Sum sum)
        {
            Interlocked.Increment(ref answered);
            return ValueTask.FromResult(new Total(sum.A + sum.B));
        }

        var leaving = await ServeAsync(Count);
        await ServeAsync(Count);
        var client = Ask(options => options.MaxConcurrentCalls = 16);
        var stop = new TaskCompletionSource();

        var asking = Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            var asked = 0;
            while (!stop.Task.IsCompleted)
            {
                (await client.AskAsync(Add, new Sum(asked, 1))).Value.ShouldBe(asked + 1);
                asked++;
            }

            return asked;
        })).ToArray();
        SpinWait.SpinUntil(() => Volatile.Read(ref answered) > 500, Patience).ShouldBeTrue();
        await leaving.StopAsync(default);
        var before = Volatile.Read(ref answered);
        SpinWait.SpinUntil(() => Volatile.Read(ref answered) > before + 500, Patience).ShouldBeTrue();
        stop.SetResult();

        (await Task.WhenAll(asking)).Sum().ShouldBe(answered);
    }

    [Fact]
    public async Task A_line_is_asked_of_an_agent_that_answers_lines()
    {
        await using var server = TestAgent.Listening(self => self.Lines("requests", (line, _) => ValueTask.FromResult<string?>("echo " + line)), directory: directory);
        await server.StartAsync(default);
        await IsListedAsync("echo");
        var client = Ask();

        (await client.AskLineAsync("one")).ShouldBe("echo one");
        (await Should.ThrowAsync<ArgumentException>(client.AskLineAsync("two\nlines").AsTask())).ParamName.ShouldBe("line");
    }

    [Theory]
    [InlineData(true, "localhost", null)]
    [InlineData(true, "elsewhere", AgentCallFailure.Unreachable)]
    [InlineData(false, "localhost", AgentCallFailure.Unreachable)]
    public async Task Questions_are_encrypted_where_both_sides_are_configured_and_only_a_trusted_side_is_asked(bool trusted, string host, AgentCallFailure? failure)
    {
        using var certificate = new TestCertificate();
        await using var server = TestAgent.Listening(
            self => self.Lines("requests", (line, _) => ValueTask.FromResult<string?>("echo " + line)), certificate.Use, directory: directory);
        await server.StartAsync(default);
        await IsListedAsync("echo");
        var client = Ask(options =>
        {
            options.MaxAttempts = 1;
            options.ConnectTimeout = Patience;
            options.TlsHost = host;
            options.TrustedCertificatesFile = trusted ? certificate.TrustedFile : null;
        });

        if (failure is null)
            (await client.AskLineAsync("one")).ShouldBe("echo one");
        else
            (await Should.ThrowAsync<AgentCallException>(client.AskLineAsync("one").AsTask())).Failure.ShouldBe(failure.Value);
    }

    [Fact]
    public async Task An_answer_that_is_too_long_is_not_read()
    {
        await using var server = TestAgent.Listening(self => self.Lines("requests", (_, _) => ValueTask.FromResult<string?>(new string('a', 2000))), directory: directory);
        await server.StartAsync(default);
        await IsListedAsync("echo");

        var failure = await Should.ThrowAsync<AgentCallException>(Ask(options => options.MaxAnswerBytes = 1000).AskLineAsync("one").AsTask());

        failure.Failure.ShouldBe(AgentCallFailure.Disagreement);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var agent in agents)
            await agent.DisposeAsync();
    }

    private static async Task<AgentCallFailure> FailureOf(AgentClient client) =>
        (await Should.ThrowAsync<AgentCallException>(client.AskAsync(Add, new Sum(1, 1)).AsTask())).Failure;

    private static string UnusedAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener.LocalEndpoint.ToString()!;
    }

    private async Task<TestAgent> ServeAsync(Func<Sum, ValueTask<Total>>? add = null, string address = "127.0.0.1:0", string? name = null)
    {
        var before = (await directory.FindAsync("echo", default)).Count;
        var agent = TestAgent.Listening(
            self => self.Messages("requests", routes => routes.Answer(Add, (sum, _) => add?.Invoke(sum) ?? ValueTask.FromResult(new Total(sum.A + sum.B)))),
            endpoint => endpoint.Address = address,
            directory: name is null ? directory : null);
        agents.Add(agent);
        await agent.StartAsync(default);
        if (name is null)
            await IsListedAsync("echo", before + 1);
        return agent;
    }

    private Task IsListedAsync(string agent, int count = 1)
    {
        SpinWait.SpinUntil(() => directory.FindAsync(agent, default).AsTask().Result.Count >= count, Patience).ShouldBeTrue();
        return Task.CompletedTask;
    }

    private ValueTask<IDirectoryEntry> ListAsync(string id, string address) => directory.RegisterAsync(
        new AgentInstance { Agent = "echo", Id = id, Endpoints = new Dictionary<string, string> { ["requests"] = address } }, default);

    private AgentClient Ask(Action<AgentClientOptions>? configure = null, TimeProvider? time = null)
    {
        var limits = new AgentClientOptions { Timeout = Patience, AttemptTimeout = Patience };
        configure?.Invoke(limits);
        var agent = new TestAgent(AgentContext.Standalone("asking", new AgentOptions { Clients = { ["echo"] = limits } }, time: time, directory: directory));
        agents.Add(agent);
        return agent.Client("echo");
    }

    internal sealed record Sum(int A, int B);

    internal sealed record Total(int Value);

    [JsonSerializable(typeof(Sum))]
    [JsonSerializable(typeof(Total))]
    [JsonSerializable(typeof(string))]
    private sealed partial class SumJson : JsonSerializerContext;
}
