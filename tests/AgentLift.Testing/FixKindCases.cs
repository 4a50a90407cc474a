namespace AgentLift.Testing;

/// <summary>For each condition that a detector knows of against a fix: the case that it is about, and its neighbour that is lifted.</summary>
public static class FixKindCases
{
    private const string Loop = "private Thread? _worker; private void Work() { while (_running) { Thread.Sleep(100); } }";
    private const string MakeThread = "_worker = new Thread(Work); _worker.Start();";
    private const string JoinThread = "_worker?.Join(1000);";
    private const string Weights = "private readonly byte[] _weights; public int Size => _weights.Length;";
    private const string Database = "private readonly SqliteConnection _db; public void Note() { using var c = _db.CreateCommand(); c.CommandText = \"delete from notes\"; c.ExecuteNonQuery(); } ";
    private const string Close = "_db.Dispose();";

    /// <summary>All cases.</summary>
    public static IReadOnlyList<FixKindCase> All { get; } = [.. Shutdown(), .. Threads(), .. Tasks(), .. Initialisers(), .. Constructors(), .. Databases(), .. Waits(), .. Endpoints()];

    private static IEnumerable<FixKindCase> Shutdown()
    {
        const string Rule = "AGL1005";
        yield return new(Rule, Loop, MakeThread + " Console.CancelKeyPress += (_, e) => { e.Cancel = true; Stop(); };", JoinThread, null);
        yield return new(Rule, Loop, MakeThread + " Console.CancelKeyPress += (_, e) => { if (_running) Stop(); };", JoinThread, "its handler decides something: move it to OnDrainingAsync by hand");
        yield return new(Rule, Loop, MakeThread + " Console.CancelKeyPress += (_, e) => Console.WriteLine(e.SpecialKey);", JoinThread, "its handler uses 'e', which only it knows");
        yield return new(Rule, Loop + " private void OnExit(object? sender, EventArgs e) { Stop(); } public void Leave() => OnExit(null, EventArgs.Empty);", MakeThread + " AppDomain.CurrentDomain.ProcessExit += OnExit;", JoinThread, "OnExit is used for something else too");
        yield return new(Rule, Loop, MakeThread + " AppDomain.CurrentDomain.DomainUnload += (_, _) => Stop();", JoinThread, "DomainUnload is never raised on .NET: decide by hand whether its handler belongs into OnStoppedAsync");
        yield return new(Rule, "private Thread? _worker; private int _failures; private void Work() { while (_running) { if (_failures++ > 3) Environment.Exit(3); Thread.Sleep(100); } }", MakeThread, JoinThread, null);
        yield return new(Rule, "private Thread? _worker; private int _failures; private void Work() { while (_running) { _failures = Count(); Thread.Sleep(100); } } private int Count() { if (_failures > 3) { Environment.Exit(3); } return _failures + 1; }", MakeThread, JoinThread, "Count returns a value, with which its caller would go on");
        yield return new(Rule, "private Thread? _worker; private int _failures; private void Work() { while (_running) { Check(); Thread.Sleep(100); } } private void Check() { if (_failures++ > 3) Environment.Exit(3); }", MakeThread, JoinThread, "Work goes on after the call of Check, which ended the process: let it return first");
        yield return new(Rule, Loop + " private static void Fail() { Environment.Exit(2); }", MakeThread, JoinThread + " if (_worker == null) Fail();", "Fail is static, and only the agent can ask its host: give it the agent first");
        yield return new(Rule, Loop + " public PumpAgent() { if (!File.Exists(\"pump.key\")) Environment.Exit(1); }", MakeThread, JoinThread, "an agent that cannot be made must throw");
    }

    private static IEnumerable<FixKindCase> Threads()
    {
        const string Rule = "AGL2001";
        yield return new(Rule, Loop, MakeThread, JoinThread, null);
        yield return new(Rule, Loop, "_worker = new Thread(Work) { IsBackground = true, Name = \"pump\" }; _worker.Start();", "if (_worker != null && _worker.IsAlive) _worker.Join(1000);", null);
        yield return new(Rule, Loop, MakeThread, "_worker?.Interrupt(); " + JoinThread, "_worker is ended by Interrupt: let what it waits for end by a signal first");
        yield return new(Rule, Loop, "_worker = new Thread(Work, 1 << 20); _worker.Start();", JoinThread, "the thread has a stack size of its own, which RunOnThread cannot give it");
        yield return new(Rule, Loop, MakeThread, "if (_worker?.Join(1000) == false) File.Delete(\"pump.lock\");", "what happens depends on whether _worker ends in time: let StopTimeout of the agent decide it");
        yield return new(Rule, Loop, MakeThread, JoinThread + " File.WriteAllText(\"pump.id\", $\"{_worker?.ManagedThreadId}\");", "ManagedThreadId of _worker is used, which a loop of the runtime does not have");
        yield return new(Rule, Loop.Replace("private Thread", "internal Thread", StringComparison.Ordinal), MakeThread, JoinThread, "others may use _worker too: make it private first");
        yield return new(Rule, Loop + " private readonly List<Thread> _all = [];", "_all.Add(_worker = new Thread(Work)); _worker.Start();", "_all.Clear();", "the thread is handed on where it is made: put it into a field or variable of its own");
        yield return new(Rule, Loop, MakeThread, "/* as long as it takes */ _worker?.Join(/* for ever */);", "a comment stands within the code that ends the thread: move it first");
        yield return new(Rule, Loop.Replace("void Work", "async void Work", StringComparison.Ordinal).Replace("Thread.Sleep(100)", "await Task.Delay(100)", StringComparison.Ordinal), MakeThread, JoinThread, "Work is async void: let it return a Task first");
    }

    private static IEnumerable<FixKindCase> Tasks()
    {
        const string Serve = "private int _next; private void Serve(object? number) { while (_running) { Thread.Sleep(100); } }";
        const string Poll = "private async void Poll() { while (_running) { await Task.Delay(100); } }";
        yield return new("AGL2002", "private void Work() { while (_running) { Thread.Sleep(100); } }", "_ = Task.Run(Work);", "", null);
        yield return new("AGL2002", Serve, "ThreadPool.QueueUserWorkItem(Serve);", "", null);
        yield return new("AGL2002", Serve, "ThreadPool.QueueUserWorkItem(Serve, _next++);", "", "_next++ may be another by the time that the work begins: put it into a variable of its own first");
        yield return new("AGL2002", Loop + "private Action? _work; ", MakeThread + " _work = () => Thread.Sleep(100); _ = Task.Run(_work);", JoinThread, "what _work runs cannot be seen here: name the method that runs");
        yield return new("AGL2007", Poll, "Poll();", "", null);
        yield return new("AGL2007", Poll.Replace("private", "public", StringComparison.Ordinal), "Poll();", "", "others than the agent may call Poll: let it return a Task, and its callers await it");
        yield return new("AGL2007", Loop + Poll + " private Action? _begin;", MakeThread + " _begin = Poll; _begin();", JoinThread, "Poll is called as a part of an expression, or handed on as a delegate: let it return a Task first");
    }

    private static IEnumerable<FixKindCase> Initialisers()
    {
        const string Rule = "AGL4001";
        const string Load = "private byte[] _weights = File.ReadAllBytes(\"weights.bin\"); public int Size => _weights.Length; ";
        yield return new(Rule, Loop + Load, MakeThread, JoinThread, null);
        yield return new(Rule, Loop + Load + "public void Forget() => _weights = [];", MakeThread, JoinThread, "_weights is assigned again");
        yield return new(Rule, Loop + Load.Replace("_weights =", "_weights = [], _old =", StringComparison.Ordinal) + "public int Old => _old.Length;", MakeThread, JoinThread, "_old is declared together with other fields: give it a declaration of its own");
        yield return new(Rule, Loop + Load + "public void Touch() => Array.Resize(ref _weights, 1);", MakeThread, JoinThread, "_weights is handed on by reference");
        yield return new(
            "AGL4003",
            Loop + "private static readonly byte[] Weights; static PumpAgent() { Weights = File.ReadAllBytes(\"weights.bin\"); } public int Size => Weights.Length;",
            MakeThread, JoinThread, null);
        yield return new(
            "AGL4003",
            Loop + "private static readonly byte[] Weights; static PumpAgent() { if (File.Exists(\"weights.bin\")) Weights = File.ReadAllBytes(\"weights.bin\"); else Weights = []; } public int Size => Weights.Length;",
            MakeThread, JoinThread, "Weights is assigned again");
    }

    private static IEnumerable<FixKindCase> Constructors()
    {
        const string Rule = "AGL4002";
        yield return new(Rule, Loop + Weights + "public PumpAgent() { _weights = File.ReadAllBytes(\"weights.bin\"); }", MakeThread, JoinThread, null);
        yield return new(Rule, Loop + Weights + "public PumpAgent() { try { _weights = File.ReadAllBytes(\"weights.bin\"); } finally { File.Delete(\"x\"); } }", MakeThread, JoinThread, "_weights is loaded under a condition or inside a try, so that it may be missing: load it in a statement of its own");
        yield return new(Rule, Loop + Weights + "public PumpAgent() { _weights = Read(); } private byte[] Read() { lock (typeof(string)) return File.ReadAllBytes(\"weights.bin\"); }", MakeThread, JoinThread, "the load of _weights takes a lock, which whoever waits for it may hold");
        yield return new(Rule, Loop + Weights + "private int _used; public int Used => _used; public PumpAgent() { _weights = Read(); } private byte[] Read() { _used += 10; return File.ReadAllBytes(\"weights.bin\"); }", MakeThread, JoinThread, "the load of _weights also sets _used");
        yield return new(Rule, Loop + Weights + "public PumpAgent() { _weights = File.ReadAllBytes(\"weights.bin\"); WarmUp(); } private void WarmUp() { if (_weights[0] == 0) throw new InvalidDataException(); }", MakeThread, JoinThread, null);
        yield return new(Rule, Loop + Weights + "public string Folder { get; set; } = \".\"; public PumpAgent() { _weights = File.ReadAllBytes(Path.Combine(Folder, \"weights.bin\")); }", MakeThread, JoinThread, "_weights is loaded with Folder, which may have another value by the time it is first used");
    }

    private static IEnumerable<FixKindCase> Waits()
    {
        const string Rule = "AGL2008";
        const string Fetch = "private Thread? _worker; private async Task Fetch() { await Task.Delay(1); } private void Work() { while (_running) { Fetch().Wait(); Thread.Sleep(100); } }";
        yield return new(Rule, Fetch, MakeThread, JoinThread, null);
        yield return new(Rule, Fetch.Replace("Wait()", "Wait(1000)", StringComparison.Ordinal), MakeThread, JoinThread, "it waits for a limited time only: let a token of that time end the task");
        yield return new(Rule, Fetch.Replace("Fetch().Wait()", "Task.WaitAll(Fetch(), Fetch())", StringComparison.Ordinal), MakeThread, JoinThread, "Task.WaitAll waits for several tasks at once: await Task.WhenAll of them where the method can be asynchronous");
    }

    private static IEnumerable<FixKindCase> Endpoints()
    {
        const string Rule = "AGL3004";
        const string Peer = "private readonly string _peerUrl = \"http://peer:8080/ask\"; public string Peer() => _peerUrl; ";
        yield return new(Rule, Loop + Peer, MakeThread, JoinThread, null);
        yield return new(Rule, Loop + Peer.Replace("private readonly string _peerUrl", "public const string PeerUrl", StringComparison.Ordinal).Replace("_peerUrl", "PeerUrl", StringComparison.Ordinal), MakeThread, JoinThread, "PeerUrl is a constant that others can read: they would have to ask an agent for it");
        yield return new(Rule, Loop + "private readonly Uri _peer = new(\"http://peer:8080/ask\"); public Uri Peer() => _peer;", MakeThread, JoinThread, null);
        yield return new(Rule, Loop + "private static readonly Uri Peer = new(\"http://peer:8080/ask\"); public Uri Where() => Peer;", MakeThread, JoinThread, "it stands where there is no agent to ask for its settings: an initialiser runs before there is one");
    }

    private static IEnumerable<FixKindCase> Databases()
    {
        const string Rule = "AGL5001";
        const string Open = "public PumpAgent() { _db = new SqliteConnection(\"Data Source=notes.db\"); _db.Open(); }";
        yield return new(Rule, Loop + Database + Open, MakeThread, JoinThread + Close, null);
        yield return new(Rule, Loop + Database + Open.Replace("\"Data Source=notes.db\"", "\"Data Source=\" + Environment.GetEnvironmentVariable(\"NOTES\")", StringComparison.Ordinal), MakeThread, JoinThread + Close, "what _db connects to is not known here, and a database in memory would be lost with its connection");
        yield return new(Rule, Loop + Database + Open.Replace("notes.db", ":memory:", StringComparison.Ordinal), MakeThread, JoinThread + Close, "the database of _db lives in memory, or its connections are not pooled");
        yield return new(Rule, Loop + Database.Replace("delete from notes", "pragma user_version", StringComparison.Ordinal) + Open, MakeThread, JoinThread + Close, "'pragma' in its SQL depends on its connection");
        yield return new(Rule, Loop + Database + Open + " public void All() { using var whole = _db.BeginTransaction(); Note(); }", MakeThread, JoinThread + Close, "_db runs transactions: let one connection do the whole of each, by hand");
        yield return new(Rule, Loop + Database + Open + " public SqliteConnection Connection() => _db;", MakeThread, JoinThread + Close, "_db is used for more than to run commands: => _db");
        yield return new(Rule, Loop + Database + Open + " public void Run(string sql) { using var c = _db.CreateCommand(); c.CommandText = sql; c.ExecuteNonQuery(); }", MakeThread, JoinThread + Close, "sql is SQL that is not known here, and may depend on its connection");
    }
}
