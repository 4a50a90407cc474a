using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AgentLift.Runtime.Discovery;

/// <summary>One node of etcd: one request, one answer, in bounded time.</summary>
internal sealed class EtcdNode(Uri address, HttpClient http, EtcdLogin login, TimeSpan timeout, TimeProvider time)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public Uri Address => address;

    /// <exception cref="EtcdNodeException">No usable answer came in time.</exception>
    /// <exception cref="EtcdRefusedException">etcd refused.</exception>
    public async Task<TReply> PostAsync<TReply>(string path, byte[] body, JsonTypeInfo<TReply> replyType, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        return await GuardAsync(
            async () =>
            {
                using var reply = await SendAsync(path, body, either.Token).ConfigureAwait(false);
                var bytes = await reply.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
                return JsonSerializer.Deserialize(bytes, replyType) ?? throw new JsonException("null");
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a stream of answers. Only its beginning is bounded in time.</summary>
    /// <exception cref="EtcdNodeException">The stream did not begin in time.</exception>
    /// <exception cref="EtcdRefusedException">etcd refused.</exception>
    public async Task<EtcdWatch> OpenAsync(string path, byte[] body, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        return await GuardAsync(
            async () =>
            {
                var reply = await SendAsync(path, body, either.Token).ConfigureAwait(false);
                EtcdWatch? watch = null;
                try
                {
                    watch = new EtcdWatch(this, reply, await reply.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false));
                    var beginning = await watch.ReadAsync(either.Token).ConfigureAwait(false);
                    return beginning.Created ? watch : throw new EtcdNodeException($"{address} did not create the watch", present: true);
                }
                catch
                {
                    watch?.Dispose();
                    reply.Dispose();
                    throw;
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(string path, byte[] body, CancellationToken cancellationToken)
    {
        var token = await login.TokenAsync(this, cancellationToken).ConfigureAwait(false);
        try
        {
            return await SendOnceAsync(path, body, token, cancellationToken).ConfigureAwait(false);
        }
        catch (EtcdRefusedException refusal) when (token is not null && refusal.Unauthenticated)
        {
            // Tokens run out, and some kinds are forgotten when a node starts again.
            login.Forget(token);
            token = await login.TokenAsync(this, cancellationToken).ConfigureAwait(false);
            return await SendOnceAsync(path, body, token, cancellationToken).ConfigureAwait(false);
        }
    }

    internal async Task<HttpResponseMessage> SendOnceAsync(string path, byte[] body, string? token, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path));
        message.Content = new ByteArrayContent(body);
        message.Content.Headers.ContentType = Json;
        if (token is not null)
            message.Headers.TryAddWithoutValidation("Authorization", token);
        var reply = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (reply.IsSuccessStatusCode)
            return reply;
        using (reply)
            throw await RefusalAsync(reply, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Exception> RefusalAsync(HttpResponseMessage reply, CancellationToken cancellationToken)
    {
        var bytes = await reply.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        EtcdError? error = null;
        try
        {
            error = JsonSerializer.Deserialize(bytes, EtcdJson.Default.EtcdError);
        }
        catch (JsonException)
        {
            // What answers at this address is no etcd; the status says all that is known.
        }

        var text = error?.Message ?? $"HTTP status {(int)reply.StatusCode}";
        var final = error is { Code: > 0 } && (int)reply.StatusCode < (int)HttpStatusCode.InternalServerError
            && reply.StatusCode is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);
        return final ? new EtcdRefusedException(error!.Code, text) : new EtcdNodeException(text, present: true);
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EtcdNodeException($"{address} did not answer within {timeout.TotalSeconds:0.###} s", present: true, error);
        }
        catch (HttpRequestException error)
        {
            var absent = error.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError;
            throw new EtcdNodeException($"{address}: {error.Message}", !absent, error);
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            throw new EtcdNodeException($"{address}: {error.Message}", present: true, error);
        }
    }
}
