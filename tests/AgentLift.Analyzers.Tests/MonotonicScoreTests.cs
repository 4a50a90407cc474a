using System.Text.RegularExpressions;
using AgentLift.Core.Risk;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests;

/// <summary>SPEC section 3: more evidence never lowers a score. Tried on code: members are added to an agent one after another, in random order.</summary>
public partial class MonotonicScoreTests
{
    private const int Orders = 12;

    private static readonly string[] Members =
    [
        "private System.Net.Sockets.TcpListener _listener; private void Listen() { _listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Any, 5001); _listener.Start(); while (true) { using var client = _listener.AcceptTcpClient(); } }",
        "private void StartSecond() { new Thread(Second).Start(); } private void Second() { while (_on) { Thread.Sleep(5); _rounds++; } } private bool _on = true; private int _rounds;",
        "private System.Threading.Timer _timer; private void Arm() { _timer = new System.Threading.Timer(_ => { }, null, 0, 1000); }",
        "private void Kill(Thread thread) { thread.Interrupt(); }",
        "private readonly object _a = new(), _b = new(); private void Nest() { lock (_a) { lock (_b) { } } }",
        "public bool HealthCheck() => true;",
        "private string Zone() => Environment.GetEnvironmentVariable(\"ZONE\");",
        "private Npgsql.NpgsqlConnection _pg; private void OpenPg() { _pg = new Npgsql.NpgsqlConnection(\"Host=db\"); _pg.Open(); }",
        "private StackExchange.Redis.ConnectionMultiplexer _redis; private void OpenRedis() { _redis = StackExchange.Redis.ConnectionMultiplexer.Connect(\"db:6379\"); }",
        "private readonly Microsoft.ML.OnnxRuntime.InferenceSession _model = new(\"face.onnx\");",
        "private long _vramUsed; private void Take(long bytes) { _vramUsed += bytes; }",
        "private void Ask() { var client = new System.Net.Sockets.TcpClient(\"peer\", 5002); client.GetStream().ReadByte(); }",
        "private void Forget() { _ = Task.Run(() => Console.WriteLine(\"gone\")); }",
    ];

    private const string StandIns = """
        namespace Npgsql { public class NpgsqlConnection : System.Data.Common.DbConnection { public NpgsqlConnection(string connectionString) { } public override void Open() { } public override void Close() { } public override void ChangeDatabase(string name) { } public override string ConnectionString { get; set; } public override string Database => ""; public override string DataSource => ""; public override string ServerVersion => ""; public override System.Data.ConnectionState State => default; protected override System.Data.Common.DbTransaction BeginDbTransaction(System.Data.IsolationLevel level) => null; protected override System.Data.Common.DbCommand CreateDbCommand() => null; } }
        namespace StackExchange.Redis { public class ConnectionMultiplexer { public static ConnectionMultiplexer Connect(string configuration) => null; } }
        namespace Microsoft.ML.OnnxRuntime { public class InferenceSession { public InferenceSession(string modelPath) { } } }
        """;

    public static TheoryData<string> Matrices => new(RiskMatrixReader.BuiltIn.Select(matrix => matrix.Name));

    [Theory]
    [MemberData(nameof(Matrices))]
    public async Task Adding_members_with_evidence_never_lowers_the_score(string matrix)
    {
        var random = new Random(7);
        var highest = 0;
        for (var order = 0; order < Orders; order++)
        {
            var members = Members.OrderBy(_ => random.Next()).ToArray();
            var before = 0;
            for (var count = 0; count <= members.Length; count++)
            {
                var score = await Score(matrix, members.Take(count));
                score.ShouldBeGreaterThanOrEqualTo(before, string.Join("\n", members.Take(count)));
                before = score;
            }

            highest = Math.Max(highest, before);
        }

        highest.ShouldBeGreaterThan(20, "the members must really add evidence");
    }

    private static async Task<int> Score(string matrix, IEnumerable<string> members)
    {
        var source = $$"""
            public class ProbeAgent
            {
                public void Run() { while (true) { Thread.Sleep(100); } }
                {{string.Join("\n    ", members)}}
            }
            """;
        var compilation = TestCompilation.Create([("ProbeAgent.cs", source), ("StandIns.cs", StandIns)]).ThatCompiles();
        var diagnostics = await new AnalyzerRun().With("agentlift.matrix", matrix).Diagnostics(compilation);
        return int.Parse(ScoreMessage().Match(string.Join("\n", diagnostics)).Groups[1].Value);
    }

    [GeneratedRegex(@"'ProbeAgent' is a legacy agent of \w+ risk, score (\d+):")]
    private static partial Regex ScoreMessage();
}
