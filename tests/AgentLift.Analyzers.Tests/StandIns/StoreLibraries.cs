namespace AgentLift.Analyzers.Tests;

/// <summary>Database clients: Npgsql, SQLite, Redis, MongoDB, and a team's own DbConnection.</summary>
internal static class StoreLibraries
{
    public const string Source = """
        #nullable disable
        namespace Npgsql
        {
            public class NpgsqlConnection : IDisposable
            {
                public NpgsqlConnection(string connectionString) { }
                public void Open() { }
                public Task OpenAsync() => Task.CompletedTask;
                public void Execute(string sql) { }
                public void Dispose() { }
            }

            public class NpgsqlDataSource : IDisposable
            {
                public static NpgsqlDataSource Create(string connectionString) => new();
                public NpgsqlConnection OpenConnection() => null;
                public void Dispose() { }
            }
        }

        namespace Microsoft.Data.Sqlite
        {
            public class SqliteConnection : IDisposable
            {
                public SqliteConnection(string connectionString) { }
                public void Open() { }
                public void Execute(string sql) { }
                public void Dispose() { }
            }
        }

        namespace StackExchange.Redis
        {
            public interface IDatabase { string StringGet(string key); }
            public class ConnectionMultiplexer : IDisposable
            {
                public static ConnectionMultiplexer Connect(string configuration) => new();
                public static Task<ConnectionMultiplexer> ConnectAsync(string configuration) => null;
                public IDatabase GetDatabase() => null;
                public void Dispose() { }
            }
        }

        namespace MongoDB.Driver
        {
            public class MongoClient { public MongoClient(string connectionString) { } public object GetDatabase(string name) => null; }
        }

        namespace Qdrant.Client { public class QdrantClient { public QdrantClient(string host, int port = 6334) { } } }

        namespace Fleet.Storage
        {
            public class LedgerConnection : System.Data.Common.DbConnection
            {
                public LedgerConnection(string connectionString) { }
                public override string ConnectionString { get; set; }
                public override string Database => null;
                public override string DataSource => null;
                public override string ServerVersion => null;
                public override System.Data.ConnectionState State => default;
                public override void ChangeDatabase(string databaseName) { }
                public override void Close() { }
                public override void Open() { }
                protected override System.Data.Common.DbTransaction BeginDbTransaction(System.Data.IsolationLevel isolationLevel) => null;
                protected override System.Data.Common.DbCommand CreateDbCommand() => null;
            }
        }
        """;
}
