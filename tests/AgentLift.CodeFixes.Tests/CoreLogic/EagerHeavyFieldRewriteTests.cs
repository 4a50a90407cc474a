namespace AgentLift.CodeFixes.Tests.CoreLogic;

/// <summary>AGL4001: loads in initialisers.</summary>
public class EagerHeavyFieldRewriteTests
{
    private const string Constructor = "public TutorAgent(AgentContext context)\n    : base(context)\n{\n}\n";

    [Fact]
    public Task A_field_becomes_a_lazy_property_and_its_uses_follow() => HeavyAgents.VerifyAsync(
        """
        private const string Name2 = "x";
        /// <summary>What words mean.</summary>
        private readonly EmbeddingTable _embeddings = EmbeddingTable.Load("data/embeddings.bin");   // 40 MB
        private int _count;

        public TutorAgent(AgentContext context)
            : base(context)
        {
        }

        public int Count => _embeddings.Count;

        public string Answer(int row)
        {
            Func<string> ask = () => this._embeddings[row];
            string Local() => $"{_embeddings[row]} of {nameof(_embeddings)}";
            _count++;
            return ask() + Local() + Name2;
        }
        """,
        """
        private const string Name2 = "x";

        /// <summary>What words mean.</summary>
        [LazyDependency(nameof(LoadEmbeddings), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Embeddings { get; }   // 40 MB

        private static EmbeddingTable LoadEmbeddings() => EmbeddingTable.Load("data/embeddings.bin");

        private int _count;

        public TutorAgent(AgentContext context)
            : base(context)
        {
        }

        public int Count => Embeddings.Count;

        public string Answer(int row)
        {
            Func<string> ask = () => this.Embeddings[row];
            string Local() => $"{Embeddings[row]} of {nameof(Embeddings)}";
            _count++;
            return ask() + Local() + Name2;
        }
        """);

    [Fact]
    public Task A_property_keeps_its_name_and_its_access() => HeavyAgents.VerifyAsync(
        Constructor + "\npublic EmbeddingTable Embeddings { get; } = EmbeddingTable.Load(\"data/embeddings.bin\");\n",
        Constructor + """

        [LazyDependency(nameof(LoadEmbeddings), Warmup = LazyWarmup.AfterReady)]
        public partial EmbeddingTable Embeddings { get; }

        private static EmbeddingTable LoadEmbeddings() => EmbeddingTable.Load("data/embeddings.bin");

        """);

    [Fact]
    public Task A_method_that_loads_already_is_the_load_method() => HeavyAgents.VerifyAsync(
        Constructor + """

        private readonly EmbeddingTable _table = ReadTable();

        private static EmbeddingTable ReadTable() => EmbeddingTable.Load("data/embeddings.bin");
        """,
        Constructor + """

        [LazyDependency(nameof(ReadTable), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Table { get; }

        private static EmbeddingTable ReadTable() => EmbeddingTable.Load("data/embeddings.bin");
        """);

    [Fact]
    public Task What_the_agent_releases_at_its_end_the_runtime_releases() => HeavyAgents.VerifyAsync(
        Constructor + """

        private readonly EmbeddingTable _table = EmbeddingTable.Load("data/embeddings.bin");
        private readonly EmbeddingTable _other = EmbeddingTable.Load("data/other.bin");

        protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
        {
            _table?.Dispose();
            if (_other != null)
                _other.Dispose();   // the last
            End();
            return ValueTask.CompletedTask;
        }

        private void End() => _table.Dispose();
        """,
        Constructor + """

        [LazyDependency(nameof(LoadTable), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Table { get; }

        private static EmbeddingTable LoadTable() => EmbeddingTable.Load("data/embeddings.bin");

        [LazyDependency(nameof(LoadOther), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Other { get; }

        private static EmbeddingTable LoadOther() => EmbeddingTable.Load("data/other.bin");

        protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
        {
               // the last
            End();
            return ValueTask.CompletedTask;
        }

        private void End()
        {
        }
        """);

    [Fact]
    public Task A_name_that_means_something_else_is_not_taken() => HeavyAgents.VerifyAsync(
        Constructor + """

        private readonly EmbeddingTable embeddingTable = EmbeddingTable.Load("data/embeddings.bin");
        private readonly EmbeddingTable _words = EmbeddingTable.Load("data/words.bin");
        private readonly EmbeddingTable _name = EmbeddingTable.Load("data/names.bin");

        public int Words() => embeddingTable.Count + _words.Count + _name.Count;

        private static void LoadWords()
        {
        }
        """,
        Constructor + """

        [LazyDependency(nameof(LoadEmbeddingTable), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable EmbeddingTable { get; }

        private static EmbeddingTable LoadEmbeddingTable() => EmbeddingTable.Load("data/embeddings.bin");

        [LazyDependency(nameof(OpenWords), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable LoadedWords { get; }

        private static EmbeddingTable OpenWords() => EmbeddingTable.Load("data/words.bin");

        [LazyDependency(nameof(LoadName), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable LoadedName { get; }

        private static EmbeddingTable LoadName() => EmbeddingTable.Load("data/names.bin");

        public int Words() => EmbeddingTable.Count + LoadedWords.Count + LoadedName.Count;

        private static void LoadWords()
        {
        }
        """);

    [Fact]
    public Task A_load_that_needs_another_load_waits_for_it() => HeavyAgents.VerifyAsync(
        """
        private readonly EmbeddingTable _table = EmbeddingTable.Load("data/embeddings.bin");
        private readonly Scorer _scorer;

        public TutorAgent(AgentContext context)
            : base(context)
        {
            _scorer = new Scorer(_table);
        }

        public int Score => _scorer.Score;
        """,
        """
        [LazyDependency(nameof(LoadTable), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Table { get; }

        private static EmbeddingTable LoadTable() => EmbeddingTable.Load("data/embeddings.bin");

        [LazyDependency(nameof(LoadScorer), Warmup = LazyWarmup.AfterReady)]
        private partial Scorer Scorer { get; }

        private Scorer LoadScorer() => new Scorer(Table);

        public TutorAgent(AgentContext context)
            : base(context)
        {
        }

        public int Score => Scorer.Score;
        """);

    [Theory]
    [InlineData("private EmbeddingTable _table = EmbeddingTable.Load(\"a.bin\"); public void Reload() => _table = EmbeddingTable.Load(\"b.bin\");", "_table is assigned again")]
    [InlineData("private EmbeddingTable _table = EmbeddingTable.Load(\"a.bin\"); public void Swap() => Interlocked.Exchange(ref _table, null);", "_table is handed on by reference")]
    [InlineData("private readonly EmbeddingTable _table = EmbeddingTable.Load(\"a.bin\"); public void Unload() => _table.Dispose();", "_table is released before the agent ends, or together with something else")]
    [InlineData("private readonly EmbeddingTable _table = EmbeddingTable.Load(\"a.bin\"), _other;", "_table is declared together with other fields: give it a declaration of its own")]
    [InlineData("[NonSerialized] private readonly EmbeddingTable _table = EmbeddingTable.Load(\"a.bin\");", "_table bears an attribute that a property may not have")]
    [InlineData("[ThreadStatic] private static EmbeddingTable _table = EmbeddingTable.Load(\"a.bin\");", "_table bears an attribute that a property may not have")]
    [InlineData("public EmbeddingTable Table { get; set; } = EmbeddingTable.Load(\"a.bin\");", "Table can be set from outside")]
    [InlineData("public virtual EmbeddingTable Table { get; } = EmbeddingTable.Load(\"a.bin\");", "Table is virtual or implements an interface explicitly")]
    [InlineData("private readonly EmbeddingTable _table = Load(); private static readonly object Gate = new(); private static EmbeddingTable Load() { lock (Gate) return EmbeddingTable.Load(\"a.bin\"); }", "the load of _table takes a lock, which whoever waits for it may hold")]
    [InlineData("private readonly EmbeddingTable _table = Load(); private static int tries; private static EmbeddingTable Load() { tries++; return EmbeddingTable.Load(\"a.bin\"); }", "the load of _table also sets tries")]
    [InlineData("public static string File = \"a.bin\"; private readonly EmbeddingTable _table = Load(); private static EmbeddingTable Load() => File.Length > 1 ? EmbeddingTable.Load(\"a.bin\") : EmbeddingTable.Load(\"b.bin\");", "_table is loaded with File, which may have another value by the time it is first used")]
    [InlineData("private readonly List<EmbeddingTable> _tables = new() { EmbeddingTable.Load(\"a.bin\") }; private void Run() { var t = new Thread(() => { }); t.SetApartmentState(ApartmentState.STA); }", "_tables belongs to the thread that loads it, and a lazy load runs on a thread of the pool")]
    [InlineData("private readonly EmbeddingTable _table = EmbeddingTable.Load(\"a.bin\"); protected override void DeclareDependencies() => base.DeclareDependencies();", "TutorAgent declares its dependencies by hand: declare _table there as well")]
    public Task What_would_not_be_the_same_stays(string members, string reason) => HeavyAgents.VerifyRefusalAsync(Constructor + "\n" + members, reason);

    [Fact]
    public Task Code_for_another_configuration_may_name_the_field() => HeavyAgents.VerifyRefusalAsync(
        Constructor + "\nprivate readonly EmbeddingTable _table = EmbeddingTable.Load(\"a.bin\");\n#if NEVER\nint Count => _table.Count;\n#endif\n",
        "code that is generated or not compiled here names _table");

    [Fact]
    public Task A_load_whose_null_is_known_is_not_lazy() => HeavyAgents.VerifyRefusalAsync(
        Constructor + "\n#nullable enable\nprivate readonly List<string>? _words = System.Text.Json.JsonSerializer.Deserialize<List<string>>(File.ReadAllText(\"words.json\"));\n#nullable disable\n",
        "_words may be null after its load");

    [Fact]
    public async Task An_agent_outside_BaseAgent_is_told_to_come_first() =>
        (await LiftVerifier.LiftAsync(HeavyAgents.Rewriters, HeavyAgents.Of("private readonly EmbeddingTable _table = EmbeddingTable.Load(\"a.bin\");\npublic void Run() { while (true) Thread.Sleep(_table.Count); }", "public class TutorAgent")))
            .Agents.Single().Obstacles.Select(obstacle => obstacle.Reason).ShouldBe(["the agent has no lazy dependencies until it derives from BaseAgent"]);

    [Theory]
    [InlineData("EmbeddingTable.Load(Path.Combine(folder, \"a.bin\"))", "private EmbeddingTable LoadTable() => EmbeddingTable.Load(Path.Combine(folder, \"a.bin\"));", "")]
    [InlineData("EmbeddingTable.Load(Path.Combine(folder, \"a.bin\"))", "private EmbeddingTable LoadTable() => EmbeddingTable.Load(Path.Combine(_folder, \"a.bin\"));", "private readonly string _folder = folder; ")]
    public async Task A_parameter_of_the_class_is_kept_once(string load, string method, string more)
    {
        var (texts, _) = await LiftVerifier.LiftAsync(
            HeavyAgents.Rewriters,
            HeavyAgents.Of($"{more}\nprivate readonly EmbeddingTable _table = {load};\npublic int Count => _table.Count;", "public sealed class TutorAgent(AgentContext context, string folder) : BaseAgent(context)"));

        texts[0].ShouldContain("public sealed partial class TutorAgent(AgentContext context, string folder) : BaseAgent(context)");
        texts[0].ShouldContain(method);
    }

    [Fact]
    public async Task A_load_stays_in_the_file_whose_usings_it_needs()
    {
        var (texts, _) = await LiftVerifier.LiftAsync(
            HeavyAgents.Rewriters,
            HeavyAgents.Of("private EmbeddingTable _table;\npublic int Count => _table.Count;"),
            """
            using AgentLift.Runtime;
            using Files = System.IO.Path;

            namespace Fleet;

            public partial class TutorAgent
            {
                public TutorAgent(AgentContext context, int port)
                    : base(context)
                {
                    Port = port;

                    _table = EmbeddingTable.Load(Files.Combine(AppContext.BaseDirectory, "a.bin"));
                }

                public int Port { get; }
            }
            """);

        texts[1].ShouldContain("        Port = port;\n    }\n\n    private static EmbeddingTable LoadTable() => EmbeddingTable.Load(Files.Combine(AppContext.BaseDirectory, \"a.bin\"));\n\n    public int Port");
    }

    [Fact]
    public Task Two_agents_in_one_class_make_it_partial_once() => LiftVerifier.LiftAsync(
        HeavyAgents.Rewriters,
        HeavyAgents.Of(string.Empty, "public partial class Nobody(AgentContext context) : BaseAgent(context)", more: """
            public static class All
            {
                public class One(AgentContext context) : BaseAgent(context)
                {
                    private readonly EmbeddingTable _table = EmbeddingTable.Load("a.bin");

                    public int Count => _table.Count;
                }

                public class Two(AgentContext context) : BaseAgent(context)
                {
                    private readonly EmbeddingTable _table = EmbeddingTable.Load("b.bin");

                    public int Count => _table.Count;
                }
            }
            """));
}
