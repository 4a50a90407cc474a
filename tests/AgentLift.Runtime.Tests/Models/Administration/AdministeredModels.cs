using System.Net;
using System.Text.Json;
using AgentLift.Runtime.Hosting;
using AgentLift.Runtime.Models.Administration;
using AgentLift.Runtime.Tests.Discovery;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AgentLift.Runtime.Tests.Models.Administration;

/// <summary>A server of the administration over models of a test, and a client of it.</summary>
internal sealed class AdministeredModels : IAsyncDisposable
{
    private readonly HttpClient client = new();

    public AdministeredModels(string? address = "127.0.0.1:0", string? token = null)
    {
        var options = new ModelSchedulingOptions { Administration = new ModelAdministrationOptions { Address = address, Token = token } };
        Server = new ModelAdministrationServer(
            Options.Create(options), Models, new AgentFailures(NullLogger<AgentFailures>.Instance, lifetime: null), TimeProvider.System, NullLoggerFactory.Instance, Log);
    }

    public FakeAdministration Models { get; } = new();

    public RecordedLog<ModelAdministrationServer> Log { get; } = new();

    public ModelAdministrationServer Server { get; }

    public static async Task<AdministeredModels> ServedAsync(string address = "127.0.0.1:0", string? token = null)
    {
        var models = new AdministeredModels(address, token);
        await models.Server.StartingAsync(default);
        return models;
    }

    public async Task<Answer> AskAsync(HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri($"http://127.0.0.1:{Server.Address!.Port}{path}"));
        if (body is not null)
            request.Content = new StringContent(body);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        using var response = await client.SendAsync(request);
        return new Answer(
            response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsStringAsync(),
            response.Content.Headers.ContentLength,
            [.. response.Content.Headers.Allow],
            response.Headers.WwwAuthenticate.ToString(),
            response.Headers.ConnectionClose == true);
    }

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => AskAsync(HttpMethod.Get, path, body: null, headers);

    public Task<Answer> PostAsync(string path, params (string Name, string Value)[] headers) => AskAsync(HttpMethod.Post, path, body: null, headers);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await Server.DisposeAsync();
    }

    internal sealed record Answer(HttpStatusCode Status, string? ContentType, string Body, long? Length, IReadOnlyList<string> Allow, string Challenge, bool Closes)
    {
        public JsonElement Json => JsonDocument.Parse(Body).RootElement;

        /// <summary>The problem that the body tells of, which must be one of this status.</summary>
        public string Problem()
        {
            ContentType.ShouldBe("application/problem+json");
            Json.GetProperty("status").GetInt32().ShouldBe((int)Status);
            Json.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
            return Json.GetProperty("detail").GetString()!;
        }
    }
}
