namespace AgentLift.CodeFixes.Tests.CoreLogic;

/// <summary>AGL4001 and AGL4002: lines of the log that tell at start what was loaded.</summary>
public class StartLogRewriteTests
{
    private const string LogMethod = """


        [Microsoft.Extensions.Logging.LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Information, "{Port}: {Count}")]
        private partial void LogLoaded(int port, int count);
        """;

    [Fact]
    public Task A_line_that_tells_at_start_what_was_loaded_is_logged_by_the_load() => HeavyAgents.VerifyAsync(
        """
        private const int Port = 5611;
        private readonly EmbeddingTable _table = EmbeddingTable.Load("a.bin");

        public TutorAgent(AgentContext context)
            : base(context)
        {
        }

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            // so that people see it
            LogLoaded(Port, _table.Count);
            return ValueTask.CompletedTask;
        }
        """ + LogMethod,
        """
        private const int Port = 5611;

        [LazyDependency(nameof(LoadTable), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Table { get; }

        private EmbeddingTable LoadTable()
        {
            var table = EmbeddingTable.Load("a.bin");
            // so that people see it
            LogLoaded(Port, table.Count);
            return table;
        }

        public TutorAgent(AgentContext context)
            : base(context)
        {
        }

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            return ValueTask.CompletedTask;
        }
        """ + LogMethod);

    [Theory]
    [InlineData("private const int Port = 1;", "LogLoaded(Port, _table.Rows.Count);", "")]
    [InlineData("private readonly int _port = 1;", "LogLoaded(_port, _table.Count);", "")]
    [InlineData("public int Port = 1;", "LogLoaded(Port, _table.Count);", "")]
    [InlineData("public int Port { get; set; }", "LogLoaded(Port, _table.Count);", "public static class Maker { public static TutorAgent Make(AgentContext context) { var agent = new TutorAgent(context); agent.Port = 1; return agent; } }")]
    [InlineData("public int Port { get; set; }", "LogLoaded(Port, _table.Count);", "public static class Maker { public static TutorAgent Make(AgentContext context) => new TutorAgent(context) { Port = 1 }; }")]
    public async Task A_line_whose_values_stay_what_they_were_moves(string members, string statement, string more) =>
        (await LiftAsync(members, statement, more)).ShouldContain("table.Count);\n        return table;".Replace("table.Count", statement.Contains("Rows", StringComparison.Ordinal) ? "table.Rows.Count" : "table.Count", StringComparison.Ordinal));

    [Theory]
    [InlineData("private int _port; public void Move() => _port = 2;", "LogLoaded(_port, _table.Count);")]
    [InlineData("public int Port;", "LogLoaded(Port, _table.Count);", "public static class Mover { public static void Move(TutorAgent agent) => agent.Port = 2; }")]
    [InlineData("public int Port;", "LogLoaded(Port, _table.Count);", "public static class Mover { public static void Move(AgentContext context) { var agent = new TutorAgent(context); agent.StartAsync(default); agent.Port = 2; } }")]
    [InlineData("private readonly System.Diagnostics.Stopwatch _watch = new();", "LogLoaded((int)_watch.ElapsedMilliseconds, _table.Count);")]
    [InlineData("private int? given; public int Port { get => given ?? Name.Length; set => given = value; }", "LogLoaded(Port, _table.Count);")]
    [InlineData("private static int Next() => 1;", "LogLoaded(Next(), _table.Count);")]
    [InlineData("private readonly int _port = 1;", "if (_port > 0) LogLoaded(_port, _table.Count);")]
    [InlineData("private readonly int _port = 1;", "var count = _table.Count; LogLoaded(_port, count);")]
    [InlineData("private readonly EmbeddingTable _words = EmbeddingTable.Load(\"b.bin\");", "LogLoaded(_words.Count, _table.Count);")]
    public async Task A_line_that_might_say_something_else_stays(string members, string statement, string more = "")
    {
        var text = await LiftAsync(members, statement, more);

        text.ShouldContain("EmbeddingTable LoadTable() => EmbeddingTable.Load(\"a.bin\");", customMessage: text);
        text.ShouldContain("        " + statement.Replace("_table", "Table", StringComparison.Ordinal).Replace("_words", "Words", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_that_tells_of_two_loads_goes_to_the_one_that_needs_the_other()
    {
        var text = await LiftAsync("private readonly Scorer _scorer;", "LogLoaded(_scorer.Score, _table.Count);", string.Empty, "_scorer = new Scorer(_table);");

        text.ShouldContain(
            """
                private Scorer LoadScorer()
                {
                    var scorer = new Scorer(Table);
                    LogLoaded(scorer.Score, Table.Count);
                    return scorer;
                }
            """.ReplaceLineEndings("\n"));
    }

    private static async Task<string> LiftAsync(string members, string statement, string more, string made = "") => (await LiftVerifier.LiftAsync(
        HeavyAgents.Rewriters,
        HeavyAgents.Of(
            $$"""
            private readonly EmbeddingTable _table = EmbeddingTable.Load("a.bin");
            {{members}}

            public TutorAgent(AgentContext context)
                : base(context)
            {
                {{made}}
            }

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                {{statement}}
                return ValueTask.CompletedTask;
            }
            """ + LogMethod,
            more: more))).Texts[0];
}
