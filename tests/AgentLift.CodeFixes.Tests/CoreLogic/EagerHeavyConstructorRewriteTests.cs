namespace AgentLift.CodeFixes.Tests.CoreLogic;

/// <summary>AGL4002: loads in constructors, and in what they call.</summary>
public class EagerHeavyConstructorRewriteTests
{
    [Fact]
    public Task The_assignment_goes_into_a_load_method_with_its_comments() => HeavyAgents.VerifyAsync(
        """
        private EmbeddingTable _table;
        private readonly int _port;

        public TutorAgent(AgentContext context)
            : base(context)
        {
            // the big one
            _table = EmbeddingTable.Load("data/embeddings.bin"); // 40 MB

            _port = 5601;
        }

        public int Count => _table.Count + _port;
        """,
        """
        [LazyDependency(nameof(LoadTable), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Table { get; }

        private static EmbeddingTable LoadTable()
        {
            // the big one
            return EmbeddingTable.Load("data/embeddings.bin"); // 40 MB
        }

        private readonly int _port;

        public TutorAgent(AgentContext context)
            : base(context)
        {
            _port = 5601;
        }

        public int Count => Table.Count + _port;
        """);

    [Fact]
    public Task A_method_that_did_nothing_else_becomes_the_load_method_and_its_call_goes() => HeavyAgents.VerifyAsync(
        """
        private EmbeddingTable _table;

        public TutorAgent(AgentContext context)
            : base(context) => Prepare();

        private void Prepare()
        {
            ReadTable();
        }

        // once
        private void ReadTable() => _table = EmbeddingTable.Load("data/embeddings.bin");

        public int Count => _table.Count;
        """,
        """
        [LazyDependency(nameof(LoadTable), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Table { get; }

        public TutorAgent(AgentContext context)
            : base(context)
        {
        }

        // once
        private static EmbeddingTable LoadTable() => EmbeddingTable.Load("data/embeddings.bin");

        public int Count => Table.Count;
        """);

    [Fact]
    public Task What_is_done_to_the_value_before_it_is_used_is_part_of_its_load() => HeavyAgents.VerifyAsync(
        """
        private readonly string _device = "cpu";
        private EmbeddingTable _table;
        private int _count;

        public TutorAgent(AgentContext context)
            : base(context)
        {
            var folder = Path.Combine("data", "tables");
            var table = EmbeddingTable.Load(Path.Combine(folder, "embeddings.bin"));
            table.Freeze();
            _table = table;
            _table.To(_device);
            _count = 1;
        }

        public int Count => _table.Count + _count;
        """,
        """
        private readonly string _device = "cpu";

        [LazyDependency(nameof(LoadTable), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Table { get; }

        private EmbeddingTable LoadTable()
        {
            var folder = Path.Combine("data", "tables");
            var table = EmbeddingTable.Load(Path.Combine(folder, "embeddings.bin"));
            table.Freeze();
            table.To(_device);
            return table;
        }

        private int _count;

        public TutorAgent(AgentContext context)
            : base(context)
        {
            _count = 1;
        }

        public int Count => Table.Count + _count;
        """);

    [Fact]
    public Task What_the_load_needs_of_the_constructor_is_kept() => HeavyAgents.VerifyAsync(
        """
        private readonly string _folder;
        private readonly EmbeddingTable _table;
        private readonly EmbeddingTable _words;

        public TutorAgent(AgentContext context, string folder, string file)
            : base(context)
        {
            _folder = folder;
            _table = EmbeddingTable.Load(Path.Combine(folder, "embeddings.bin"));
            _words = EmbeddingTable.Load(Path.Combine(file, "words.bin"));
        }

        public int Count => _table.Count + _words.Count + _folder.Length;
        """,
        """
        private readonly string _folder;

        [LazyDependency(nameof(LoadTable), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Table { get; }

        private EmbeddingTable LoadTable() => EmbeddingTable.Load(Path.Combine(_folder, "embeddings.bin"));

        private readonly string _file;

        [LazyDependency(nameof(LoadWords), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Words { get; }

        private EmbeddingTable LoadWords() => EmbeddingTable.Load(Path.Combine(_file, "words.bin"));

        public TutorAgent(AgentContext context, string folder, string file)
            : base(context)
        {
            _folder = folder;
            _file = file;
        }

        public int Count => Table.Count + Words.Count + _folder.Length;
        """);

    [Fact]
    public Task A_collection_that_the_constructor_fills_from_it_is_a_lazy_member_of_its_own() => HeavyAgents.VerifyAsync(
        """
        private readonly EmbeddingTable _table;
        private readonly Dictionary<string, int> _index = new();

        public TutorAgent(AgentContext context)
            : base(context)
        {
            _table = EmbeddingTable.Load("data/embeddings.bin");
            foreach (var row in _table.Rows)
            {
                _index[row.Key] = row.Value;
            }
        }

        public int Find(string word) => _index[word] + _table.Count;
        """,
        """
        [LazyDependency(nameof(LoadTable), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Table { get; }

        private static EmbeddingTable LoadTable() => EmbeddingTable.Load("data/embeddings.bin");

        [LazyDependency(nameof(LoadIndex), Warmup = LazyWarmup.AfterReady)]
        private partial Dictionary<string, int> Index { get; }

        private Dictionary<string, int> LoadIndex()
        {
            Dictionary<string, int> index = new();
            foreach (var row in Table.Rows)
            {
                index[row.Key] = row.Value;
            }

            return index;
        }

        public TutorAgent(AgentContext context)
            : base(context)
        {
        }

        public int Find(string word) => Index[word] + Table.Count;
        """);

    [Fact]
    public Task A_part_that_never_changes_is_read_where_it_is_needed() => HeavyAgents.VerifyAsync(
        """
        private readonly EmbeddingTable _table;
        private readonly int _width;

        public TutorAgent(AgentContext context)
            : base(context)
        {
            _table = EmbeddingTable.Load("data/embeddings.bin");
            _width = _table.Width;
        }

        public int Width => _width;
        """,
        """
        [LazyDependency(nameof(LoadTable), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Table { get; }

        private static EmbeddingTable LoadTable() => EmbeddingTable.Load("data/embeddings.bin");

        private int _width => Table.Width;

        public TutorAgent(AgentContext context)
            : base(context)
        {
        }

        public int Width => _width;
        """);

    [Theory]
    [InlineData("_table = EmbeddingTable.Load(\"a.bin\"); First = _table.Count;", "First keeps what was so while the agent was constructed")]
    [InlineData("_table = EmbeddingTable.Load(\"a.bin\"); Report();", "Report goes on to use _table while the agent is constructed, which would load it at once")]
    [InlineData("if (DateTime.Now.Year > 2000) _table = EmbeddingTable.Load(\"a.bin\");", "_table is loaded under a condition or inside a try, so that it may be missing: load it in a statement of its own")]
    [InlineData("try { _table = EmbeddingTable.Load(\"a.bin\"); } catch (FileNotFoundException) { }", "_table is loaded under a condition or inside a try, so that it may be missing: load it in a statement of its own")]
    [InlineData("if (_count > 0) return; _table = EmbeddingTable.Load(\"a.bin\");", "_table is loaded under a condition or inside a try, so that it may be missing: load it in a statement of its own")]
    [InlineData("_table = EmbeddingTable.Load(\"a.bin\"); new Thread(() => Use(_table == null)).Start(); Use(_first == 0);", "_table is compared with null, and the constructor starts work that may ask before it is loaded")]
    [InlineData("_table = EmbeddingTable.Load(\"a.bin\", from); from.Dispose();", "_table is loaded with from, which may have changed by the time it is first used")]
    [InlineData("var path = \"a\"; _table = EmbeddingTable.Load(Path.Combine(path, \"a.bin\")); path = \"b\"; Use(path == null);", "_table is loaded with path, which the constructor assigns again")]
    [InlineData("Reload();", "Reload loads _table, and others than the constructor may call it")]
    [InlineData("EmbeddingTable.Load(\"a.bin\");", "\"a.bin\" is loaded, but kept in no field or property of its own")]
    public Task What_would_not_be_the_same_stays(string statements, string reason) => HeavyAgents.VerifyRefusalAsync(
        $$"""
        private EmbeddingTable _table;
        private int _count;
        private int _first;

        public TutorAgent(AgentContext context, Stream from = null)
            : base(context)
        {
            {{statements}}
        }

        public int First { get; private set; }

        private static void Use(bool isThere) { }

        private void Tell(int count) => _count = count;

        private void Report() => Tell(_table.Count);

        {{(statements == "Reload();" ? "public void Reload() => _table = EmbeddingTable.Load(\"a.bin\");" : string.Empty)}}
        """,
        reason);

    [Fact]
    public Task Several_constructors_must_all_load() => HeavyAgents.VerifyRefusalAsync(
        """
        private EmbeddingTable _table;

        public TutorAgent(AgentContext context)
            : base(context) => _table = EmbeddingTable.Load("a.bin");

        public TutorAgent(AgentContext context, int port)
            : base(context)
        {
        }

        public int Count => _table.Count;
        """,
        "TutorAgent has several constructors, and not each of them loads _table");

    [Fact]
    public async Task Whoever_makes_the_agent_may_expect_the_load_to_fail()
    {
        var (_, agents) = await LiftVerifier.LiftAsync(
            HeavyAgents.Rewriters,
            HeavyAgents.Of(
                "private readonly EmbeddingTable _table = EmbeddingTable.Load(\"a.bin\");\npublic TutorAgent(AgentContext context)\n    : base(context)\n{\n}",
                more: "public static class Maker { public static object Make(AgentContext context) { try { return new TutorAgent(context); } catch (FileNotFoundException) { return null; } } }"));

        agents.Single().Obstacles.Single().Reason.ShouldBe("whoever makes TutorAgent expects FileNotFoundException, which a lazy load throws later");
    }

    [Fact]
    public Task Loads_with_an_empty_line_between_them_leave_none() => HeavyAgents.VerifyAsync(
        """
        private EmbeddingTable _table;
        private EmbeddingTable _words;

        public TutorAgent(AgentContext context)
            : base(context)
        {
            _table = EmbeddingTable.Load("a.bin");

            _words = EmbeddingTable.Load("b.bin");
        }

        public int Count => _table.Count + _words.Count;
        """,
        """
        [LazyDependency(nameof(LoadTable), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Table { get; }

        private static EmbeddingTable LoadTable() => EmbeddingTable.Load("a.bin");

        [LazyDependency(nameof(LoadWords), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Words { get; }

        private static EmbeddingTable LoadWords() => EmbeddingTable.Load("b.bin");

        public TutorAgent(AgentContext context)
            : base(context)
        {
        }

        public int Count => Table.Count + Words.Count;
        """);

    [Fact]
    public Task A_method_that_is_said_to_set_the_field_and_does_more_stays() => HeavyAgents.VerifyRefusalAsync(
        """
        private EmbeddingTable _table;
        private int _count;

        public TutorAgent(AgentContext context)
            : base(context) => Prepare();

        [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_table))]
        private void Prepare()
        {
            _count = 1;
            _table = EmbeddingTable.Load("a.bin");
        }

        public int Count => _table.Count + _count;
        """,
        "an attribute promises that _table is set by a method that does more than that");
}
