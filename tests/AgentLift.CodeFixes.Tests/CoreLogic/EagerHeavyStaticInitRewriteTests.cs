namespace AgentLift.CodeFixes.Tests.CoreLogic;

/// <summary>AGL4003: loads in static constructors and module initialisers, and AGL4001 in static fields.</summary>
public class EagerHeavyStaticInitRewriteTests
{
    private const string Constructor = "public TutorAgent(AgentContext context)\n    : base(context)\n{\n}\n";

    [Fact]
    public Task What_only_the_instance_uses_becomes_its_own() => HeavyAgents.VerifyAsync(
        Constructor + """

        private static readonly EmbeddingTable Words;

        static TutorAgent()
        {
            Words = EmbeddingTable.Load("data/words.bin");
        }

        public int Count => TutorAgent.Words.Count;
        """,
        Constructor + """

        [LazyDependency(nameof(LoadWords), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Words { get; }

        private static EmbeddingTable LoadWords() => EmbeddingTable.Load("data/words.bin");

        public int Count => Words.Count;
        """);

    [Fact]
    public Task What_static_code_uses_becomes_a_Lazy() => HeavyAgents.VerifyAsync(
        Constructor + """

        private static readonly EmbeddingTable words = EmbeddingTable.Load("data/words.bin");
        private static EmbeddingTable names;
        private static readonly int width;

        static TutorAgent()
        {
            names = EmbeddingTable.Load("data/names.bin");
            width = names.Width;
        }

        private static int Count() => words.Count + names!.Count + width + nameof(words).Length;
        """,
        Constructor + """

        private static readonly Lazy<EmbeddingTable> words = new(() => EmbeddingTable.Load("data/words.bin"));
        private static readonly Lazy<EmbeddingTable> names = new(LoadNames);
        private static int width => names.Value.Width;

        private static EmbeddingTable LoadNames() => EmbeddingTable.Load("data/names.bin");

        private static int Count() => words.Value.Count + names.Value!.Count + width + nameof(words).Length;
        """);

    [Fact]
    public Task What_others_use_keeps_its_name() => HeavyAgents.VerifyAsync(
        Constructor + "\ninternal static readonly EmbeddingTable Words = EmbeddingTable.Load(\"data/words.bin\");\n",
        Constructor + """

        internal static EmbeddingTable Words => lazyWords.Value;

        private static readonly Lazy<EmbeddingTable> lazyWords = new(LoadWords);

        private static EmbeddingTable LoadWords() => EmbeddingTable.Load("data/words.bin");

        """);

    [Fact]
    public async Task What_several_instances_share_stays_shared()
    {
        var (texts, _) = await LiftVerifier.LiftAsync(
            HeavyAgents.Rewriters,
            HeavyAgents.Of(
                Constructor + "\nprivate static readonly EmbeddingTable Words = EmbeddingTable.Load(\"data/words.bin\");\npublic int Count => Words.Count;",
                more: "public static class Maker { public static object Make(AgentContext context) => new[] { new TutorAgent(context), new TutorAgent(context) }; }"));

        texts[0].ShouldContain("private static readonly Lazy<EmbeddingTable> Words = new(() => EmbeddingTable.Load(\"data/words.bin\"));");
        texts[0].ShouldContain("public int Count => Words.Value.Count;");
    }

    [Fact]
    public Task A_module_initialiser_becomes_the_load_method() => HeavyAgents.VerifyAsync(
        Constructor + """

        private static EmbeddingTable _words;

        // before all else
        [System.Runtime.CompilerServices.ModuleInitializer]
        internal static void Begin() => _words = EmbeddingTable.Load("data/words.bin");

        public int Count => _words.Count;
        """,
        Constructor + """

        [LazyDependency(nameof(LoadWords), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Words { get; }

        // before all else
        private static EmbeddingTable LoadWords() => EmbeddingTable.Load("data/words.bin");

        public int Count => Words.Count;
        """);

    [Fact]
    public Task A_static_value_that_the_agent_releases_by_hand_stays_where_it_is_shared() => HeavyAgents.VerifyRefusalAsync(
        Constructor + """

        private static readonly EmbeddingTable Words = EmbeddingTable.Load("data/words.bin");

        private static int Count() => Words.Count;

        protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
        {
            Words.Dispose();
            return ValueTask.CompletedTask;
        }
        """,
        "Words is shared by static code, and the agent releases it");
}
