namespace AgentLift.CodeFixes.Tests.CoreLogic;

/// <summary>AGL4001 and AGL4002: loads that the constructor goes on to keep books on, which go together into the first of them; whoever sees the books waits for it.</summary>
public class AftermathRewriteTests
{
    [Fact]
    public Task What_the_constructor_does_from_a_load_on_is_done_by_it_and_whoever_sees_it_waits() => HeavyAgents.VerifyAsync(
        """
        // always needed
        private readonly EmbeddingTable _words = EmbeddingTable.Load("words.bin");
        private readonly Dictionary<string, Entry> _entries = [];
        private readonly object _gate = new();
        private EmbeddingTable _names;
        private string _device;
        private int _used;
        private int _limit;

        public TutorAgent(AgentContext context)
            : base(context)
        {
            ReadSettings();
            _device = File.Exists("/dev/gpu") ? "gpu" : "cpu";
            Preload();
        }

        private void ReadSettings()
        {
            _limit = 12;
            _entries.Add("words", new Entry());
            _entries.Add("names", new Entry());
        }

        private void Preload()
        {
            Adopt("words", _words);
            _names = EmbeddingTable.Load("names.bin");
            Adopt("names", _names);
        }

        private void Adopt(string name, EmbeddingTable table)
        {
            table.To(_device);
            var entry = _entries[name];
            entry.Table = table;
            Charge(table.Count);
        }

        private void Charge(int count)
        {
            lock (_gate)
                _used += count;
        }

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            RunSupervised("evict", EvictAsync);
            ListenLines("requests", Answer, EndpointOptions.WithoutLimits(new(System.Net.IPAddress.Loopback, 0)));
            File.WriteAllText("started", _entries.Count + " known");
            return ValueTask.CompletedTask;
        }

        private async Task EvictAsync(CancellationToken token)
        {
            while (!token.IsCancellationRequested)
            {
                await Task.Delay(1000, token);
                Evict();
            }
        }

        private void Evict()
        {
            lock (_gate)
            {
                if (_used > _limit)
                    _used = 0;
            }
        }

        private string Answer(string line) => line == "used" ? Used() : Describe(_entries[line]);

        private string Used() => _used + " of " + _limit;

        private static string Describe(Entry entry) => entry.IsLoaded ? entry.Table.ToString() : "not loaded";

        private sealed class Entry
        {
            public EmbeddingTable Table;

            public bool IsLoaded => Table != null;
        }
        """,
        """
        // always needed
        [LazyDependency(nameof(LoadWords), Warmup = LazyWarmup.AfterReady, KeepFailure = true)]
        private partial EmbeddingTable Words { get; }

        private EmbeddingTable LoadWords()
        {
            var words = EmbeddingTable.Load("words.bin");
            Adopt("words", words);
            _names = EmbeddingTable.Load("names.bin");
            Adopt("names", _names);
            return words;
        }

        private readonly Dictionary<string, Entry> _entries = [];
        private readonly object _gate = new();
        private EmbeddingTable _names;
        private string _device;
        private int _used;
        private int _limit;

        public TutorAgent(AgentContext context)
            : base(context)
        {
            ReadSettings();
            _device = File.Exists("/dev/gpu") ? "gpu" : "cpu";
        }

        private void ReadSettings()
        {
            _limit = 12;
            _entries.Add("words", new Entry());
            _entries.Add("names", new Entry());
        }

        private void Adopt(string name, EmbeddingTable table)
        {
            table.To(_device);
            var entry = _entries[name];
            entry.Table = table;
            Charge(table.Count);
        }

        private void Charge(int count)
        {
            lock (_gate)
                _used += count;
        }

        protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
        {
            RunSupervised("evict", EvictAsync);
            ListenLines("requests", Answer, EndpointOptions.WithoutLimits(new(System.Net.IPAddress.Loopback, 0)));
            File.WriteAllText("started", _entries.Count + " known");
            return ValueTask.CompletedTask;
        }

        private async Task EvictAsync(CancellationToken token)
        {
            // Waits until Words is loaded, and all that goes with it.
            _ = Words;

            while (!token.IsCancellationRequested)
            {
                await Task.Delay(1000, token);
                Evict();
            }
        }

        private void Evict()
        {
            lock (_gate)
            {
                if (_used > _limit)
                    _used = 0;
            }
        }

        private string Answer(string line)
        {
            // Waits until Words is loaded, and all that goes with it.
            _ = Words;
            return line == "used" ? Used() : Describe(_entries[line]);
        }

        private string Used() => _used + " of " + _limit;

        private static string Describe(Entry entry) => entry.IsLoaded ? entry.Table.ToString() : "not loaded";

        private sealed class Entry
        {
            public EmbeddingTable Table;

            public bool IsLoaded => Table != null;
        }
        """);

    [Fact]
    public Task What_the_constructor_makes_in_between_goes_along_or_stays_before_it() => HeavyAgents.VerifyAsync(
        """
        #nullable enable
        private readonly EmbeddingTable _table;
        private readonly EmbeddingTable _words;
        private readonly List<string> _log = [];
        private int _first = 1;
        #nullable restore

        public TutorAgent(AgentContext context)
            : base(context)
        {
            _log.Add("begins");
            _table = EmbeddingTable.Load("a.bin");
            var first = _table[0];
            _words = EmbeddingTable.Load(Path.Combine("b", first));
            _table.To(_words[0]);
            File.Delete("c");
            _first = _table.Count;
            _log.Add("has " + first);
        }

        public void Count() => _first++;

        public string Report() => string.Join(", ", _log);

        public Task ForgetAsync()
        {
            _log.Clear();
            return Task.CompletedTask;
        }

        protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
        {
            File.Delete("a" + _first);
            return default;
        }
        """,
        """
        #nullable enable
        [LazyDependency(nameof(LoadTable), Warmup = LazyWarmup.AfterReady, KeepFailure = true)]
        private partial EmbeddingTable Table { get; }

        private EmbeddingTable LoadTable()
        {
            var table = EmbeddingTable.Load("a.bin");
            var first = table[0];
            _words = EmbeddingTable.Load(Path.Combine("b", first));
            table.To(_words[0]);
            _first = table.Count;
            _log.Add("has " + first);
            return table;
        }

        private EmbeddingTable _words = null!;
        private readonly List<string> _log = [];
        private int _first = 1;
        #nullable restore

        public TutorAgent(AgentContext context)
            : base(context)
        {
            _log.Add("begins");
            File.Delete("c");
        }

        public void Count()
        {
            // Waits until Table is loaded, and all that goes with it.
            _ = Table;
            _first++;
        }

        public string Report()
        {
            // Waits until Table is loaded, and all that goes with it.
            _ = Table;
            return string.Join(", ", _log);
        }

        public Task ForgetAsync()
        {
            // Waits until Table is loaded, and all that goes with it.
            _ = Table;

            _log.Clear();
            return Task.CompletedTask;
        }

        protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
        {
            // Waits until Table is loaded, and all that goes with it.
            _ = Table;

            File.Delete("a" + _first);
            return default;
        }
        """);

    [Theory]
    [InlineData("", "", "protected override ValueTask OnStartingAsync(CancellationToken token) { File.Delete(\"a\" + _used); return default; }")]
    [InlineData("", "", "protected override ValueTask OnStartingAsync(CancellationToken token) { Charge(1); return default; }")]
    [InlineData("", "", "protected override ValueTask OnStartingAsync(CancellationToken token) { RunPeriodically(\"a\", TimeSpan.FromSeconds(1), _ => { _used++; return Task.CompletedTask; }); return default; }")]
    [InlineData("", "", "public int Used => _used;")]
    [InlineData("", "", "public static int UsedOf(TutorAgent agent) => agent._used;")]
    [InlineData("", "", "public IEnumerable<int> All() { yield return _used; }")]
    [InlineData("", "", "public int Of(int _) => _used;")]
    [InlineData("", "", "public void Watch() { new Thread(new Session(this).Look).Start(); } private class Session(TutorAgent agent) { public void Look() => Console.WriteLine(agent._used); }")]
    [InlineData("", "", "public int A() => _used; public int B() => _used; public int C() => _used; public int D() => _used; public int E() => _used; public int F() => _used; public int G() => _used;")]
    [InlineData("public int Limit;", "if (Limit > 0) Charge(Limit); _used += _table.Count;", "")]
    [InlineData("public int Shown;", "_used += _table.Count; Shown = _used;", "")]
    [InlineData("private readonly ManualResetEvent _done = new(false);", "Hold(_table.Count);", "private void Hold(int count) { _done.WaitOne(); _used += count; } public void End() => _done.Set();")]
    [InlineData("", "new Thread(() => _used++).Start(); _used += _table.Count;", "")]
    [InlineData("", "_used += _table.Count; Console.CancelKeyPress += (_, _) => _used++;", "")]
    [InlineData("", "Charge(_table.Count);", "private readonly int _hooked = Hook(); private static int Hook() => 1; public Action End { get; } = () => { }; ~TutorAgent() => Charge(0);")]
    [InlineData("", "_used += Registry.Add(this, _table);", "private static class Registry { public static int Add(TutorAgent agent, EmbeddingTable table) => table.Count; }")]
    [InlineData("", "_used += Size(_table);", "protected virtual int Size(EmbeddingTable table) => table.Count;")]
    [InlineData("", "lock (typeof(string)) { _used += _table.Count; }", "")]
    [InlineData("private readonly object _gate = new();", "Book(_table.Count);", "private void Book(int count) { lock (_gate) _used += count; } public void Look() { lock (_gate) Console.WriteLine(_table.Count); }")]
    [InlineData("private readonly object _gate = new();", "Book(_table.Count);", "private void Book(int count) { lock (_gate) _used += count; } public void Look() { lock (_gate) Tell(); } public void Tell() => Console.WriteLine(_used);")]
    [InlineData("", "if (File.Exists(\"none\")) return; Charge(_table.Count);", "")]
    [InlineData("", "Charge(_table.Count);", "public TutorAgent(AgentContext context, int used) : base(context) => _used = used;")]
    [InlineData("", "Charge(_table.Count);", "public void Reload() => Charge(_table.Count); public void Start(Action<int> charge) => charge(0); public void Restart() => Start(Charge);")]
    public Task What_would_not_be_the_same_stays(string field, string statements, string members) => HeavyAgents.VerifyStaysAsync(
        $$"""
        private EmbeddingTable _table;
        private int _used;
        {{field}}

        public TutorAgent(AgentContext context)
            : base(context)
        {
            _table = EmbeddingTable.Load("a.bin");
            _used = 2;
            {{(statements.Length > 0 ? statements : "Charge(_table.Count);")}}
        }

        private void Charge(int count) => _used += count;

        {{members}}
        """);

    [Fact]
    public Task A_function_that_was_handed_on_before_the_load_keeps_it_where_it_is() => HeavyAgents.VerifyStaysAsync(
        """
        private EmbeddingTable _table;
        private int _used;

        public TutorAgent(AgentContext context)
            : base(context)
        {
            Console.CancelKeyPress += (_, _) => _used = 0;
            _table = EmbeddingTable.Load("a.bin");
            Charge(_table.Count);
        }

        private void Charge(int count) => _used += count;
        """);

    [Theory]
    [InlineData("private Timer _timer;", "_timer = new Timer(_ => Charge(0));", "Charge(_table.Count);", "")]
    [InlineData("private Timer _timer;", "Hook(5);", "Charge(_table.Count);", "private void Hook(int n) => _timer = new Timer(_ => { _used += n; });")]
    [InlineData("private Thread _thread;", "_thread = new Thread(Look); _thread.Start();", "Charge(_table.Count);", "private void Look() => Console.WriteLine(_used);")]
    [InlineData("private static int _all;", "", "_all += _table.Count;", "public int Show() => _all;")]
    [InlineData("private static readonly Func<TutorAgent, int> Look = agent => agent._used;", "", "Charge(_table.Count);", "public int Show() => Look(this);")]
    [InlineData("private IEntry _e = new Entry(); private Entry _f = new(); private interface IEntry { int Look(); } private class Entry : IEntry { public int Count; public int Look() => Count; }", "", "_f.Count = _table.Count;", "public int Show() => _e.Look();")]
    [InlineData("private Entry _e = new(); private record Entry { public int Count { get; set; } }", "", "_e.Count = _table.Count;", "public string Show() => _e.ToString();")]
    [InlineData("private Entry _e; private struct Entry { public int Count; }", "", "_e.Count = _table.Count;", "public Action<object> Shown; public void Show() => Shown(_e);")]
    [InlineData("private Book _e = new(); private class Book : List<int> { public void Note(int n) => Add(n); }", "", "_e.Note(_table.Count);", "public int Show() => _e.Count;")]
    [InlineData("public int Seen { get => field; private set => field = value; }", "", "Seen = _table.Count;", "")]
    [InlineData("private readonly object _gate = new(); public Action Changed;", "", "Book(_table.Count);", "private void Book(int n) { lock (_gate) _used += n; } public void Tell() { lock (_gate) Changed?.Invoke(); } public int Show() => _used;")]
    [InlineData("private readonly object _gate = new();", "", "Book(_table.Count);", "private void Book(int n) { lock (_gate) _used += n; } public void Tell() { lock (_gate) Parallel.Invoke(() => Show()); } public void Show() => Console.WriteLine(_used);")]
    [InlineData("private Entry _e = new(); private class Entry { public int Count; public static int operator +(Entry e, int n) => e.Count += n; }", "", "_used = _e + _table.Count; Charge(_e.Count);", "public int Used => 1; public int Show => _e.Count;")]
    [InlineData("private Task<int> _sized;", "_sized = Task.FromResult(1);", "_used += _sized.Result + _table.Count;", "public int Show() => _used;")]
    [InlineData("private Session _s; private class Session(TutorAgent agent) { public int Used = agent._used; }", "", "Charge(_table.Count);", "public int Show() => new Session(this).Used;")]
    public Task What_is_seen_in_another_way_keeps_the_load_where_it_is(string field, string before, string statements, string members) => HeavyAgents.VerifyStaysAsync(Of(field, before, statements, members));

    [Theory]
    [InlineData("private List<int> _a = []; private List<int> _b;", "_b = _a;", "_a.Add(_table.Count);", "public int Show() => _b.Count;")]
    [InlineData("private List<int> _a; private List<int> _b;", "var list = new List<int>(); _a = list; _b = list;", "_a.Add(_table.Count);", "public int Show() => _b.Count;")]
    [InlineData("private List<int> _a = []; private List<int> Items => _a;", "", "Items.Add(_table.Count);", "public int Show() => _a.Count;")]
    [InlineData("private List<int> _a = []; private List<int> Get() => _a;", "", "Get().Add(_table.Count);", "public int Show() => _a.Count;")]
    [InlineData("private List<int> _a = []; private List<int> _b = [];", "", "foreach (var list in new[] { _a, _b }) list.Add(_table.Count);", "public int Show() => _b.Count;")]
    [InlineData("private Dictionary<string, List<int>> _a = [];", "", "foreach (var list in new[] { \"a\" }.Select(name => _a[name])) list.Add(_table.Count);", "public int Show() => _a[\"a\"].Count;")]
    [InlineData("private List<int> _a = []; private IEnumerable<int> _query;", "_query = _a.Where(x => x > 1);", "_a.Add(_table.Count);", "public int Show() => _query.Count();")]
    [InlineData("", "", "ref var used = ref _used; used += _table.Count;", "public int Show() => _used;")]
    [InlineData("private ref int Slot() => ref _used;", "", "Slot() += _table.Count;", "public int Show() => _used;")]
    [InlineData("private Entry _e = new(1); private class Entry(int count) { public int Count => count; public void Add(int n) => count += n; }", "", "_e.Add(_table.Count);", "public int Show() => _e.Count;")]
    [InlineData("private Entry _e = new(); private class Entry { public int Count { get; set; } }", "", "_e.Count = _table.Count;", "public string Show() => System.Text.Json.JsonSerializer.Serialize(_e);")]
    public async Task What_holds_the_same_waits_too(string field, string before, string statements, string members)
    {
        var texts = (await LiftVerifier.LiftAsync(HeavyAgents.Rewriters, HeavyAgents.Of(Of(field, before, statements, members)))).Texts;
        (!texts[0].Contains("LazyDependency") || texts[0][texts[0].IndexOf(" Show()", StringComparison.Ordinal)..].Contains("_ = Table;")).ShouldBeTrue(texts[0]);
    }

    [Fact]
    public Task What_whoever_makes_the_agent_holds_too_stays() => HeavyAgents.VerifyStaysAsync(
        """
        private readonly List<int> _log;
        private EmbeddingTable _table;
        private int _used = 1;

        public TutorAgent(AgentContext context, List<int> log)
            : base(context)
        {
            _log = log;
            _table = EmbeddingTable.Load("a.bin");
            log.Add(_table.Count);
            _used += _table.Count;
        }

        public int Show() => _used + _log.Count;
        """);

    private static string Of(string field, string before, string statements, string members) =>
        $$"""
        private EmbeddingTable _table;
        private int _used;
        {{field}}

        public TutorAgent(AgentContext context)
            : base(context)
        {
            _used = 2;
            {{before}}
            _table = EmbeddingTable.Load("a.bin");
            {{statements}}
            Charge(_table.Count);
        }

        private void Charge(int count) => _used += count;

        {{members}}
        """;

    [Fact]
    public async Task A_public_method_of_an_agent_that_is_private_itself_waits_too()
    {
        const string Source = """
            using AgentLift.Runtime;

            namespace Fleet;

            public static partial class Program
            {
                public static void Count(AgentContext context) => new TutorAgent(context).Count();

                private partial class TutorAgent : BaseAgent
                {
                    private byte[] _table;
                    private int _used;

                    public TutorAgent(AgentContext context)
                        : base(context)
                    {
                        _table = File.ReadAllBytes("a.bin");
                        Charge(_table.Length);
                    }

                    public void Count() => _used = 0;

                    private void Charge(int count) => _used += count;
                }
            }
            """;

        var (texts, _) = await LiftVerifier.LiftAsync(HeavyAgents.Rewriters, Source);

        texts[0].ShouldContain("            _ = Table;\n            _used = 0;\n");
    }
}
