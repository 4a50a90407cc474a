using System.Collections.Immutable;
using AgentLift.Core.Candidates;
using AgentLift.Core.Risk;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Tests.Reports;

/// <summary>Agents for <see cref="SampleFleet"/>.</summary>
internal static class SampleAgents
{
    private static readonly (string Id, decimal Weight, string[] Reasons)[] Factors =
    [
        ("file-size", 0.30m, ["12 KB of source", "64 KB of source", "131 KB of source", "227 KB of source", "612 KB of source"]),
        ("gpu-operations", 0.25m, ["no GPU", "uses a GPU-capable library", "picks a device", "handles GPU memory directly", "manages GPU memory over several models"]),
        ("threading-and-sockets", 0.20m, ["none", "1 timer", "1 thread", "2 threads and 1 listener share state", "aborts threads"]),
        ("databases", 0.15m, ["no database", "1 kind: Redis", "2 kinds: Redis, SQLite", "3 kinds: Redis, SQLite, PostgreSQL", "4 kinds"]),
        ("critical-role", 0.10m, ["nothing depends on it", "some agent depends on it", "core function", "root of the dependency order", "others cannot start without it"]),
    ];

    /// <summary>The reference point of SPEC section 3: 34.375, so 35.</summary>
    public static AssessedAgent ModelManager { get; } = Agent(
        "model-manager", 0.75m, 0.75m, 0.75m, 0.5m, 0.5m, candidate: 6.5m,
        rules: ["AGL1001", "AGL1002", "AGL1003", "AGL1005", "AGL2001", "AGL2002", "AGL2003", "AGL2004", "AGL3001", "AGL3004", "AGL4002", "AGL5001", "AGL6001", "AGL6003"])
        with
    { Group = "gpu", Machine = "main-pc" };

    public static AssessedAgent Agent(
        string name, decimal size, decimal gpu, decimal threads, decimal databases, decimal role,
        decimal candidate, string[] rules, bool lifted = false, MigrationStage stage = MigrationStage.None)
    {
        var type = string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])) + "Agent";
        var file = $"src/Fleet/{type}.cs";
        return new AssessedAgent(
            name, "Fleet." + type, "Fleet", [file, $"src/Fleet/{type}.Models.cs"], lifted,
            lifted ? MigrationStage.Integration : stage,
            Score(size, gpu, threads, databases, role), Candidate(candidate),
            [.. rules.Select((rule, index) => Finding(RuleTable.Get(rule), file, type, 18 + (23 * index)))])
        {
            Declaration = new SourcePlace(file, 9, 21, 9, 21 + type.Length),
        };
    }

    public static AssessedAgent HostileAgent(string name)
    {
        var finding = Finding(RuleTable.Get("AGL2001"), "src/a|b <c> \"d\".cs", name, 7);
        return Agent("plain", 1, 1, 1, 1, 1, candidate: 9, rules: []) with
        {
            Name = name,
            Type = "Evil." + name,
            Project = name,
            Files = [name],
            Group = name,
            Evidence =
            [
                finding with
                {
                    Symbol = name,
                    Message = name,
                    Excerpt = new CodeExcerpt(6, ["// </pre><script>", $"\tvar x = \"{name}\"; // \0", "</style>"]),
                    Place = new SourcePlace("src/a|b <c> \"d\".cs", 7, 2, 7, 900),
                },
            ],
        };
    }

    private static RiskScore Score(params decimal[] severities)
    {
        var factors = Factors
            .Select((factor, index) => new FactorScore(
                factor.Id, factor.Weight, severities[index], 50 * factor.Weight * severities[index], factor.Reasons[(int)(4 * severities[index])]))
            .ToImmutableArray();
        var score = (int)Math.Ceiling(factors.Sum(factor => factor.Contribution));
        var level = score <= 15 ? RiskLevel.Low : score <= 25 ? RiskLevel.Medium : score <= 35 ? RiskLevel.High : RiskLevel.Critical;
        return new RiskScore(SampleFleet.Matrix, score, level, (MigrationStrategy)level, factors);
    }

    private static CandidateScore Candidate(decimal score) => score switch
    {
        >= 8 => new(score, "high", "low", ["lazy-loading", "cache-optimization", "dependency-reduction"], 3.4m, 420, 6, 5),
        >= 6 => new(score, "medium", "low", ["lazy-loading", "cache-optimization"], 2.3m, 260, 3, 2),
        >= 4 => new(score, "medium", "medium", ["cache-optimization"], 1.6m, 120, 2, 1),
        > 0 => new(score, "low", "high", [], 0.4m, 40, 1, 0),
        _ => new(0, "low", "high", [], 0, 0, 0, 0),
    };

    private static AssessedEvidence Finding(Rule rule, string file, string type, int line)
    {
        var (symbol, code) = Code(rule);
        ImmutableArray<string> lines =
        [
            $"    private void {symbol}Core()",
            "    {",
            $"        {code}",
            "        _log.Info(\"started\");",
            "    }",
        ];
        return new AssessedEvidence(
            rule, new SourcePlace(file, line, 9, line, 9 + code.Length), symbol,
            string.Format(rule.Message, symbol, "a heavy model", "Redis, SQLite, PostgreSQL", "more"),
            new CodeExcerpt(line - 2, lines), $"{rule.Id[3..]}{(uint)StableHash(type + symbol):x8}");
    }

    private static (string Symbol, string Code) Code(Rule rule) => rule.Id switch
    {
        "AGL2001" => ("PollLoop", "_thread = new Thread(PollLoop) { IsBackground = true };"),
        "AGL2003" => ("Poll", "while (_running) { Step(); Thread.Sleep(500); }"),
        "AGL3001" => ("_listener", "_listener = new TcpListener(IPAddress.Any, 5570);"),
        "AGL4001" or "AGL4002" => ("_model", "_model = new InferenceSession(\"models/face.onnx\");"),
        "AGL5001" => ("_redis", "_redis = ConnectionMultiplexer.Connect(\"localhost:6379\");"),
        _ => (rule.Name, $"{rule.Name}(this, options, cancellation: default);"),
    };

    private static int StableHash(string text) => text.Aggregate(17, (hash, character) => unchecked((hash * 31) + character));
}
