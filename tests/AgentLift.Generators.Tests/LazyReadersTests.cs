using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.Generators.Tests;

/// <summary>Members are read from their text where that tells all, and never otherwise than by their symbols. The sources of all other tests are read both ways too.</summary>
public class LazyReadersTests
{
    private const string Parts = """
        global using Alias = System.Collections.Generic.List<(int Count, string? Name)>;
        global using One;
        global using Two;
        global using System.Timers;
        global using AliasMark = AgentLift.Runtime.LazyDependencyAttribute;

        namespace One { public class Twice { } }
        namespace Two { public class Twice { } }

        public class @new { }
        public ref struct Stack { }
        public class Outer<T> { public class Inner<TInner> { } private class Hidden { } }
        public class Convertible { public static implicit operator Fleet.Parts.Table(Convertible from) => new(); }
        """;

    private const string HouseAgent = "namespace House; using AgentLift.Runtime; public abstract partial class HouseAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial System.Collections.Generic.List<int> Words { get; } protected System.Collections.Generic.List<int> LoadHouse() => []; }";

    private static readonly string[] Types =
    [
        "Table", "string", "int", "object", "dynamic", "nint", "string[]", "string?[]", "List<string?>", "(int Count, string? Name)", "(int, string)", "Dictionary<string, (dynamic A, List<List<int?>> B)>",
        "global::Fleet.Parts.Pair<string, Table?>", "Outer<int>.Inner<string?>", "Outer<dynamic>.Hidden", "List<Outer<int>.Hidden>", "Twice", "Outer", "Table<int>", "System", "System.Threading.Timer", "Timer", "Nullable<int>", "Own[,][]", "Action<object>", "@new", "Alias", "System.Action<TKey>", "TKey", "TOther", "Own", "Func<TOther?>",
        "int?", "Table?", "TKey?", "Stack", "int*", "Task<Table>", "ValueTask<Table>?", "Missing", "List<Missing>", "IDisposable", "Convertible",
    ];

    private static readonly string[] Members =
    [
        "private partial {0} Words {{ get; }}",
        "public virtual partial ValueTask<{0}> GetWordsAsync();",
        "protected internal partial Task<{0}> GetWordsAsync(CancellationToken @in = default);",
        "private partial {0} Words {{ get; set; }}",
        "partial {0} Words();",
    ];

    private static readonly string[] Loads =
    [
        string.Empty,
        "private {0} Load() => throw null!;",
        "public static {0} Load(System.Threading.CancellationToken token) => throw null!;",
        "private async Task<{0}> Load() {{ await Task.Yield(); throw null!; }}",
        "protected virtual ValueTask<{0}> Load(CancellationToken token) => throw null!;",
        "private {0}? Load() => throw null!;",
        "private ValueTask<{0}?> Load() => throw null!;",
        "private object Load() => throw null!;",
        "private Convertible Load() => throw null!;",
        "private {0} Load() => throw null!; private {0} Load(CancellationToken token) => throw null!;",
        "private {0} Load<T>() => throw null!;",
        "private {0} Load(ref CancellationToken token) => throw null!;",
        "private {0} Load(int count) => throw null!;",
        "private {0} Load => throw null!;",
        "private void Load() {{ }}",
    ];

    private static readonly string[] Arguments =
    [
        "", "()", "(nameof(Load))", "(\"Load\")", "(@\"Load\")", "(load: \"Load\")", "(null)", "(nameof(TutorAgent.Load))", "(nameof(Missing))", "(\"Missing\")", "(\"\")", "(Constant)", "(\"Lo\" + \"ad\")", "(3)", "(\"Load\", \"Load\")",
        "(nameof(Load), Name = \"words\")", "(\"Load\", Name = \" \")", "(\"Load\", Name = null)", "(\"Load\", Name = Constant)", "(\"Load\", Name = nameof(Load))", "(\"Load\", Name = \"Words\")", "(\"Load\", Name = \"a \\\"b\\\"\")",
        "(\"Load\", Retries = 2)", "(\"Load\", Retries = 101)", "(\"Load\", Retries = -1)", "(\"Load\", Retries = 0x2)", "(\"Load\", Retries = 1 + 1)", "(\"Load\", Retries = 2L)", "(\"Load\", Retries = 'a')", "(\"Load\", Retries = 1, Retries = 2)",
        "(\"Load\", TimeoutSeconds = 60)", "(\"Load\", TimeoutSeconds = 0)", "(\"Load\", TimeoutSeconds = 60, Retries = 0, Warmup = LazyWarmup.AfterReady)", "(\"Load\", TimeoutSeconds = true)", "(\"Load\", KeepFailure = true)", "(\"Load\", KeepFailure = false)", "(\"Load\", KeepFailure = 1)",
        "(\"Load\", Warmup = LazyWarmup.None)", "(\"Load\", Warmup = LazyWarmup.Missing)", "(\"Load\", Warmup = (LazyWarmup)1)", "(\"Load\", Warmup = (LazyWarmup)7)", "(\"Load\", Warmup = AgentLift.Runtime.LazyWarmup.AfterReady)", "(\"Load\", Warmup = 0)",
        "(FromServices = true)", "(FromServices = false)", "(\"Load\", FromServices = true)", "(\"Load\", FromServices = false)", "(FromServices = !false)", "(Missing = 1)", "(Retries = 1, \"Load\")", "(Load = \"Load\")",
    ];

    [Theory]
    [InlineData("#nullable enable")]
    [InlineData("#nullable disable")]
    [InlineData("#nullable enable annotations")]
    public void Types_of_every_kind(string context)
    {
        var agents =
            from type in Types
            from member in Members
            from load in Loads
            let name = load.Length > 0 ? "(\"Load\")" : string.Empty
            select $"[LazyDependency{name}] {string.Format(member, type)} {string.Format(load, type)}";
        LazyReaders.ShouldAgreeOn(AgentCompilation.Of(Parts, context + "\n" + InNamespaces(agents, "<TKey, TOther>", "where TKey : notnull, new() where TOther : class")));
    }

    [Fact]
    public void Arguments_of_every_kind()
    {
        var agents =
            from arguments in Arguments
            from mark in new[] { "LazyDependency", "LazyDependencyAttribute", "AliasMark", "AgentLift.Runtime.LazyDependency", "property: LazyDependency", "@LazyDependency" }
            from member in Members.Take(2)
            select $"private const string Constant = \"Load\"; [{mark}{arguments}] {string.Format(member, "Table")} private Table Load() => new();";
        LazyReaders.ShouldAgreeOn(AgentCompilation.Of(Parts, InNamespaces(agents)));
    }

    [Theory]
    [InlineData("[LazyDependency] private static partial Table Words { get; }")]
    [InlineData("[LazyDependency] private Table Words { get; }")]
    [InlineData("[LazyDependency] private partial Table Words { get; } private partial Table Words => new();")]
    [InlineData("[LazyDependency] private partial Table Words => new();")]
    [InlineData("[LazyDependency] private partial Table Words { get; } [LazyDependency] private partial Table Words { get; }")]
    [InlineData("[LazyDependency] private partial Table Words { get; } private int Words;")]
    [InlineData("[LazyDependency] private partial Table Words { get; } private partial ValueTask<Table> Words();")]
    [InlineData("[LazyDependency] private partial ValueTask<Table> GetWords(); [LazyDependency] private partial ValueTask<Table> GetWords(CancellationToken token);")]
    [InlineData("[LazyDependency] private partial Table { get; }")]
    [InlineData("[LazyDependency] private partial ValueTask<Table> GetWords(CancellationToken);")]
    [InlineData("[LazyDependency] private partial ValueTask<Table> GetWords(CancellationToken a, CancellationToken b);")]
    [InlineData("[LazyDependency] private partial ValueTask<Table> GetWords(in CancellationToken a);")]
    [InlineData("[LazyDependency] private partial ValueTask<Table> GetWords<T>();")]
    [InlineData("[LazyDependency] private partial ref Table Words { get; }")]
    [InlineData("[LazyDependency] private partial Table Words { private get; }")]
    [InlineData("[LazyDependency] private required partial Table Words { get; }")]
    [InlineData("[LazyDependency] private extern partial Table Words { get; }")]
    [InlineData("[LazyDependency] public override partial string ToString();")]
    [InlineData("[LazyDependency] private partial Table this[int index] { get; }")]
    [InlineData("[LazyDependency] private int words; [LazyDependency] private void Run() { } [LazyDependency] private class Nested { }")]
    [InlineData("[LazyDependency, LazyDependency] private partial Table Words { get; }")]
    [InlineData("[LazyDependency, AliasMark] private partial Table Words { get; }")]
    [InlineData("[LazyDependency] private partial Table Words { get; } [AliasMark(Name = \"Words\")] private partial Table Other { get; }")]
    [InlineData("[LazyDependency] private partial Table Words { get; } [AliasMark(Name = Constant)] private partial Table Other { get; } private const string Constant = \"Words\";")]
    [InlineData("[LazyDependency] private partial Table Words { get; } [LazyDependency] private partial ValueTask<Table> GetWordsAsync(); [LazyDependency] private partial Task<Table> GetWords();")]
    [InlineData("[LazyDependency] private partial Table Words { get; } private int wordsDependency;")]
    [InlineData("[LazyDependency] private partial ValueTask<Table> GetWords(CancellationToken wordsDependency);")]
    [InlineData("[LazyDependency] private partial Table Words { get; } [LazyDependency] private partial ValueTask<Table> GetOther(CancellationToken wordsDependency);")]
    [InlineData("[LazyDependency] private partial Table Words { get; } protected override void DeclareDependencies() { }")]
    [InlineData("[LazyDependency] private partial Table Words { get; } private void DeclareDependencies(int count) { }")]
    [InlineData("[LazyDependency(Retries = 1)] private partial Table Words { get; } private class LazyDependency : Attribute { public int Retries; }")]
    [InlineData("[LazyDependency(Retries = 1)] private partial Table Words { get; } private class LazyDependencyAttribute : Attribute { public int Retries; }")]
    [InlineData("[LazyDependency(Warmup = LazyWarmup.AfterReady)] private partial Table Words { get; } private enum LazyWarmup { AfterReady }")]
    [InlineData("[LazyDependency(Warmup = LazyWarmup.AfterReady)] private partial Table Words { get; } private AgentLift.Runtime.LazyWarmup LazyWarmup => default;")]
    [InlineData("[LazyDependency(nameof(Load))] private partial Table Words { get; } private Table Load() => new(); private static string nameof(object any) => string.Empty;")]
    [InlineData("[LazyDependency(nameof(Load))] private partial Table Words { get; } private partial Table Load(); private partial Table Load() => new();")]
    [InlineData("[LazyDependency(\"ToString\")] private partial string Words { get; } public override string ToString() => string.Empty;")]
    [InlineData("[LazyDependency(\"ToString\")] private partial string Words { get; }")]
    [InlineData("[LazyDependency(\"get_Other\")] private partial string Words { get; } private string Other => string.Empty;")]
    [InlineData("[LazyDependency(\"Load\")] private partial Table Words { get; } extern Table Load();")]
    [InlineData("[LazyDependency(\"Load\")] private partial Table Words { get; } ref Table Load() => throw null!;")]
    [InlineData("[LazyDependency(\"Dispose\")] private partial Table Words { get; } Table IStrange.Dispose() => new();")]
    [InlineData("[LazyDependency] private partial Table zero { get; } [LazyDependency(Name = \"zero\")] private partial Table this[int index] { get; }")]
    [InlineData("[LazyDependency] private partial Table zero { get; } [LazyDependency(Name = \"zero\")] private TutorAgent() : this(null!) { }")]
    [InlineData("[LazyDependency] private partial Table zero { get; } private Table Other { [LazyDependency(Name = \"zero\")] get; }")]
    [InlineData("[LazyDependency] private partial Table zero { get; } [LazyDependency] public static Table operator +(TutorAgent zeroDependency, int other) => new();")]
    [InlineData("[LazyDependency] private partial Table zero { get; } [method: LazyDependency(Name = \"zero\")] private event Action Other;")]
    [InlineData("#if NEVER\n[LazyDependency] private partial Table Words { get; }\n#endif")]
    public void Oddities_of_members(string members) =>
        LazyReaders.ShouldAgreeOn(AgentCompilation.Of(Parts, "public interface IStrange { Table Dispose(); } " + Agent(members)));

    [Theory]
    [InlineData("public partial class Fleet { [LazyDependency] private partial Table Words { get; } }")]
    [InlineData("[LazyDependency] public partial class TutorAgent(AgentContext context) : BaseAgent(context);")]
    [InlineData("public partial struct TutorAgent { [LazyDependency] private partial Table Words { get; } }")]
    [InlineData("public partial record TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial Table Words { get; } }")]
    [InlineData("public partial interface ITutor { [LazyDependency] private partial Table Words { get; } }")]
    [InlineData("public class Around { public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial Table Words { get; } } }")]
    [InlineData("public partial class Around<T> { private const int LazyWarmup = 1; public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency(Warmup = LazyWarmup.AfterReady)] private partial List<T> Words { get; } } }")]
    [InlineData("public abstract class HouseAgent(AgentContext context) : BaseAgent(context) { protected static Table Load() => new(); } public partial class TutorAgent(AgentContext context) : HouseAgent(context) { [LazyDependency(\"Load\")] private partial Table Words { get; } }")]
    [InlineData("public abstract class HouseAgent(AgentContext context) : BaseAgent(context) { private static Table Load() => new(); } public partial class TutorAgent(AgentContext context) : HouseAgent(context) { [LazyDependency(\"Load\")] private partial Table Words { get; } private Table Load(CancellationToken token) => new(); }")]
    [InlineData("public abstract class HouseAgent(AgentContext context) : BaseAgent(context) { private int wordsDependency; } public partial class TutorAgent(AgentContext context) : HouseAgent(context) { [LazyDependency] private partial Table Words { get; } }")]
    [InlineData("public abstract partial class HouseAgent<T>(AgentContext context) : BaseAgent(context) { [LazyDependency(Name = \"Words\")] private partial Table Other { get; } } public partial class TutorAgent(AgentContext context) : HouseAgent<int>(context) { [LazyDependency] private partial Table Words { get; } }")]
    [InlineData("public abstract class HouseAgent(AgentContext context) : BaseAgent(context) { protected override void DeclareDependencies() { } } public partial class TutorAgent(AgentContext context) : HouseAgent(context) { [LazyDependency] private partial Table Words { get; } }")]
    [InlineData("public abstract class HouseAgent(AgentContext context) : BaseAgent(context) { public virtual List<(int A, string B)> Words => new(); } public partial class TutorAgent(AgentContext context) : HouseAgent(context) { [LazyDependency] public override partial List<(int C, string D)> Words { get; } }")]
    [InlineData("public partial class TutorAgent(AgentContext context) : MissingAgent(context) { [LazyDependency] private partial Table Words { get; } }")]
    [InlineData("public partial class TutorAgent(AgentContext context) : TutorAgent(context) { [LazyDependency] private partial Table Words { get; } }")]
    [InlineData("using LazyDependency = System.ObsoleteAttribute; public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial Table Words { get; } }")]
    [InlineData("using LazyDependencyAttribute = System.ObsoleteAttribute; public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial Table Words { get; } }")]
    [InlineData("namespace Own { class LazyDependency : System.Attribute; public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial Table Words { get; } } }")]
    [InlineData("namespace AgentLift.Runtime { class LazyDependencyAttribute : System.Attribute; public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial Table Words { get; } } }")]
    public void Oddities_of_classes(string source) => LazyReaders.ShouldAgreeOn(AgentCompilation.Of(Parts, source));

    [Fact]
    public void Parts_of_an_agent_in_files_that_differ() => LazyReaders.ShouldAgreeOn(AgentCompilation.Of(
        Agent("[LazyDependency(nameof(Load))] private partial List<string> Words { get; } [LazyDependency(nameof(Load))] private partial ValueTask<List<Thing>> GetThingsAsync();"),
        "#nullable disable\nusing Thing = System.String; public partial class TutorAgent { private List<Thing> Load() => null; }",
        "using Thing = System.Int32; public partial class TutorAgent { [LazyDependency] private partial List<Thing> Things { get; } }"));

    [Fact]
    public void Bases_in_another_assembly()
    {
        var house = AgentCompilation.ReferenceTo("House", HouseAgent);
        LazyReaders.ShouldAgreeOn(AgentCompilation.Of(Agent("[LazyDependency] private partial List<int> Words { get; } [LazyDependency(\"LoadHouse\")] private partial List<int> Others { get; }", "House.HouseAgent")).AddReferences(house));
        LazyReaders.ShouldAgreeOn(AgentCompilation.Of(Agent("[LazyDependency] private partial List<int> Others { get; }", "House.HouseAgent")).AddReferences(house));
    }

    [Fact]
    public void Languages_that_know_no_partial_properties() => LazyReaders.ShouldAgreeOn(AgentCompilation.OfFiles(
        [("/fleet/File0.cs", Agent("[LazyDependency] private partial Table Words { get; } [LazyDependency] private partial ValueTask<Table> GetWordsAsync();"))],
        LanguageVersion.CSharp12));

    [Fact]
    public void Plain_members_are_read_from_their_text()
    {
        var (marked, plain) = LazyReaders.In(AgentCompilation.Of(
            Agent("""
                [LazyDependency] private partial Table A { get; }
                [LazyDependency(nameof(Load))] public partial Table B { get; }
                [LazyDependency("LoadAsync", Name = "c", Retries = 1)] protected virtual partial ValueTask<Table> GetCAsync(CancellationToken token = default);
                [Obsolete, LazyDependency(nameof(LoadElsewhere), Warmup = LazyWarmup.AfterReady, TimeoutSeconds = 5)] internal partial Task<Table> GetDAsync();
                [LazyDependency(FromServices = true)] private partial IDisposable E { get; }

                private static Table Load() => new();
                private async Task<Table> LoadAsync(CancellationToken cancellationToken) { await Task.Yield(); return new(); }
                """),
            "public partial class TutorAgent { private WideTable LoadElsewhere() => new(); }",
            "public abstract partial class HouseAgent<T>(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial List<T> F { get; } }",
            "public partial class NightAgent(AgentContext context) : HouseAgent<int>(context) { [LazyDependency(nameof(LoadG))] private partial Dictionary<string, string?> G { get; } private Dictionary<string, string?> LoadG() => []; }"));

        plain.ShouldBe("A B GetCAsync GetDAsync E F G");
        marked.ShouldBe(plain);
    }

    [Theory]
    [InlineData("[LazyDependency] private partial WideTable Words { get; }")]
    [InlineData("[LazyDependency] private partial Table Words { get; set; }")]
    [InlineData("private partial Table Words { get; }")]
    public void A_reader_that_differs_is_told(string other) => Should.Throw<ShouldAssertException>(() => LazyReaders.ShouldAgreeOn(
        AgentCompilation.Of(Agent("[LazyDependency] private partial Table Words { get; }")),
        AgentCompilation.Of(Agent(other))));

    private static string Agent(string members, string parent = "BaseAgent") => $"public partial class TutorAgent(AgentContext context) : {parent}(context) {{ {members} }}";

    /// <summary>Each agent in a namespace of its own.</summary>
    private static string InNamespaces(IEnumerable<string> agents, string parameters = "", string constraints = "") => string.Join(
        "\n",
        agents.Select((members, i) => $"namespace N{i} {{ public unsafe partial class TutorAgent{parameters}(AgentContext context) : BaseAgent(context) {constraints} {{ public class Own {{ }} {members} }} }}"));
}
