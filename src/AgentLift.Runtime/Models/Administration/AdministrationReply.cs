using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AgentLift.Runtime.Models.Administration;

/// <summary>An answer: a document, or a problem.</summary>
/// <param name="Status">The status code.</param>
/// <param name="ContentType">What the body is.</param>
/// <param name="Body">The body, as JSON.</param>
internal sealed record AdministrationReply(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>The methods that the path takes, where another one was used.</summary>
    public string? Allow { get; init; }

    /// <summary>How a caller proves who it is, where it did not.</summary>
    public string? Challenge { get; init; }

    public static AdministrationReply Document<T>(T document, JsonTypeInfo<T> type) => new(StatusCodes.Status200OK, "application/json", JsonSerializer.SerializeToUtf8Bytes(document, type));

    public static AdministrationReply Problem(int status, string detail) => new(
        status,
        "application/problem+json",
        JsonSerializer.SerializeToUtf8Bytes(new ProblemDocument(ReasonPhrases.GetReasonPhrase(status), status, detail), ModelAdministrationJson.Default.ProblemDocument));

    public async Task SendAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.Allow = Allow;
        response.Headers.WWWAuthenticate = Challenge;

        // Nobody reads a body, so that nothing after it can be read either: a caller that is not told would send its next request into a closed connection.
        if (AdministrationGuard.HasBody(context))
            response.Headers.Connection = "close";
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(Body, context.RequestAborted).ConfigureAwait(false);
    }
}
