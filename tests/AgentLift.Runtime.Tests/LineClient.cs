using System.Net;
using System.Net.Sockets;

namespace AgentLift.Runtime.Tests;

/// <summary>A peer that sends and reads lines over TCP.</summary>
internal sealed class LineClient(TcpClient tcp) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly StreamReader reader = new(tcp.GetStream());

    public static Task<LineClient> ConnectAsync(BaseAgent agent) => ConnectAsync(agent.Endpoints[0].Address!);

    public static async Task<LineClient> ConnectAsync(IPEndPoint address)
    {
        var tcp = new TcpClient();
        await tcp.ConnectAsync(address);
        return new LineClient(tcp);
    }

    public async Task SendAsync(string text) => await tcp.GetStream().WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));

    public async Task<List<string?>> ReadLinesAsync(int count)
    {
        var lines = new List<string?>();
        while (lines.Count < count)
            lines.Add(await reader.ReadLineAsync().WaitAsync(Patience));
        return lines;
    }

    public async Task<bool> IsClosedAsync()
    {
        try
        {
            return await reader.ReadLineAsync().WaitAsync(Patience) is null;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose()
    {
        reader.Dispose();
        tcp.Dispose();
    }
}
