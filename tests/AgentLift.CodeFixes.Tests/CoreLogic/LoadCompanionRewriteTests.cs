namespace AgentLift.CodeFixes.Tests.CoreLogic;

/// <summary>AGL4001 and AGL4002: what the constructor sets from a load besides what it is for.</summary>
public class LoadCompanionRewriteTests
{
    [Fact]
    public Task A_number_that_is_taken_from_what_is_loaded_is_taken_by_its_load() => HeavyAgents.VerifyAsync(
        """
        private readonly EmbeddingTable _table;
        private readonly double _half;
        private int _first;

        public TutorAgent(AgentContext context)
            : base(context)
        {
            _table = EmbeddingTable.Load("a.bin");
            _first = _table.Count;
            _half = _first / 2.0; // of all
            _table.Freeze();
        }

        public double Half => _half + _first;
        """,
        """
        [LazyDependency(nameof(LoadTable), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Table { get; }

        private EmbeddingTable LoadTable()
        {
            var table = EmbeddingTable.Load("a.bin");
            _first = table.Count;
            _half = _first / 2.0; // of all
            table.Freeze();
            return table;
        }

        private double _half;

        // Set when Table is loaded.
        private double LoadedHalf
        {
            get
            {
                _ = Table;
                return _half;
            }
        }

        private int _first;

        // Set when Table is loaded.
        private int First
        {
            get
            {
                _ = Table;
                return _first;
            }
        }

        public TutorAgent(AgentContext context)
            : base(context)
        {
        }

        public double Half => LoadedHalf + First;
        """);

    [Fact]
    public Task An_index_that_is_filled_while_what_is_loaded_is_changed_is_filled_by_its_load() => HeavyAgents.VerifyAsync(
        """
        private readonly Dictionary<string, int> _index = new();
        private readonly EmbeddingTable _table;

        public TutorAgent(AgentContext context)
            : base(context)
        {
            _table = EmbeddingTable.Load("a.bin");
            foreach (var name in new[] { "a", "b" })
            {
                _table.Rows[name] = 1;
                _index[name] = _table.Rows.Count;
            }
        }

        public int Find(string name) => _index[name];
        """,
        """
        private Dictionary<string, int> _index;

        // Set when Table is loaded.
        private Dictionary<string, int> Index
        {
            get
            {
                _ = Table;
                return _index;
            }
        }

        [LazyDependency(nameof(LoadTable), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Table { get; }

        private EmbeddingTable LoadTable()
        {
            _index = new();
            var table = EmbeddingTable.Load("a.bin");
            foreach (var name in new[] { "a", "b" })
            {
                table.Rows[name] = 1;
                _index[name] = table.Rows.Count;
            }

            return table;
        }

        public TutorAgent(AgentContext context)
            : base(context)
        {
        }

        public int Find(string name) => Index[name];
        """);

    [Fact]
    public Task What_a_method_of_the_constructor_does_to_the_value_is_done_by_its_load_in_the_same_order() => HeavyAgents.VerifyAsync(
        """
        private readonly EmbeddingTable _table = EmbeddingTable.Load("a.bin");
        private readonly string _device;

        public TutorAgent(AgentContext context)
            : base(context)
        {
            if (File.Exists("/dev/gpu"))
            {
                _device = "gpu";
                _table.To(_device);
            }
            else
            {
                _device = "cpu";
            }

            WarmUp();
        }

        private void WarmUp()
        {
            // the first time is slow
            for (var i = 0; i < 3; i++)
                _table.To(_device);
        }

        public string Device => _device + _table.Count;
        """,
        """
        [LazyDependency(nameof(LoadTable), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Table { get; }

        private EmbeddingTable LoadTable()
        {
            var table = EmbeddingTable.Load("a.bin");
            if (File.Exists("/dev/gpu"))
            {
                _device = "gpu";
                table.To(_device);
            }
            else
            {
                _device = "cpu";
            }

            // the first time is slow
            for (var i = 0; i < 3; i++)
                table.To(_device);
            return table;
        }

        private string _device;

        // Set when Table is loaded.
        private string LoadedDevice
        {
            get
            {
                _ = Table;
                return _device;
            }
        }

        public TutorAgent(AgentContext context)
            : base(context)
        {
        }

        public string Device => LoadedDevice + Table.Count;
        """);

    [Fact]
    public Task What_is_made_from_such_a_value_is_loaded_after_it() => HeavyAgents.VerifyAsync(
        """
        private readonly EmbeddingTable _table;
        private readonly int _first;
        private readonly List<int> _numbers;

        public TutorAgent(AgentContext context)
            : base(context)
        {
            _table = EmbeddingTable.Load("a.bin");
            _first = _table.Count;
            _numbers = new List<int> { _first };
        }

        public int Count => _numbers.Count;
        """,
        """
        [LazyDependency(nameof(LoadTable), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Table { get; }

        private EmbeddingTable LoadTable()
        {
            var table = EmbeddingTable.Load("a.bin");
            _first = table.Count;
            return table;
        }

        private int _first;

        // Set when Table is loaded.
        private int First
        {
            get
            {
                _ = Table;
                return _first;
            }
        }

        [LazyDependency(nameof(LoadNumbers), Warmup = LazyWarmup.AfterReady)]
        private partial List<int> Numbers { get; }

        private List<int> LoadNumbers() => new List<int> { First };

        public TutorAgent(AgentContext context)
            : base(context)
        {
        }

        public int Count => Numbers.Count;
        """);

    [Fact]
    public Task What_a_parsed_document_says_is_kept_for_the_load() => HeavyAgents.VerifyAsync(
        """
        private readonly EmbeddingTable _table = EmbeddingTable.Load("a.bin");
        private readonly List<string> _names = [];
        private readonly int _port;

        public TutorAgent(AgentContext context)
            : base(context)
        {
            var settings = System.Text.Json.JsonDocument.Parse("{}").RootElement;
            _port = settings.GetProperty("port").GetInt32();
            foreach (var name in settings.GetProperty("names").EnumerateArray())
                _names.Add(_table[name.GetInt32()]);
        }

        public string Label => _names[_port];
        """,
        """
        [LazyDependency(nameof(LoadTable), Warmup = LazyWarmup.AfterReady)]
        private partial EmbeddingTable Table { get; }

        private static EmbeddingTable LoadTable() => EmbeddingTable.Load("a.bin");

        private readonly System.Text.Json.JsonElement _settings;

        [LazyDependency(nameof(LoadNames), Warmup = LazyWarmup.AfterReady)]
        private partial List<string> Names { get; }

        private List<string> LoadNames()
        {
            List<string> names = [];
            foreach (var name in _settings.GetProperty("names").EnumerateArray())
                names.Add(Table[name.GetInt32()]);
            return names;
        }

        private readonly int _port;

        public TutorAgent(AgentContext context)
            : base(context)
        {
            var settings = System.Text.Json.JsonDocument.Parse("{}").RootElement;
            _port = settings.GetProperty("port").GetInt32();
            _settings = settings;
        }

        public string Label => Names[_port];
        """);

    [Theory]
    [InlineData("private int _first, _second;", "_table = EmbeddingTable.Load(\"a.bin\"); _first = _table.Count;", "", "_first is declared together with other fields: give it a declaration of its own")]
    [InlineData("private readonly Dictionary<string, int> _index = [];", "_table = EmbeddingTable.Load(\"a.bin\"); _index[\"all\"] = _table.Rows[\"all\"] = 1; Share(_index);", "private void Share(Dictionary<string, int> index) { lock (index) { } }", "the load of _table takes a lock, which whoever waits for it may hold")]
    [InlineData("private int _count;", "_table = EmbeddingTable.Load(\"a.bin\"); var name = \"b\"; _table.Rows[name] = 1; Warm();", "private void Warm() { for (var name = 0; name < 3; name++) _table.To(\"cpu\"); }", "_table is loaded by several methods, in which name means different things")]
    [InlineData("private int _count;", "_table = EmbeddingTable.Load(\"a.bin\"); Warm(); Warm();", "private void Warm() => _table.Freeze();", "Warm goes on to use _table while the agent is constructed, which would load it at once")]
    [InlineData("private int _count;", "_table = EmbeddingTable.Load(\"a.bin\"); Warm();", "private void Warm() { if (_count > 0) return; _table.Freeze(); }", "Warm goes on to use _table while the agent is constructed, which would load it at once")]
    public Task What_would_not_be_the_same_stays(string field, string statements, string method, string reason) => HeavyAgents.VerifyRefusalAsync(
        $$"""
        private readonly EmbeddingTable _table;
        {{field}}

        public TutorAgent(AgentContext context)
            : base(context)
        {
            {{statements}}
        }

        {{method}}
        """,
        reason);
}
