using AgentLift.CodeFixes.Integration.Data;

namespace AgentLift.CodeFixes.Tests.Integration;

public class SharedClientRewriterTests
{
    private const string Http = "private static readonly HttpClient http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2), UseCookies = false })";

    private static readonly SharedClientRewriter[] Rewriters = [new()];

    [Fact]
    public Task A_client_for_each_call_becomes_one_for_all() => VerifyAgentAsync(
        """
        public async Task<string> FetchAsync(Uri uri)
        {
            using var client = new HttpClient();
            return await client.GetStringAsync(uri);
        }

        public async Task<bool> ExistsAsync(Uri uri)
        {
            using (HttpClient client = new())
            {
                // asks
                using var answer = await client.GetAsync(uri);
                return answer.IsSuccessStatusCode;
            }
        }

        public string Page(string url) => new HttpClient().GetStringAsync(url).Result;
        """,
        $$"""
        public async Task<string> FetchAsync(Uri uri)
        {
            var client = http;
            return await client.GetStringAsync(uri);
        }

        public async Task<bool> ExistsAsync(Uri uri)
        {
            {
                HttpClient client = http;
                // asks
                using var answer = await client.GetAsync(uri);
                return answer.IsSuccessStatusCode;
            }
        }

        public string Page(string url) => http.GetStringAsync(url).Result;

        {{Http}};
        """);

    [Fact]
    public Task What_all_of_them_are_set_to_is_set_once_and_what_disposes_them_goes() => VerifyAgentAsync(
        """
        public async Task CrawlAsync(IEnumerable<Uri> pages)
        {
            foreach (var page in pages)
            {
                var client = new HttpClient { Timeout = TimeSpan.FromSeconds(3) };
                Console.WriteLine(await client.GetStringAsync(page));
                client.Dispose();
            }
        }
        """,
        $$"""
        public async Task CrawlAsync(IEnumerable<Uri> pages)
        {
            foreach (var page in pages)
            {
                var client = http;
                Console.WriteLine(await client.GetStringAsync(page));
            }
        }

        {{Http}} { Timeout = TimeSpan.FromSeconds(3) };
        """);

    [Fact]
    public Task A_data_source_is_made_on_first_use() => VerifyAgentAsync(
        """
        private readonly string _text = "Host=localhost;Database=parcels";

        public object Recall(string sql)
        {
            using var source = Npgsql.NpgsqlDataSource.Create(_text);
            return source.CreateCommand(sql);
        }
        """,
        """
        private readonly string _text = "Host=localhost;Database=parcels";

        public object Recall(string sql)
        {
            var source = LazyInitializer.EnsureInitialized(ref _npgsqlDataSource, () => Npgsql.NpgsqlDataSource.Create(_text));
            return source.CreateCommand(sql);
        }

        private Npgsql.NpgsqlDataSource _npgsqlDataSource;
        """);

    [Theory]
    [InlineData("using var client = new HttpClient(); client.Timeout = wait; await client.GetAsync(uri);", "Timeout is set or asked for each call: client.Timeout = wait")]
    [InlineData("using var client = new HttpClient(); client.DefaultRequestHeaders.Add(\"a\", \"b\"); await client.GetAsync(uri);", "DefaultRequestHeaders is set or asked for each call: client.DefaultRequestHeaders.Add")]
    [InlineData("using var client = new HttpClient { Timeout = wait }; await client.GetAsync(uri);", "it is made with wait, which each call has of its own")]
    [InlineData("using var client = new HttpClient(new HttpClientHandler()); await client.GetAsync(uri);", "it brings a handler of its own: share that first")]
    [InlineData("using var client = new HttpClient(); await client.GetAsync(uri); await client.GetAsync(uri);", "it sends several requests, which share cookies with each other and with nobody else")]
    [InlineData("using var client = new HttpClient(); await UseAsync(client);", "client is handed on")]
    public Task What_belongs_to_one_call_stays(string body, string reason) => LiftVerifier.VerifyRefusalAsync(
        Rewriters, Agent($"public async Task AskAsync(Uri uri, TimeSpan wait) {{ {body} }}\n\nprivate static Task UseAsync(HttpClient client) => Task.CompletedTask;"), reason);

    private static Task VerifyAgentAsync(string before, string after) => LiftVerifier.VerifyAsync(Rewriters, Agent(before), Agent(after));

    private static string Agent(string members) => $$"""
        using System.Net.Http;
        using AgentLift.Runtime;

        namespace Fleet
        {
            public partial class FeedAgent(AgentContext context) : BaseAgent(context)
            {
        {{string.Join("\n", members.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? line : "        " + line))}}
            }
        }

        // stand-in for the package
        namespace Npgsql
        {
            public class NpgsqlDataSource : IDisposable
            {
                public static NpgsqlDataSource Create(string text) => new();
                public object CreateCommand(string sql) => sql;
                public void Dispose() { }
            }
        }
        """;
}
