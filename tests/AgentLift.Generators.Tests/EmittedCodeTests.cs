using AgentLift.Testing;

namespace AgentLift.Generators.Tests;

/// <summary>What is written for the lazy members of agents of every shape. Each text is compiled before it is compared: no error, no warning.</summary>
public class EmittedCodeTests
{
    [Fact]
    public void A_property_with_a_load_method() => Emits("""
        namespace Fleet;

        public sealed partial class TutorAgent(AgentContext context) : BaseAgent(context)
        {
            [LazyDependency(nameof(LoadEmbeddings), Warmup = LazyWarmup.AfterReady)]
            private partial Table Embeddings { get; }

            private static Table LoadEmbeddings() => new();
        }
        """);

    [Fact]
    public void A_method_with_every_option() => Emits("""
        namespace Fleet;

        public sealed partial class TutorAgent(AgentContext context) : BaseAgent(context)
        {
            [LazyDependency(nameof(LoadTokenizerAsync), Name = "tokenizer", Warmup = LazyWarmup.AfterReady, TimeoutSeconds = 60, Retries = 2, KeepFailure = true)]
            private partial ValueTask<Tokenizer> GetTokenizerAsync(CancellationToken ct = default);

            private async ValueTask<Tokenizer> LoadTokenizerAsync(CancellationToken cancellationToken) => new(await File.ReadAllTextAsync("vocabulary.txt", cancellationToken));
        }
        """);

    [Fact]
    public void Registered_services() => Emits("""
        namespace Fleet;

        public sealed partial class TutorAgent(AgentContext context) : BaseAgent(context)
        {
            [LazyDependency(FromServices = true)] private partial IDisposable Lexicon { get; }
            [LazyDependency(FromServices = true, Warmup = LazyWarmup.AfterReady)] private partial ValueTask<Table> GetTableAsync(CancellationToken cancellationToken);
        }
        """);

    [Fact]
    public void Every_form_of_load_method() => Emits("""
        namespace Fleet;

        public partial class ManyAgent(AgentContext context) : BaseAgent(context)
        {
            [LazyDependency] private partial Table Constructed { get; }
            [LazyDependency(nameof(Load))] private partial Table Loaded { get; }
            [LazyDependency(nameof(LoadWithToken))] private partial Table LoadedWithToken { get; }
            [LazyDependency(nameof(LoadWide))] private partial Table Converted { get; }
            [LazyDependency(nameof(Load))] private partial ValueTask<Table> GetLoadedAsync();
            [LazyDependency(nameof(LoadTask))] private partial Task<Table> GetOfTaskAsync(CancellationToken cancellationToken);
            [LazyDependency(nameof(LoadValueTask))] private partial ValueTask<Table> GetOfValueTaskAsync(CancellationToken cancellationToken);
            [LazyDependency(nameof(LoadWideAsync))] private partial ValueTask<Table> GetConvertedAsync(CancellationToken cancellationToken);

            private Table Load() => new();
            private static Table LoadWithToken(CancellationToken token) => new();
            private WideTable LoadWide() => new();
            private static Task<Table> LoadTask(CancellationToken token) => Task.FromResult(new Table());
            private static ValueTask<Table> LoadValueTask() => new(new Table());
            private Task<WideTable> LoadWideAsync(CancellationToken token) => Task.FromResult(new WideTable());
        }
        """);

    [Fact]
    public void A_generic_agent() => Emits("""
        namespace Fleet;

        public abstract partial class IndexAgent<TKey, @class>(AgentContext context) : BaseAgent(context)
            where TKey : notnull, new()
            where @class : class
        {
            [LazyDependency] private partial TKey First { get; }
            [LazyDependency(nameof(LoadIndex))] protected partial Dictionary<TKey, List<@class?>> Index { get; }

            protected abstract Dictionary<TKey, List<@class?>> LoadIndex();
        }
        """);

    [Fact]
    public void A_nested_agent() => Emits("""
        namespace Fleet;

        public static partial class Agents
        {
            internal partial record struct Group<T>
            {
                private partial interface IInner
                {
                    private sealed partial class Worker(AgentContext context) : BaseAgent(context)
                    {
                        [LazyDependency] public partial Table Table { get; }
                    }
                }
            }
        }
        """);

    [Fact]
    public void An_agent_over_several_files() => Emits(
        """
        namespace Fleet;

        public partial class TutorAgent
        {
            [LazyDependency] private partial Table Second { get; }
            [LazyDependency] private partial Table Third { get; }
        }
        """,
        """
        namespace Fleet
        {
            public partial class TutorAgent(AgentContext context) : BaseAgent(context)
            {
                [LazyDependency] private partial Table First { get; }
            }
        }
        """);

    [Fact]
    public void Nullable_parts_of_a_type() => Emits("""
        namespace Fleet;

        public partial class TutorAgent(AgentContext context) : BaseAgent(context)
        {
            [LazyDependency(nameof(LoadLines))] private partial IReadOnlyDictionary<string, string?[]> Lines { get; }
            [LazyDependency(nameof(LoadPairs))] private partial (int? Count, Pair<string?, Table>[] Items) Pairs { get; }

            private static Dictionary<string, string?[]> LoadLines() => [];
            private static (int? Count, Pair<string?, Table>[] Items) LoadPairs() => (null, []);
        }
        """);

    [Fact]
    public void An_agent_of_a_project_without_nullable() => Emits("""
        #nullable disable
        namespace Fleet
        {
            public partial class TutorAgent : BaseAgent
            {
                private readonly string _file;

                public TutorAgent(AgentContext context) : base(context) { _file = Lines["file"]; }

                [LazyDependency("LoadLines")] private partial Dictionary<string, string> Lines { get; }
                [LazyDependency("LoadTokenizer", Retries = 1)] private partial Task<Tokenizer> GetTokenizer();

                private static Dictionary<string, string> LoadLines() { return null; }
                private Tokenizer LoadTokenizer() { return new Tokenizer(_file); }
            }
        }
        """);

    [Fact]
    public void Names_that_are_keywords() => Emits("""
        namespace @namespace.@class
        {
            public class @new { }

            public partial class @event(AgentContext context) : BaseAgent(context)
            {
                [LazyDependency(nameof(@static))] private partial @new @base { get; }
                [LazyDependency(nameof(@static), Name = "the \"await\"")] private partial ValueTask<@new> @await(CancellationToken @params);

                private static @new @static(CancellationToken @in) => new();
            }
        }
        """);

    [Fact]
    public void Agents_of_one_name_in_two_namespaces() => Emits("""
        namespace Fleet.Night
        {
            public partial class TutorAgent(AgentContext context) : BaseAgent(context)
            {
                [LazyDependency] private partial Table Table { get; }
            }
        }

        namespace Fleet.Day
        {
            public partial class TutorAgent(AgentContext context) : BaseAgent(context)
            {
                [LazyDependency] private partial Table Table { get; }
            }
        }
        """);

    [Fact]
    public void Agents_whose_names_differ_in_case_or_arity_alone() => Emits("""
        namespace Fleet;

        public partial class EchoAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial Table Table { get; } }
        public partial class ECHOAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial Table Table { get; } }
        public partial class EchoAgent<T>(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial Table Table { get; } }
        """);

    [Fact]
    public void An_agent_in_the_global_namespace() => Emits("""
        public partial class TutorAgent(AgentContext context) : BaseAgent(context)
        {
            [LazyDependency] internal partial Table Table { get; }
        }
        """);

    [Fact]
    public void Members_of_every_accessibility_and_modifier() => Emits("""
        namespace Fleet;

        public abstract class TableAgent(AgentContext context) : BaseAgent(context)
        {
            public abstract Table Abstract { get; }
            public virtual Table Virtual => new();
            public Table Hidden => new();
        }

        public interface IHasTable { Table Public { get; } }

        public partial class TutorAgent(AgentContext context) : TableAgent(context), IHasTable
        {
            /// <summary>Documented where it is declared.</summary>
            [LazyDependency] public partial Table Public { get; }
            [LazyDependency] protected internal partial Table ProtectedInternal { get; }
            [LazyDependency] private protected partial Table PrivateProtected { get; }
            [LazyDependency] protected virtual partial Table ForHeirs { get; }
            [LazyDependency] public sealed override partial Table Abstract { get; }
            [LazyDependency] public override partial Table Virtual { get; }
            [LazyDependency] public new partial Table Hidden { get; }
            [LazyDependency] partial Table Bare { get; }
        }
        """);

    [Fact]
    public void A_base_agent_with_lazy_members_of_its_own() => Emits("""
        namespace Fleet;

        public abstract partial class TableAgent(AgentContext context) : BaseAgent(context)
        {
            [LazyDependency] protected partial Table Table { get; }

            protected static Table LoadTable() => new();
        }

        public sealed partial class TutorAgent(AgentContext context) : TableAgent(context)
        {
            [LazyDependency(nameof(LoadTable))] private partial Table Words { get; }
        }
        """);

    [Fact]
    public void Names_that_are_taken() => Emits("""
        namespace Fleet;

        public partial class TutorAgent(AgentContext context) : BaseAgent(context)
        {
            private const string tokenizerDependency = "tokenizer.json";

            [LazyDependency(nameof(LoadTokenizer))] private partial Tokenizer Tokenizer { get; }
            [LazyDependency(nameof(LoadTokenizer))] private partial ValueTask<Tokenizer> GetTokenizerAsync(CancellationToken tokenizerDependency3);
            [LazyDependency(nameof(LoadTokenizer))] private partial ValueTask<Tokenizer> TokenizerAsync();

            private static Tokenizer LoadTokenizer() => new(tokenizerDependency);
        }
        """);

    [Fact]
    public void What_is_obsolete_where_it_is_declared() => Emits("""
        namespace Fleet;

        [Obsolete("Use Table.")]
        public sealed class OldTable { }

        #pragma warning disable CS0618
        public partial class TutorAgent(AgentContext context) : BaseAgent(context)
        {
            [LazyDependency(nameof(LoadOld))] private partial OldTable Old { get; }

            [Obsolete] private static OldTable LoadOld() => new();
        }
        """);

    private static void Emits(params string[] sources)
    {
        var compilation = AgentCompilation.Of(sources);
        LazyReaders.ShouldAgreeOn(compilation);
        var run = GeneratorRun.Of(compilation);

        run.Diagnostics.ShouldBeEmpty();
        var emitted = string.Join("\n", run.Sources.Where(source => source.Key.Contains(".LazyDependencies", StringComparison.Ordinal)).Select(source => $"// ==== {source.Key}\n{source.Value}"));
        run.Compilation.Complaints().ShouldBeEmpty(emitted);
        emitted.ShouldMatchApproved(options => options
            .LocateTestMethodUsingAttribute<FactAttribute>()
            .WithFileExtension(".cs")
            .SubFolder("Snapshots")
            .NoDiff());
    }
}
