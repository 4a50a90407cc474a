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
        [LazyDependency(nameof(LoadWords), Warmup = LazyWarmup.AfterReady)]
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
        [LazyDependency(nameof(LoadTable), Warmup = LazyWarmup.AfterReady)]
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
}
