using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Data;

public class MultipleDatabasesTests
{
    private const string Stores = "using AgentLift; using Fleet.Storage; using Microsoft.Data.Sqlite; using MongoDB.Driver; using Npgsql; using StackExchange.Redis;";

    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.MultipleDatabases);

    [Fact]
    public Task Reports_three_kinds_in_fields() => Rule.Verify(Stores + """
        [Agent] public class [|Archive|]
        {
            readonly NpgsqlDataSource? postgres;
            readonly SqliteConnection? cache;
            ConnectionMultiplexer? Redis { get; set; }
        }
        """);

    [Fact]
    public Task Reports_three_kinds_used_in_methods() => Rule.Verify(Stores + """
        [Agent] public class [|Archive|]
        {
            void A() { using var c = new NpgsqlConnection("Host=db"); }
            void B() { using var c = new SqliteConnection("Data Source=a.db"); }
            object C() => ConnectionMultiplexer.Connect("redis").GetDatabase();
        }
        """);

    [Fact]
    public Task Reports_three_kinds_over_two_parts() => Rule.Verify(
        Stores + "[Agent] public partial class [|Archive|] { NpgsqlConnection? a; MongoClient? b; }",
        Stores + "public partial class Archive { SqliteConnection? c; }");

    [Fact]
    public Task Reports_four_kinds_inside_lambdas() => Rule.Verify(Stores + """
        [Agent] public class [|Archive|]
        {
            readonly Func<object>[] stores =
            [
                () => new NpgsqlConnection("Host=db"),
                () => new MongoClient("db"),
                () => ConnectionMultiplexer.Connect("redis"),
                () => new SqliteConnection("Data Source=a.db"),
            ];
        }
        """);

    [Fact]
    public Task Ignores_two_kinds() => Rule.Verify(Stores + """
        [Agent] public class Archive
        {
            readonly NpgsqlConnection? postgres;
            readonly SqliteConnection? cache;
        }
        """);

    [Fact]
    public Task Ignores_many_connections_of_one_kind() => Rule.Verify(Stores + """
        [Agent] public class Archive
        {
            readonly NpgsqlConnection? one;
            readonly NpgsqlConnection? two;
            readonly NpgsqlDataSource? three;
            readonly NpgsqlConnection? four;
        }
        """);

    [Fact]
    public Task Ignores_kinds_spread_over_agents() => Rule.Verify(Stores + """
        [Agent] public class Archive { readonly NpgsqlConnection? postgres; readonly MongoClient? mongo; }
        [Agent] public class Cache { readonly SqliteConnection? database; readonly ConnectionMultiplexer? redis; }
        """);
}
