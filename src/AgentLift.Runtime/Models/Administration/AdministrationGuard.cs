using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AgentLift.Runtime.Models.Administration;

/// <summary>
/// Decides who may ask at all. On loopback any program of this machine may, unless there is a token; a page in a browser of this machine never may, not even one
/// whose own name has been pointed at this machine.
/// </summary>
/// <param name="token">What a caller must send; <see langword="null"/> where it need not.</param>
/// <param name="isLoopback">Whether only this machine can connect.</param>
internal sealed class AdministrationGuard(string? token, bool isLoopback)
{
    private const string Scheme = "Bearer ";
    private const string Realm = "Bearer realm=\"models\"";
    private readonly byte[]? expected = token is null ? null : HashOf(token);

    /// <returns>Why the request is refused; <see langword="null"/> where it is not.</returns>
    public AdministrationReply? Refusal(HttpRequest request)
    {
        if (isLoopback && !IsLoopbackName(request.Host.Host))
            return AdministrationReply.Problem(StatusCodes.Status421MisdirectedRequest, $"Ask with the host localhost or a loopback address, not with '{request.Host}'.");

        // Browsers send these, and scripts cannot forge them. The one that a person types an address into says "none".
        if (request.Headers.Origin.Count > 0 || request.Headers["Sec-Fetch-Site"].Any(site => site != "none"))
            return AdministrationReply.Problem(StatusCodes.Status403Forbidden, "Pages in a browser may not administer models.");
        if (HasBody(request.HttpContext))
            return AdministrationReply.Problem(StatusCodes.Status413PayloadTooLarge, "No request has a body.");
        return expected is null ? null : TokenRefusal(request.Headers.Authorization.ToString());
    }

    /// <summary>Whether a request says that it has a body, of whatever length but 0.</summary>
    public static bool HasBody(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true };

    private AdministrationReply? TokenRefusal(string authorization)
    {
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return Unauthorized("Send the token of Models:Administration:Token as Authorization: Bearer TOKEN.", Realm);

        // Of hashes, so that not even the length shows in the time that it takes.
        return CryptographicOperations.FixedTimeEquals(HashOf(authorization[Scheme.Length..].Trim()), expected)
            ? null
            : Unauthorized("The token is not the one of Models:Administration:Token.", $"{Realm}, error=\"invalid_token\"");
    }

    private static AdministrationReply Unauthorized(string detail, string challenge) =>
        AdministrationReply.Problem(StatusCodes.Status401Unauthorized, detail) with { Challenge = challenge };

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
