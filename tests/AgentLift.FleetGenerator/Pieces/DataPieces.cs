using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;
using static AgentLift.FleetGenerator.Drafting.PieceRole;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>AGL5001 to AGL5003: connections for life, clients for each call, many stores.</summary>
internal static class DataPieces
{
    public static IEnumerable<Piece> All =>
    [
        new Piece("connection in constructor", Pattern, agent => Lifetime(agent, Sql(agent))) { Gives = [Traits.Store] },
        new Piece("connection opened elsewhere", Pattern, OpenedElsewhere) { Gives = [Traits.Store] },
        new Piece("client per call", Pattern, PerCall),
        new Piece("multiplexer per call", Pattern, agent => StorePerCall(agent, agent.Pick("redis", "mongo", "postgres"))) { Gives = [Traits.Store] },
        new Piece("client in a loop", Pattern, PerRound),
        new Piece("three stores", Pattern, Three) { Gives = [Traits.Store], Bars = ["one-store"] },
        new Piece("four stores", Pattern, Four) { Gives = [Traits.Store], Bars = ["one-store"] },
        new Piece("short connection", Decoy, ShortConnection) { Gives = [Traits.Store, "one-store"], Bars = [Traits.Store] },
        new Piece("connection handed in", Decoy, HandedIn) { Gives = [Traits.Store, "one-store"], Bars = [Traits.Store] },
        new Piece("shared client", Decoy, SharedClient),
    ];

    private static string Sql(AgentDraft agent) => agent.Pick("sqlite", "postgres");

    private static (string Type, string Text, string Marks) Connection(AgentDraft agent, string kind)
    {
        agent.Stores.Add(kind);
        agent.Use(kind == "sqlite" ? "Microsoft.Data.Sqlite" : "Npgsql");
        var (text, marks) = kind == "sqlite"
            ? Endpoints.Address(agent, $"Data Source={agent.Noun}s.db", "ConnectionString")
            : Endpoints.Address(agent, $"Host=db.internal;Database={agent.Noun}s", "ConnectionString");
        return (kind == "sqlite" ? "SqliteConnection" : "NpgsqlConnection", text, marks);
    }

    private static void Lifetime(AgentDraft agent, string kind)
    {
        var (type, text, marks) = Connection(agent, kind);
        var field = agent.FieldName("db", "connection", "store", "ledger");
        agent.Field($"private {agent.Pick("readonly ", "")}{type} {field};");
        agent.Construct(agent.Pick(
            $"{agent.This}{field} = new {type}({text}); §{LifetimeConnection}{marks}",
            $"{field} = new({text}); §{LifetimeConnection}{marks}"));
        agent.Construct($"{field}.Open();");
        Query(agent, field);
        agent.Stop($"{field}.{agent.Pick("Dispose", "Close")}();");
    }

    private static void OpenedElsewhere(AgentDraft agent)
    {
        var (type, text, marks) = Connection(agent, Sql(agent));
        var field = agent.FieldName("db", "connection", "archive");
        agent.Field($"private {type} {field};");
        agent.Method(agent.Chance(2)
            ? Code.Block($"private void {agent.Name("OpenStore", "ConnectStore")}()", $"{field} ??= new {type}({text}); §{LifetimeConnection}{marks}", $"{field}.Open();")
            : Code.Block($"private void {agent.Name("OpenStore", "ConnectStore")}()", $"{field} = new {type}({text}); §{LifetimeConnection}{marks}"));
        agent.Method(Code.Block($"internal void {agent.Name("Reopen", "OpenAgain")}()", $"if ({field}.State != System.Data.ConnectionState.Open)", $"    {agent.This}{field}.Open();"));
    }

    private static void Query(AgentDraft agent, string field) => agent.Method(Code.Block(
        $"public object {agent.Name("Query", "Select", "Count")}(string sql)", $"using var command = {field}.CreateCommand();", "command.CommandText = sql;", "return command.ExecuteScalar();"));

    private static void PerCall(AgentDraft agent)
    {
        agent.Use("System.Net.Http", "System.Threading.Tasks");
        agent.Method(agent.Number(0, 3) switch
        {
            0 => Code.Block($"public async Task<string> {agent.Name("DownloadAsync", "GrabAsync")}(Uri uri)", $"using var client = new HttpClient(); §{ConnectionPerCall}", "return await client.GetStringAsync(uri);"),
            1 => Code.Block($"private Task<byte[]> {agent.Name("BytesAsync", "ImageAsync")}(string path)", $"var client = new HttpClient {{ Timeout = TimeSpan.FromSeconds({agent.Number(2, 40)}) }}; §{ConnectionPerCall}", "return client.GetByteArrayAsync(path);"),
            _ => Code.Block($"public async Task<bool> {agent.Name("ExistsAsync", "CheckAsync")}(Uri uri)", Code.Block($"using (HttpClient client = new()) §{ConnectionPerCall}", "using var answer = await client.GetAsync(uri);", "return answer.IsSuccessStatusCode;")),
        });
    }

    private static void StorePerCall(AgentDraft agent, string kind)
    {
        agent.Stores.Add(kind);
        var method = agent.Name("Remember", "Save", "Put", "Recall");
        switch (kind)
        {
            case "redis":
                agent.Use("StackExchange.Redis");
                var (redis, redisMarks) = Endpoints.Address(agent, "localhost:6379", "Endpoint");
                agent.Method(Code.Block($"public string {method}(string key)", $"using var redis = ConnectionMultiplexer.Connect({redis}); §{ConnectionPerCall}{redisMarks}", "return redis.GetDatabase().StringGet(key);"));
                break;
            case "mongo":
                agent.Use("MongoDB.Driver");
                var (mongo, mongoMarks) = Endpoints.Address(agent, $"mongodb://localhost:27017/{agent.Noun}", "Url");
                agent.Method(Code.Block($"public object {method}(string name)", $"{agent.Pick("var", "MongoClient")} client = new MongoClient({mongo}); §{ConnectionPerCall}{mongoMarks}", "return client.GetDatabase(name);"));
                break;
            default:
                agent.Use("Npgsql");
                var (postgres, postgresMarks) = Endpoints.Address(agent, $"Host=localhost;Database={agent.Noun}", "ConnectionString");
                agent.Method(Code.Block($"public object {method}(string sql)", $"using var source = NpgsqlDataSource.Create({postgres}); §{ConnectionPerCall}{postgresMarks}", "using var connection = source.OpenConnection();", "using var command = connection.CreateCommand();", "command.CommandText = sql;", "return command.ExecuteScalar();"));
                break;
        }
    }

    private static void PerRound(AgentDraft agent)
    {
        agent.Use("System.Net.Http", "System.Threading.Tasks");
        agent.Method(Code.Block(
            $"public async Task {agent.Name("CrawlAsync", "VisitAsync")}(IEnumerable<Uri> pages)",
            Code.Block("foreach (var page in pages)", $"var client = new HttpClient(); §{ConnectionPerCall}", $"{agent.Work()}((await client.GetStringAsync(page)).Length);", "client.Dispose();")));
    }

    private static void Three(AgentDraft agent)
    {
        Lifetime(agent, Sql(agent));
        Kept(agent, "redis");
        Kept(agent, "mongo");
    }

    private static void Four(AgentDraft agent)
    {
        Lifetime(agent, "sqlite");
        Lifetime(agent, "postgres");
        Kept(agent, "redis");
        StorePerCall(agent, "mongo");
    }

    /// <summary>A client made once and kept, as it is meant: only its address is reported.</summary>
    private static void Kept(AgentDraft agent, string kind)
    {
        agent.Stores.Add(kind);
        var (text, marks) = Endpoints.Address(agent, kind == "redis" ? "localhost:6379" : $"mongodb://localhost:27017/{agent.Noun}", kind == "redis" ? "Endpoint" : "Url");
        agent.Use(kind == "redis" ? "StackExchange.Redis" : "MongoDB.Driver");
        var (type, create) = kind == "redis" ? ("ConnectionMultiplexer", "ConnectionMultiplexer.Connect") : ("MongoClient", "new MongoClient");
        var field = agent.FieldName(kind, "cache", "documents");
        agent.Field($"private readonly {type} {field};");
        agent.Construct($"{field} = {create}({text});{marks}");
    }

    private static void ShortConnection(AgentDraft agent)
    {
        agent.Use("Npgsql");
        agent.Stores.Add("postgres");
        var text = agent.Parameter("string", "connectionString");
        agent.Method(Code.Block($"public int {agent.Name("Store", "Insert")}(string sql)", $"using var connection = new NpgsqlConnection({text});", "connection.Open();", "using var command = connection.CreateCommand();", "command.CommandText = sql;", "return command.ExecuteNonQuery();"));
    }

    private static void HandedIn(AgentDraft agent)
    {
        agent.Use("Microsoft.Data.Sqlite");
        agent.Stores.Add("sqlite");
        if (agent.Chance(2))
        {
            var field = agent.Parameter("SqliteConnection", "connection", "db");
            Query(agent, field);
        }
        else
        {
            agent.Method(Code.Block($"public static object {agent.Name("Lookup", "FindRow")}(SqliteConnection connection, string sql)", "connection.Open();", "using var command = connection.CreateCommand();", "command.CommandText = sql;", "return command.ExecuteScalar();"));
        }
    }

    private static void SharedClient(AgentDraft agent)
    {
        agent.Use("System.Net.Http", "System.Threading.Tasks");
        var client = agent.FieldName("http", "client");
        agent.Field(agent.Pick($"private static readonly HttpClient {client} = new();", $"private readonly HttpClient {client} = new HttpClient();"));
        agent.Method($"public Task<string> {agent.Name("TextAsync", "PageAsync")}(Uri uri) => {client}.GetStringAsync(uri);");
    }
}
