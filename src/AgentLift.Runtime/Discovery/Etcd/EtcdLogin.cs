using System.Text.Json;

namespace AgentLift.Runtime.Discovery;

/// <summary>The token of this process where etcd asks for a user.</summary>
internal sealed class EtcdLogin(EtcdDirectoryOptions options)
{
    private volatile string? current;

    /// <summary>The token, fetched from the node where there is none; <see langword="null"/> without a user.</summary>
    public async ValueTask<string?> TokenAsync(EtcdNode node, CancellationToken cancellationToken)
    {
        if (options.Username is not { } user || current is { })
            return current;
        var body = JsonSerializer.SerializeToUtf8Bytes(new LoginRequest(user, options.Password ?? string.Empty), EtcdJson.Default.LoginRequest);
        using var reply = await node.SendOnceAsync("v3/auth/authenticate", body, token: null, cancellationToken).ConfigureAwait(false);
        var bytes = await reply.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return current = JsonSerializer.Deserialize(bytes, EtcdJson.Default.LoginReply)?.Token;
    }

    /// <summary>Drops a token that was refused, unless another request has replaced it already.</summary>
    public void Forget(string token) => Interlocked.CompareExchange(ref current, null, token);
}
