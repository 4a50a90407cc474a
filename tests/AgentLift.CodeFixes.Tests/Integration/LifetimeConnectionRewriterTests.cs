using AgentLift.CodeFixes.Integration.Data;

namespace AgentLift.CodeFixes.Tests.Integration;

public class LifetimeConnectionRewriterTests
{
    private static readonly LifetimeConnectionRewriter[] Rewriters = [new()];

    [Fact]
    public Task A_connection_is_opened_for_each_use_and_locks_stay() => LiftVerifier.VerifyAsync(
        Rewriters,
        Agent("""
            private readonly SqliteConnection _db;

            public LessonAgent(AgentContext context)
                : base(context)
            {
                _db = new SqliteConnection("Data Source=lessons.db");
                _db.Open();
                Sql("create table if not exists progress (lesson text, score real)");
            }

            public void Score(string lesson)
            {
                lock (_db)
                {
                    using var c = _db.CreateCommand();
                    c.CommandText = "update progress set score = 1";
                    c.ExecuteNonQuery();
                }
            }

            private void Sql(string text)
            {
                using (var c = _db.CreateCommand())
                {
                    c.CommandText = text;
                    c.ExecuteNonQuery();
                }
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                lock (_db)
                    _db.Dispose();
                return ValueTask.CompletedTask;
            }
            """),
        Agent("""
            private readonly object _dbGate = new object();

            public LessonAgent(AgentContext context)
                : base(context)
            {
                Sql("create table if not exists progress (lesson text, score real)");
            }

            public void Score(string lesson)
            {
                lock (_dbGate)
                {
                    using var connection = OpenDb();
                    using var c = connection.CreateCommand();
                    c.CommandText = "update progress set score = 1";
                    c.ExecuteNonQuery();
                }
            }

            private void Sql(string text)
            {
                using (var connection = OpenDb())
                using (var c = connection.CreateCommand())
                {
                    c.CommandText = text;
                    c.ExecuteNonQuery();
                }
            }

            private SqliteConnection OpenDb()
            {
                var connection = new SqliteConnection("Data Source=lessons.db");
                connection.Open();
                return connection;
            }
            """));

    [Theory]
    [InlineData("\"Data Source=:memory:\"", "c.CommandText = \"select 1\";", "the database of _db lives in memory, or its connections are not pooled")]
    [InlineData("path", "c.CommandText = \"select 1\";", "what _db connects to is not known here, and a database in memory would be lost with its connection")]
    [InlineData("\"Data Source=a.db\"", "c.CommandText = sql;", "sql is SQL that is not known here, and may depend on its connection")]
    [InlineData("\"Data Source=a.db\"", "c.CommandText = \"create temp table t (x)\";", "'temp' in its SQL depends on its connection")]
    [InlineData("\"Data Source=a.db\"", "c.CommandText = \"select last_insert_rowid()\";", "'last_insert_rowid' in its SQL depends on its connection")]
    [InlineData("\"Data Source=a.db\"", "c.CommandText = \"select last_insert_id()\";", "'last_insert_id' in its SQL depends on its connection")]
    [InlineData("\"Data Source=a.db\"", "c.CommandText = \"select x into #t from u\";", "a temporary table or variable in its SQL ('#', ':=') depends on its connection")]
    [InlineData("\"Data Source=a.db\"", "using var t = _db.BeginTransaction();", "_db runs transactions: let one connection do the whole of each, by hand")]
    [InlineData("\"Data Source=a.db\"", "Console.WriteLine(_db.State);", "_db is used for more than to run commands: _db.State")]
    public Task What_depends_on_one_connection_stays(string text, string use, string reason) => LiftVerifier.VerifyRefusalAsync(
        Rewriters,
        Agent($$"""
            private readonly SqliteConnection _db;

            public LessonAgent(AgentContext context, string path)
                : base(context)
            {
                _db = new SqliteConnection({{text}});
                _db.Open();
            }

            public void Run(string sql)
            {
                using var c = _db.CreateCommand();
                {{use}}
                c.ExecuteNonQuery();
            }
            """),
        reason);

    private static string Agent(string members) => $$"""
        using AgentLift.Runtime;
        using Microsoft.Data.Sqlite;

        namespace Fleet
        {
            public partial class LessonAgent : BaseAgent
            {
        {{string.Join("\n", members.ReplaceLineEndings("\n").Split('\n').Select(line => line.Length == 0 ? line : "        " + line))}}
            }
        }

        // stand-in for the package
        namespace Microsoft.Data.Sqlite
        {
            using System.Data;
            using System.Data.Common;

            public class SqliteConnection(string text) : DbConnection
            {
                public override string ConnectionString { get; set; } = text;
                public override string Database => "main";
                public override string DataSource => text;
                public override string ServerVersion => "3";
                public override ConnectionState State => ConnectionState.Open;
                public override void Open() { }
                public override void Close() { }
                public override void ChangeDatabase(string name) { }
                protected override DbTransaction BeginDbTransaction(IsolationLevel level) => throw new NotSupportedException();
                protected override DbCommand CreateDbCommand() => throw new NotSupportedException();
            }
        }
        """;
}
