using System.Buffers;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AgentLift.Runtime.Benchmarks.Servers;

/// <summary>What Kestrel costs by itself: lines become strings and go back, and nothing counts, times, limits or drains them.</summary>
internal sealed class KestrelLineServer : ConnectionHandler
{
    private const byte LineFeed = (byte)'\n';

    public static async Task<int> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        ListenOptions? bound = null;
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            bound = listen;
            listen.UseConnectionHandler<KestrelLineServer>();
        }));
        await builder.Build().StartAsync();
        return ((IPEndPoint)bound!.EndPoint).Port;
    }

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var (input, output) = (connection.Transport.Input, connection.Transport.Output);
        while (true)
        {
            var read = await input.ReadAsync();
            var rest = read.Buffer;
            while (rest.PositionOf(LineFeed) is { } end)
            {
                var line = Encoding.UTF8.GetString(rest.Slice(0, end));
                rest = rest.Slice(rest.GetPosition(1, end));
                Encoding.UTF8.GetBytes(line, output);
                output.Write([LineFeed]);
            }

            input.AdvanceTo(rest.Start, rest.End);
            await output.FlushAsync();
            if (read.IsCompleted)
                return;
        }
    }
}
