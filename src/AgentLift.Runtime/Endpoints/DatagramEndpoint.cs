using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Endpoints;

/// <summary>UDP datagrams, answered in their order where one at a time is asked for.</summary>
internal sealed class DatagramEndpoint(
    string name,
    AgentContext agent,
    ILogger logger,
    EndpointOptions options,
    Func<AgentDatagram, CancellationToken, ValueTask<byte[]?>> answer,
    Func<string, AgentOperation> begin,
    int concurrency)
    : AgentEndpoint(name, "udp", agent, logger, options)
{
    // No datagram is longer, whatever is allowed.
    private readonly int longest = Math.Min(options.MaxMessageBytes, ushort.MaxValue);

    private Socket? socket;
    private Task receiving = Task.CompletedTask;
    private int inside;

    public override int Connections => Volatile.Read(ref inside);

    private protected override Task<IPEndPoint> ListenAsync(IPEndPoint wanted, CancellationToken cancellationToken)
    {
        var listening = new Socket(wanted.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (wanted.Address.Equals(IPAddress.IPv6Any))
                listening.DualMode = true;
            listening.Bind(wanted);
        }
        catch (SocketException error)
        {
            listening.Dispose();
            throw CannotListen(error);
        }

        socket = listening;
        receiving = Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(() => ReceiveAsync(listening), CancellationToken.None)));
        return Task.FromResult((IPEndPoint)listening.LocalEndPoint!);
    }

    private protected override async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref socket, null) is not { } closing)
            return;
        try
        {
            await receiving.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // What is still being answered is left behind; the agent logs that its drain gave up.
        }

        closing.Dispose();
    }

    private async Task ReceiveAsync(Socket listening)
    {
        // One byte more than allowed tells a datagram that is too long from one that just fits.
        var buffer = ArrayPool<byte>.Shared.Rent(longest + 1);
        var anyone = new IPEndPoint(listening.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        try
        {
            while (!Draining.IsCancellationRequested)
            {
                try
                {
                    var received = await listening.ReceiveFromAsync(buffer.AsMemory(0, longest + 1), anyone, Draining).ConfigureAwait(false);
                    if (received.ReceivedBytes > longest)
                        throw new EndpointProtocolException($"a datagram of more than {longest} bytes was sent");
                    await AnswerAsync(listening, new AgentDatagram(buffer.AsMemory(0, received.ReceivedBytes), (IPEndPoint)received.RemoteEndPoint)).ConfigureAwait(false);
                }
                catch (Exception end) when (Draining.IsCancellationRequested && end is OperationCanceledException or ObjectDisposedException)
                {
                    return;
                }
                catch (Exception error) when (error is EndpointProtocolException or SocketException)
                {
                    // Also a peer that has closed its port: the system reports it on the next receive.
                    Refused(error);
                }
#pragma warning disable CA1031 // One datagram must not take the endpoint with it; its failure is logged and counted.
                catch (Exception error)
#pragma warning restore CA1031
                {
                    Broke(error);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task AnswerAsync(Socket listening, AgentDatagram datagram)
    {
        using var operation = begin(Name);
        Interlocked.Increment(ref inside);
        try
        {
            if (await answer(datagram, CutOff).ConfigureAwait(false) is { } reply)
                await listening.SendToAsync(reply, datagram.Sender, CutOff).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            operation.Fail(error);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref inside);
        }
    }
}
