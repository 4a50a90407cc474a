using System.Collections.Immutable;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace AgentLift.Migration.ParallelRun;

/// <summary>Asks over HTTP. An answer is the status, the content type and the body.</summary>
internal static class HttpReplay
{
    public static async Task<ObservedExchange> RunAsync(int port, Exchange exchange, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = timeout };
        var answers = ImmutableArray.CreateBuilder<ObservedAnswer>();
        for (var i = 0; i < exchange.Requests.Length; i++)
        {
            var sentAt = Stopwatch.GetTimestamp();
            var bytes = await AskAsync(client, exchange.Requests[i], cancellationToken).ConfigureAwait(false);
            answers.Add(new ObservedAnswer(i, bytes, Stopwatch.GetElapsedTime(sentAt)));
        }

        return new ObservedExchange(answers.ToImmutable(), [], Closed: false);
    }

    private static async Task<ImmutableArray<byte>> AskAsync(HttpClient client, WireRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Path);
        if (request.Bytes.Length > 0)
        {
            message.Content = new ByteArrayContent([.. request.Bytes]);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.ContentType ?? "application/json");
        }

        try
        {
            using var response = await client.SendAsync(message, cancellationToken).ConfigureAwait(false);
            var head = $"{(int)response.StatusCode} {response.Content.Headers.ContentType}\n";
            return [.. Encoding.UTF8.GetBytes(head), .. await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)];
        }
        catch (Exception error) when (error is HttpRequestException || (error is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return default;
        }
    }
}
