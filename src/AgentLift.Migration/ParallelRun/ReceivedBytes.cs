using System.Collections.Immutable;
using System.Net.Sockets;

namespace AgentLift.Migration.ParallelRun;

/// <summary>What has come over a connection and has not been taken as an answer.</summary>
internal sealed class ReceivedBytes(NetworkStream stream)
{
    private readonly List<byte> pending = [];
    private readonly byte[] buffer = new byte[64 * 1024];

    /// <summary>Waits for the next answer.</summary>
    /// <param name="length">Its length in bytes; 0 for a line, which ends with a line feed.</param>
    /// <param name="timeout">How long to wait for it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns><see langword="default"/> where none came in time or the connection ended.</returns>
    public async Task<ImmutableArray<byte>> TakeAsync(int length, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        while (true)
        {
            var end = length > 0 ? pending.Count >= length ? length : 0 : pending.IndexOf((byte)'\n') + 1;
            if (end > 0)
            {
                ImmutableArray<byte> answer = [.. pending[..end]];
                pending.RemoveRange(0, end);
                return answer;
            }

            if (!await ReadMoreAsync(limit.Token, cancellationToken).ConfigureAwait(false))
                return default;
        }
    }

    /// <summary>Reads until the peer ends the connection.</summary>
    /// <returns>Whether it did, in time.</returns>
    public async Task<bool> ReadToEndAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        while (await ReadMoreAsync(limit.Token, cancellationToken).ConfigureAwait(false))
        {
            // All of it is kept.
        }

        return !limit.IsCancellationRequested;
    }

    /// <summary>What no answer was made of.</summary>
    public ImmutableArray<byte> TakeRest()
    {
        ImmutableArray<byte> rest = [.. pending];
        pending.Clear();
        return rest;
    }

    private async Task<bool> ReadMoreAsync(CancellationToken limit, CancellationToken cancellationToken)
    {
        try
        {
            var read = await stream.ReadAsync(buffer, limit).ConfigureAwait(false);
            pending.AddRange(buffer.AsSpan(0, read));
            return read > 0;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
