namespace AgentLift.Analyzers.Tests.Discovery;

/// <summary>Work that a host, a web framework or an actor system already runs is nobody's hand-rolled work.</summary>
public partial class FalseAlarmTests
{
    [Fact]
    public Task A_background_service() => Sparing.IsSpared(
        """
        public class PollService : Microsoft.Extensions.Hosting.BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken token)
            {
                while (!token.IsCancellationRequested) { Console.WriteLine("tick"); await Task.Delay(1000, token); }
            }
        }
        """,
        """
        public class [|PollService|]
        {
            public async Task ExecuteAsync(CancellationToken token)
            {
                while (!token.IsCancellationRequested) { {|AGL1004:Console.WriteLine("tick")|}; await Task.Delay(1000, token); }
            }
        }
        """);

    [Fact]
    public Task A_class_that_derives_from_a_background_service_by_way_of_another() => Sparing.IsSpared(
        $$"""
        public abstract class Periodic : Microsoft.Extensions.Hosting.BackgroundService;
        public class PollService : Periodic
        {
            {{Sparing.Worker}}
            protected override Task ExecuteAsync(CancellationToken token) => Task.CompletedTask;
        }
        """,
        $$"""
        public abstract class Periodic;
        public class [|PollService|] : Periodic { {{Sparing.Worker}} }
        """);

    [Fact]
    public Task A_hosted_service_with_a_timer() => Sparing.IsSpared(
        """
        public class CleanupService : Microsoft.Extensions.Hosting.IHostedService
        {
            Timer? timer;
            public Task StartAsync(CancellationToken token) { timer = new Timer(Tick, null, 0, 1000); return Task.CompletedTask; }
            public Task StopAsync(CancellationToken token) { timer?.Dispose(); return Task.CompletedTask; }
            void Tick(object? state) { }
        }
        """,
        """
        public class [|CleanupService|]
        {
            Timer? timer;
            public Task StartAsync(CancellationToken token) { timer = {|AGL2005:new Timer(Tick, null, 0, 1000)|}; return Task.CompletedTask; }
            public Task StopAsync(CancellationToken token) { timer?.Dispose(); return Task.CompletedTask; }
            void Tick(object? state) { }
        }
        """);

    [Theory]
    [InlineData("Microsoft.AspNetCore.Mvc.ControllerBase")]
    [InlineData("Microsoft.AspNetCore.SignalR.Hub")]
    [InlineData("Orleans.Grain")]
    [InlineData("Akka.Actor.ReceiveActor")]
    public Task A_controller_a_hub_a_grain_or_an_actor(string framework) => Sparing.IsSpared(
        $$"""public class StatusWorker : {{framework}} { {{Sparing.Worker}} }""",
        $$"""public class [|StatusWorker|] { {{Sparing.Worker}} }""");

    [Fact]
    public Task A_connection_handler() => Sparing.IsSpared(
        """
        using Microsoft.AspNetCore.Connections;
        public class EchoServer : ConnectionHandler
        {
            public override async Task OnConnectedAsync(ConnectionContext connection) { while (true) await Task.Delay(10); }
        }
        """,
        """
        using Microsoft.AspNetCore.Connections;
        public class [|EchoServer|]
        {
            public async Task OnConnectedAsync() { {|AGL2004:while|} (true) await Task.Delay(10); }
        }
        """);

    [Fact]
    public Task A_middleware_by_its_interface() => Sparing.IsSpared(
        """
        using Microsoft.AspNetCore.Http;
        public class EventServer : IMiddleware
        {
            public async Task InvokeAsync(HttpContext context, RequestDelegate next) { while (true) await Task.Delay(10); }
        }
        """,
        """
        public class [|EventServer|]
        {
            public async Task InvokeAsync() { {|AGL2004:while|} (true) await Task.Delay(10); }
        }
        """);

    [Fact]
    public Task A_middleware_by_convention() => Sparing.IsSpared(
        $$"""
        using Microsoft.AspNetCore.Http;
        public class RefreshService(RequestDelegate next)
        {
            {{Sparing.Worker}}
            public Task InvokeAsync(HttpContext context) => next(context);
        }
        """,
        $$"""
        public class [|RefreshService|](Func<Task> next)
        {
            {{Sparing.Worker}}
            public Task InvokeAsync() => next();
        }
        """);

    [Fact]
    public Task An_endpoint_that_streams_until_its_client_leaves() => Sparing.IsSpared(
        """
        using Microsoft.AspNetCore.Http;
        public static class Events
        {
            public static async Task RunStream(HttpContext context, CancellationToken token)
            {
                while (!token.IsCancellationRequested) { Console.Write('.'); await Task.Delay(1000, token); }
            }
        }
        """,
        """
        public static class [|Events|]
        {
            public static async Task RunStream(string[] args, CancellationToken token)
            {
                while (!token.IsCancellationRequested) { Console.Write('.'); await Task.Delay(1000, token); }
            }
        }
        """);

    [Fact]
    public Task An_endpoint_given_as_a_lambda() => Sparing.IsSpared(
        """
        using Microsoft.AspNetCore.Http;
        public static class Routes
        {
            public static RequestDelegate Events() => async context => { while (true) await Task.Delay(1000); };
        }
        """,
        """
        public static class [|Routes|]
        {
            public static void Events() => new Thread(async () => { while (true) await Task.Delay(1000); }).Start();
        }
        """);

    [Fact]
    public Task A_view_model_is_run_by_its_window() => Sparing.IsSpared(
        $$"""
        public class ClockWorker : System.ComponentModel.INotifyPropertyChanged
        {
            public event System.ComponentModel.PropertyChangedEventHandler? PropertyChanged;
            {{Sparing.Worker}}
        }
        """,
        $$"""public class [|ClockWorker|] { {{Sparing.Worker}} }""");
}
