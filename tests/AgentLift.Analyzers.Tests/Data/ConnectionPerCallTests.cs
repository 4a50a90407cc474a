using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Data;

public class ConnectionPerCallTests
{
    private const string Stores = "using MongoDB.Driver; using Npgsql; using StackExchange.Redis;";

    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.ConnectionPerCall);

    [Fact]
    public Task Reports_a_multiplexer_for_each_call() => Rule.VerifyInAgent("""
        public string Read(string key)
        {
            using var redis = [|ConnectionMultiplexer.Connect("redis")|];
            return redis.GetDatabase().StringGet(key);
        }
        """, Stores);

    [Fact]
    public Task Reports_an_awaited_multiplexer() => Rule.VerifyInAgent("""
        public async Task<string> Read(string key)
        {
            var redis = await [|ConnectionMultiplexer.ConnectAsync("redis")|];
            return redis.GetDatabase().StringGet(key);
        }
        """, Stores);

    [Fact]
    public Task Reports_an_http_client_for_each_call() => Rule.VerifyInAgent("""
        public async Task<string> Ask(string address)
        {
            using var client = [|new HttpClient()|];
            return await client.GetStringAsync(address);
        }
        public Task<string> AskAtOnce(string address) => [|new HttpClient()|].GetStringAsync(address);
        """);

    [Fact]
    public Task Reports_a_client_in_the_loop_of_a_method_that_runs_once() => Rule.VerifyInAgent("""
        public async Task RunAsync(CancellationToken token)
        {
            while (!token.IsCancellationRequested)
            {
                HttpClient client = [|new()|];
                await client.GetStringAsync("status", token);
            }
        }
        """);

    [Fact]
    public Task Reports_a_data_source_and_a_mongo_client_in_a_lambda() => Rule.VerifyInAgent("""
        readonly Timer timer = new(_ => [|new MongoClient("db")|].GetDatabase("fleet"), null, 0, 1000);
        public void Save() { using (var source = [|NpgsqlDataSource.Create("Host=db")|]) source.OpenConnection(); }
        """, Stores);

    [Fact]
    public Task Ignores_a_client_kept_in_a_field() => Rule.VerifyInAgent("""
        static readonly HttpClient Http = new();
        readonly ConnectionMultiplexer redis = ConnectionMultiplexer.Connect("redis");
        MongoClient? mongo;
        HttpClient? hub;
        public MongoClient Mongo => mongo ??= new MongoClient("db");
        public void Reset(string address)
        {
            var client = new HttpClient { BaseAddress = new Uri(address) };
            hub = client;
        }
        """, Stores);

    [Fact]
    public Task Ignores_an_awaited_multiplexer_kept_in_a_field() => Rule.VerifyInAgent("""
        ConnectionMultiplexer? redis;
        public async Task Reconnect() => redis = await ConnectionMultiplexer.ConnectAsync("redis").ConfigureAwait(false);
        """, Stores);

    [Fact]
    public Task Ignores_a_client_made_by_a_constructor_or_a_method_that_runs_once() => Rule.VerifyInAgent("""
        public SampleAgent() { var client = new HttpClient(); }
        public void Start() { var redis = ConnectionMultiplexer.Connect("redis"); }
        public static void Main() { using var client = new HttpClient(); }
        """, Stores);

    [Fact]
    public Task Ignores_a_client_that_a_factory_method_returns() => Rule.VerifyInAgent("""
        public HttpClient Client() => new();
        public MongoClient NewMongo() { return new MongoClient("db"); }
        """, Stores);

    [Fact]
    public Task A_connection_from_a_pool_is_meant_for_one_call() => Rule.VerifyInAgent("""
        public void Save() { using var connection = new NpgsqlConnection("Host=db"); connection.Open(); }
        """, Stores);

    [Fact]
    public Task Ignores_clients_kept_in_a_table() => Rule.VerifyInAgent("""
        readonly ConcurrentDictionary<string, HttpClient> clients = new();
        readonly List<HttpClient> all = [];
        readonly Lazy<HttpClient> lazy = new(() => new HttpClient());
        public HttpClient For(string host) => clients.GetOrAdd(host, _ => new HttpClient());
        public void Register(string host)
        {
            var client = new HttpClient();
            clients[host] = client;
            var other = new HttpClient();
            all.Add(other);
            all.Add(new HttpClient());
            clients["hub"] = new HttpClient();
        }
        """);

    [Fact]
    public Task Reports_a_client_that_is_only_lent_to_a_call() => Rule.VerifyInAgent("""
        public async Task<string> Ask(string address)
        {
            var client = [|new HttpClient()|];
            return await Fetch(client, address);
        }
        static Task<string> Fetch(HttpClient client, string address) => client.GetStringAsync(address);
        """);
}
