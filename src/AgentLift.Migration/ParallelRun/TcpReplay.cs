using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AgentLift.Migration.ParallelRun;

/// <summary>Asks over one TCP connection: lines, or answers of a known length.</summary>
internal static class TcpReplay
{
    public static async Task<ObservedExchange> RunAsync(int port, Exchange exchange, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken).ConfigureAwait(false);
        var stream = client.GetStream();
        var received = new ReceivedBytes(stream);
        var answers = ImmutableArray.CreateBuilder<ObservedAnswer>();
        var sent = new long[exchange.Requests.Length];
        for (var i = 0; i < exchange.Requests.Length; i++)
        {
            if (!await SendAsync(stream, exchange.Requests[i], cancellationToken).ConfigureAwait(false))
                break;
            sent[i] = Stopwatch.GetTimestamp();
            if (!exchange.Pipelined)
                await ReadAsync(received, exchange.Requests[i], i, sent[i], answers, timeout, cancellationToken).ConfigureAwait(false);
        }

        for (var i = 0; exchange.Pipelined && i < exchange.Requests.Length; i++)
            await ReadAsync(received, exchange.Requests[i], i, sent[i], answers, timeout, cancellationToken).ConfigureAwait(false);

        // Half a close asks the agent to end: what it still says, and whether it hangs up, is part of its behaviour.
        var closed = await EndAsync(client, received, timeout, cancellationToken).ConfigureAwait(false);
        return new ObservedExchange(answers.ToImmutable(), received.TakeRest(), closed);
    }

    private static async Task<bool> SendAsync(NetworkStream stream, WireRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(request.Bytes.AsMemory(), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (IOException)
        {
            // The agent has hung up: the answers that are missing say so.
            return false;
        }
    }

    private static async Task ReadAsync(
        ReceivedBytes received, WireRequest request, int index, long sentAt, ImmutableArray<ObservedAnswer>.Builder answers, TimeSpan timeout, CancellationToken cancellationToken)
    {
        for (var i = 0; i < request.Answers; i++)
        {
            var bytes = await received.TakeAsync(request.AnswerBytes, timeout, cancellationToken).ConfigureAwait(false);
            answers.Add(new ObservedAnswer(index, bytes, Stopwatch.GetElapsedTime(sentAt)));
            if (bytes.IsDefault)
                return;
        }
    }

    private static async Task<bool> EndAsync(TcpClient client, ReceivedBytes received, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            return true;
        }

        return await received.ReadToEndAsync(timeout, cancellationToken).ConfigureAwait(false);
    }
}
