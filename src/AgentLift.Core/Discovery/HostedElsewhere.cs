using AgentLift.Core.Knowledge;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Discovery;

/// <summary>Types that something else already runs: hosts, web and actor frameworks, user interfaces, schedulers.</summary>
internal static class HostedElsewhere
{
    private static readonly HashSet<string> Bases = new(StringComparer.Ordinal)
    {
        "Microsoft.Extensions.Hosting.BackgroundService", "Microsoft.Extensions.Hosting.IHostedService", "Microsoft.Extensions.Hosting.IHostLifetime",
        "Microsoft.AspNetCore.Mvc.ControllerBase", "Microsoft.AspNetCore.SignalR.Hub", "Microsoft.AspNetCore.SignalR.Hub`1",
        "Microsoft.AspNetCore.Http.IMiddleware", "Microsoft.AspNetCore.Mvc.RazorPages.PageModel", "Microsoft.AspNetCore.Components.ComponentBase",
        "Microsoft.AspNetCore.Connections.ConnectionHandler", "Microsoft.AspNetCore.Connections.IConnectionListener",
        "Microsoft.AspNetCore.Connections.IConnectionListenerFactory", "Microsoft.AspNetCore.Hosting.Server.IServer",
        "Orleans.Grain", "Orleans.IGrain", "Orleans.IGrainBase", "Orleans.Runtime.Grain",
        "Akka.Actor.ActorBase", "Proto.IActor", "Dapr.Actors.Runtime.Actor", "Microsoft.ServiceFabric.Actors.Runtime.ActorBase",
        "Microsoft.ServiceFabric.Services.Runtime.StatelessService", "Microsoft.ServiceFabric.Services.Runtime.StatefulServiceBase",
        "MassTransit.IConsumer", "Quartz.IJob", "NServiceBus.IHandleMessages`1", "Topshelf.ServiceControl",
        "System.Windows.Forms.Control", "System.Windows.Threading.DispatcherObject", "Avalonia.AvaloniaObject", "Microsoft.Maui.Controls.BindableObject",
        "UnityEngine.Object", "Godot.GodotObject", "Microsoft.Xna.Framework.Game", "System.ComponentModel.INotifyPropertyChanged",
        "Xamarin.Forms.BindableObject", "Microsoft.UI.Xaml.DependencyObject", "System.Web.UI.Control", "System.Web.IHttpHandler", "System.Web.IHttpModule",
        "System.IO.Stream", "System.IO.TextReader", "System.IO.TextWriter", "System.IO.Pipelines.IDuplexPipe", "System.IO.Pipelines.PipeScheduler",
        "System.Net.Sockets.Socket", "System.Net.Sockets.TcpListener", "System.Net.Sockets.TcpClient", "System.Net.Sockets.UdpClient",
        "System.Net.Sockets.SocketAsyncEventArgs", "System.Net.EndPoint", "System.Net.Http.HttpMessageHandler", "System.Net.WebSockets.WebSocket",
        "System.Threading.Tasks.TaskScheduler", "System.Threading.SynchronizationContext", "System.Threading.WaitHandle", "System.TimeProvider",
        "System.Collections.IEnumerable", "System.Attribute", "System.Exception", "System.Delegate",
        "System.Diagnostics.TraceListener", "System.Diagnostics.Tracing.EventListener", "Microsoft.Extensions.Logging.ILogger",
        "Microsoft.Extensions.Logging.ILoggerProvider", "Microsoft.Extensions.Configuration.IConfigurationProvider", "Microsoft.Build.Framework.ITask",
    };

    public static bool Contains(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            if (Bases.Contains(TypeKnowledge.MetadataNameOf(current.OriginalDefinition)))
                return true;
        }

        foreach (var contract in type.AllInterfaces)
        {
            if (Bases.Contains(TypeKnowledge.MetadataNameOf(contract.OriginalDefinition)))
                return true;
        }

        return IsMiddleware(type);
    }

    // By convention, without a base: ASP.NET Core hands the constructor what comes next.
    private static bool IsMiddleware(INamedTypeSymbol type) =>
        type.InstanceConstructors.Any(constructor => constructor.Parameters.Any(parameter =>
            TypeKnowledge.MetadataNameOf(parameter.Type) == "Microsoft.AspNetCore.Http.RequestDelegate"));
}
