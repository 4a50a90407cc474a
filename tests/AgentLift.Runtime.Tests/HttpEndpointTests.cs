using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AgentLift.Runtime.Tests;

public class HttpEndpointTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Requests_are_routed_to_the_agents_handlers()
    {
        await using var agent = Serve();
        await agent.StartAsync(default);
        using var client = Connect(agent);

        (await client.GetStringAsync("/hello/ann")).ShouldBe("hello ann");
        (await client.GetAsync("/nowhere")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_handler_that_throws_answers_500_and_the_endpoint_goes_on()
    {
        await using var agent = Serve();
        await agent.StartAsync(default);
        using var client = Connect(agent);

        (await client.GetAsync("/throw")).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await client.GetStringAsync("/hello/bob")).ShouldBe("hello bob");
        SpinWait.SpinUntil(() => agent.ActiveOperations == 0, Patience).ShouldBeTrue();
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused()
    {
        await using var agent = Serve(endpoint => endpoint.MaxMessageBytes = 10);
        await agent.StartAsync(default);
        using var client = Connect(agent);

        using var body = new StringContent("more than ten bytes");
        (await client.PostAsync("/length", body)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_drain_answers_the_request_under_way()
    {
        var open = new TaskCompletionSource();
        await using var agent = Serve(wait: open.Task);
        await agent.StartAsync(default);
        using var client = Connect(agent);
        var answer = client.GetStringAsync("/hello/ann");
        SpinWait.SpinUntil(() => agent.ActiveOperations == 1, TimeSpan.FromSeconds(30)).ShouldBeTrue();

        var stop = agent.StopAsync(default);
        SpinWait.SpinUntil(() => agent.State == AgentState.Draining, TimeSpan.FromSeconds(30)).ShouldBeTrue();
        open.SetResult();
        await stop;

        (await answer).ShouldBe("hello ann");
        agent.State.ShouldBe(AgentState.Stopped);
    }

    private static TestAgent Serve(Action<EndpointOptions>? configure = null, Task? wait = null) => TestAgent.Listening(
        agent => agent.Http("requests", routes =>
        {
            routes.MapGet("/hello/{name}", async (HttpContext context) =>
            {
                await (wait ?? Task.CompletedTask);
                await context.Response.WriteAsync("hello " + context.Request.RouteValues["name"]);
            });
            routes.MapGet("/throw", (HttpContext _) => throw new InvalidOperationException("asked to"));
            routes.MapPost("/length", async (HttpContext context) =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                await context.Response.WriteAsync(body.Length.ToString());
            });
        }),
        configure);

    private static HttpClient Connect(BaseAgent agent) => new() { BaseAddress = new Uri($"http://{agent.Endpoints[0].Address}") };
}
