using System.Text.Json;

namespace AgentLift.Runtime.Discovery;

/// <summary>An open watch: one JSON object a line, for as long as the node goes on.</summary>
internal sealed class EtcdWatch(EtcdNode node, HttpResponseMessage reply, Stream stream) : IDisposable
{
    private readonly StreamReader lines = new(stream);

    public EtcdNode Node => node;

    /// <summary>Waits for the next answer.</summary>
    /// <exception cref="EtcdNodeException">The stream ended.</exception>
    /// <exception cref="EtcdWatchBehindException">etcd has discarded what happened since the watch's beginning.</exception>
    public async Task<WatchResult> ReadAsync(CancellationToken cancellationToken)
    {
        string? line;
        try
        {
            line = await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw new EtcdNodeException($"{node.Address}: {error.Message}", present: true, error);
        }

        if (line is null)
            throw new EtcdNodeException($"{node.Address} ended the watch", present: true);
        var answer = JsonSerializer.Deserialize(line, EtcdJson.Default.WatchReply);
        if (answer?.Result is not { } result)
            throw new EtcdNodeException($"{node.Address} ended the watch: {answer?.Error?.GetRawText()}", present: true);
        if (result.CompactRevision > 0)
            throw new EtcdWatchBehindException($"etcd was compacted at revision {result.CompactRevision}");
        return result.Canceled ? throw new EtcdNodeException($"{node.Address} cancelled the watch: {result.CancelReason}", present: true) : result;
    }

    public void Dispose()
    {
        lines.Dispose();
        reply.Dispose();
    }
}
