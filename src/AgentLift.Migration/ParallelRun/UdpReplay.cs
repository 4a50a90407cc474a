using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AgentLift.Migration.ParallelRun;

/// <summary>Asks with datagrams from one socket.</summary>
internal static class UdpReplay
{
    // A datagram more than was asked for would follow at once.
    private static readonly TimeSpan AfterTheLast = TimeSpan.FromMilliseconds(100);

    public static async Task<ObservedExchange> RunAsync(int port, Exchange exchange, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var client = new UdpClient();
        client.Connect(IPAddress.Loopback, port);
        var answers = ImmutableArray.CreateBuilder<ObservedAnswer>();
        var sent = new long[exchange.Requests.Length];
        for (var i = 0; i < exchange.Requests.Length; i++)
        {
            await client.SendAsync(exchange.Requests[i].Bytes.AsMemory(), cancellationToken).ConfigureAwait(false);
            sent[i] = Stopwatch.GetTimestamp();
            if (!exchange.Pipelined)
                await ReadAsync(client, exchange.Requests[i], i, sent[i], answers, timeout, cancellationToken).ConfigureAwait(false);
        }

        for (var i = 0; exchange.Pipelined && i < exchange.Requests.Length; i++)
            await ReadAsync(client, exchange.Requests[i], i, sent[i], answers, timeout, cancellationToken).ConfigureAwait(false);
        var rest = await ReceiveAsync(client, AfterTheLast, cancellationToken).ConfigureAwait(false);
        return new ObservedExchange(answers.ToImmutable(), rest.IsDefault ? [] : rest, Closed: false);
    }

    private static async Task ReadAsync(
        UdpClient client, WireRequest request, int index, long sentAt, ImmutableArray<ObservedAnswer>.Builder answers, TimeSpan timeout, CancellationToken cancellationToken)
    {
        for (var i = 0; i < request.Answers; i++)
        {
            var bytes = await ReceiveAsync(client, timeout, cancellationToken).ConfigureAwait(false);
            answers.Add(new ObservedAnswer(index, bytes, Stopwatch.GetElapsedTime(sentAt)));
        }
    }

    private static async Task<ImmutableArray<byte>> ReceiveAsync(UdpClient client, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            return [.. (await client.ReceiveAsync(limit.Token).ConfigureAwait(false)).Buffer];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return default;
        }
        catch (SocketException)
        {
            // Nobody listens on the port.
            return default;
        }
    }
}
