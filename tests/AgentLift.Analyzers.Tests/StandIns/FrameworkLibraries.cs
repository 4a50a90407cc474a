namespace AgentLift.Analyzers.Tests;

/// <summary>Frameworks that run work for their users: the Generic Host, ASP.NET Core, Orleans, Akka.NET, and a lazy of other people's making.</summary>
internal static class FrameworkLibraries
{
    public const string Source = """
        #nullable disable
        namespace Microsoft.Extensions.Hosting
        {
            public interface IHostedService { Task StartAsync(CancellationToken token); Task StopAsync(CancellationToken token); }

            public abstract class BackgroundService : IHostedService
            {
                public Task StartAsync(CancellationToken token) => ExecuteAsync(token);
                public Task StopAsync(CancellationToken token) => Task.CompletedTask;
                protected abstract Task ExecuteAsync(CancellationToken token);
            }
        }

        namespace Microsoft.AspNetCore.Mvc { public abstract class ControllerBase; }

        namespace Microsoft.AspNetCore.SignalR { public abstract class Hub; }

        namespace Microsoft.AspNetCore.Connections
        {
            public class ConnectionContext;
            public abstract class ConnectionHandler { public abstract Task OnConnectedAsync(ConnectionContext connection); }
        }

        namespace Microsoft.AspNetCore.Http
        {
            public class HttpContext;
            public delegate Task RequestDelegate(HttpContext context);
            public interface IMiddleware { Task InvokeAsync(HttpContext context, RequestDelegate next); }
        }

        namespace Orleans { public abstract class Grain; }

        namespace Akka.Actor
        {
            public abstract class ActorBase;
            public abstract class ReceiveActor : ActorBase;
        }

        namespace Nito.AsyncEx { public class AsyncLazy<T> { public AsyncLazy(Func<Task<T>> factory) { } public Task<T> Task => null; } }
        """;
}
