using System.Net;
using System.Net.Sockets;

namespace AgentLift.Runtime.Tests.Models.Administration;

public class ModelAdministrationServerTests
{
    private const string Load = "/models/vision/resnet50/load";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Without_an_address_nothing_is_served()
    {
        await using var served = new AdministeredModels(address: null);

        await served.Server.StartingAsync(default);

        served.Server.Address.ShouldBeNull();
        await served.Server.StoppedAsync(default);
    }

    [Fact]
    public async Task A_port_in_use_is_told_with_the_key()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using var served = new AdministeredModels(taken.LocalEndpoint.ToString());

        await served.Server.StartingAsync(default);

        served.Server.Address.ShouldBeNull();
        served.Log.Lines.ShouldBe([$"Critical: Models cannot be administered on {taken.LocalEndpoint}; the process stops. Free the port, or set Models:Administration:Address"]);
    }

    [Fact]
    public async Task From_the_moment_that_the_process_stops_models_are_shown_and_not_changed()
    {
        await using var served = await AdministeredModels.ServedAsync();

        await served.Server.StoppingAsync(default);

        (await served.GetAsync("/models")).Status.ShouldBe(HttpStatusCode.OK);
        var refused = await served.PostAsync(Load);
        refused.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Problem().ShouldBe("The process is stopping.");
        served.Models.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_waits_for_a_change_when_the_process_stops_is_told_so()
    {
        await using var served = await AdministeredModels.ServedAsync();
        var waiting = new TaskCompletionSource();
        served.Models.Act = token =>
        {
            waiting.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, token);
        };

        var answer = served.PostAsync(Load);
        await waiting.Task.WaitAsync(Patience);
        await served.Server.StoppingAsync(default);

        (await answer).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task A_scheduler_that_has_ended_is_as_good_as_a_process_that_stops()
    {
        await using var served = await AdministeredModels.ServedAsync();
        served.Models.Act = _ => Task.FromException(new ObjectDisposedException("scheduler"));

        (await served.PostAsync(Load)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task A_caller_that_leaves_ends_its_wait()
    {
        await using var served = await AdministeredModels.ServedAsync();
        var waiting = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        served.Models.Act = async token =>
        {
            waiting.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token).ContinueWith(_ => ended.SetResult(), TaskScheduler.Default);
            token.ThrowIfCancellationRequested();
        };

        using (var client = new TcpClient())
        {
            await client.ConnectAsync(served.Server.Address!);
            await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"POST {Load} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"));
            await waiting.Task.WaitAsync(Patience);
        }

        await ended.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_start_that_fails_frees_the_port_and_a_second_disposal_does_nothing()
    {
        await using var served = await AdministeredModels.ServedAsync();
        var address = served.Server.Address!;

        await served.Server.DisposeAsync();
        await served.Server.DisposeAsync();

        using var again = new TcpListener(address);
        Should.NotThrow(again.Start);
    }

    [Fact]
    public async Task Once_the_process_has_stopped_nothing_answers()
    {
        await using var served = await AdministeredModels.ServedAsync();
        var address = served.Server.Address!;

        await served.Server.StoppedAsync(default);

        served.Server.Address.ShouldBeNull();
        using var client = new TcpClient();
        await Should.ThrowAsync<SocketException>(client.ConnectAsync(address));
    }
}
