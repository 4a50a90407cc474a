using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Data;

public class LifetimeConnectionTests
{
    private const string Stores = "using Fleet.Storage; using Microsoft.Data.Sqlite; using Npgsql;";

    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.LifetimeConnection);

    [Fact]
    public Task Reports_a_connection_opened_by_the_constructor() => Rule.VerifyInAgent("""
        readonly NpgsqlConnection connection;
        public SampleAgent(string text)
        {
            connection = [|new NpgsqlConnection(text)|];
            connection.Open();
        }
        """, Stores);

    [Fact]
    public Task Reports_a_field_initialiser_that_a_method_opens() => Rule.VerifyInAgent("""
        readonly SqliteConnection database = [|new("Data Source=fleet.db")|];
        public void Start() => database.Open();
        """, Stores);

    [Fact]
    public Task Reports_a_local_that_becomes_a_field() => Rule.VerifyInAgent("""
        SqliteConnection? database;
        public void Start(string text)
        {
            var connection = [|new SqliteConnection(text)|];
            connection.Open();
            database = connection;
        }
        """, Stores);

    [Fact]
    public Task Reports_an_awaited_open_on_a_property() => Rule.VerifyInAgent("""
        private NpgsqlConnection? Connection { get; set; }
        public async Task Start(string text) { Connection = [|new(text)|]; await Connection.OpenAsync(); }
        """, Stores);

    [Fact]
    public Task Reports_a_connection_made_on_first_use() => Rule.VerifyInAgent("""
        NpgsqlConnection? connection;
        public void Save(string text)
        {
            connection ??= [|new NpgsqlConnection(text)|];
            connection?.Open();
        }
        """, Stores);

    [Fact]
    public Task Reports_a_connection_class_of_the_team() => Rule.VerifyInAgent("""
        System.Data.Common.DbConnection? ledger;
        public void Start() { ledger = [|new LedgerConnection("ledger")|]; ledger.Open(); }
        """, Stores);

    [Fact]
    public Task Ignores_a_connection_for_one_call() => Rule.VerifyInAgent("""
        public void Save(string text)
        {
            using var connection = new NpgsqlConnection(text);
            connection.Open();
            connection.Execute("insert");
        }
        """, Stores);

    [Fact]
    public Task Ignores_a_connection_that_is_passed_in() => Rule.VerifyInAgent("""
        readonly NpgsqlConnection connection;
        public SampleAgent(NpgsqlConnection connection) { this.connection = connection; connection.Open(); }
        """, Stores);

    [Fact]
    public Task Ignores_a_connection_that_others_open() => Rule.VerifyInAgent("""
        readonly SqliteConnection database = new("Data Source=fleet.db");
        public SqliteConnection Database => database;
        """, Stores);

    [Fact]
    public Task A_data_source_is_meant_to_be_kept() => Rule.VerifyInAgent("""
        readonly NpgsqlDataSource source = NpgsqlDataSource.Create("Host=db");
        public void Save() { using var connection = source.OpenConnection(); connection.Open(); }
        """, Stores);
}
