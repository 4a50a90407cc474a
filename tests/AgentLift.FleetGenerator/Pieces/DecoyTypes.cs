namespace AgentLift.FleetGenerator.Pieces;

/// <summary>Types that look like agents and are none: nothing in them is to be reported.</summary>
internal static class DecoyTypes
{
    private static readonly (string Ending, Func<string, Random, string> Write)[] All =
    [
        ("HostedWorker", HostedWorker), ("Pool", WorkPool), ("Stream", SocketStream), ("Session", Session), ("Dto", Dto), ("Catalogue", PlainService),
        ("LoopBase", AbstractBase), ("Cache", StaticCache), ("Models", ModelManager), ("Options", Options), ("TickInterface", Contract), ("Scheduler", Scheduler),
    ];

    public static int Count => All.Length;

    /// <summary>The decoy of that number, as a whole file.</summary>
    public static (string Type, string Text) Write(int number, string stem, string group, Random random)
    {
        var (ending, write) = All[number % All.Length];
        var type = ending == "TickInterface" ? $"I{stem}Ticker" : stem + ending;
        return (type, $$"""
            using System;
            using System.Collections.Concurrent;
            using System.Collections.Generic;
            using System.IO;
            using System.Net;
            using System.Net.Sockets;
            using System.Threading;
            using System.Threading.Tasks;

            namespace Fleet.{{group}};

            {{write(type, random)}}
            """);
    }

    private static string HostedWorker(string type, Random random) => $$"""
        public sealed class {{type}} : Microsoft.Extensions.Hosting.BackgroundService
        {
            private readonly TcpListener _listener = new(IPAddress.Any, {{random.Next(2000, 9000)}});
            private bool _busy;

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                while (true)
                {
                    _busy = !_busy;
                    Console.WriteLine("still here");
                    Thread.Sleep({{random.Next(10, 900)}});
                    await Task.Delay({{random.Next(10, 900)}}, CancellationToken.None);
                }
            }
        }
        """;

    private static string WorkPool(string type, Random random) => $$"""
        public sealed class {{type}} : IDisposable
        {
            private readonly BlockingCollection<Action> _work = new();
            private readonly Thread[] _threads = new Thread[{{random.Next(2, 16)}}];

            public {{type}}()
            {
                for (var i = 0; i < _threads.Length; i++)
                {
                    _threads[i] = new Thread(RunQueued) { IsBackground = true };
                    _threads[i].Start();
                }
            }

            public void Enqueue(Action work) => _work.Add(work);

            public void Dispose() => _work.CompleteAdding();

            private void RunQueued()
            {
                while (!_work.IsCompleted)
                {
                    if (_work.TryTake(out var work, 100))
                        work();
                    else
                        Thread.Sleep(5);
                }
            }
        }
        """;

    private static string SocketStream(string type, Random random) => $$"""
        public sealed class {{type}} : Stream
        {
            private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);

            public override bool CanRead => true;

            public override bool CanSeek => false;

            public override bool CanWrite => true;

            public override long Length => throw new NotSupportedException();

            public override long Position { get; set; }

            public void Open(string host, int port) => _socket.Connect(host, port);

            public override void Flush()
            {
                while (_socket.Available > {{random.Next(1, 9)}})
                    Thread.Sleep(1);
            }

            public override int Read(byte[] buffer, int offset, int count) => _socket.Receive(buffer, offset, count, SocketFlags.None);

            public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

            public override void SetLength(long value) => throw new NotSupportedException();

            public override void Write(byte[] buffer, int offset, int count) => _socket.Send(buffer, offset, count, SocketFlags.None);
        }
        """;

    private static string Session(string type, Random random) => $$"""
        public sealed class {{type}}
        {
            private readonly TcpClient _client;
            private bool _open = true;

            public {{type}}(TcpClient client) => _client = client;

            public void Start() => new Thread(ReadLoop).Start();

            public void Close() => _open = false;

            private void ReadLoop()
            {
                var buffer = new byte[{{random.Next(64, 4096)}}];
                while (_open)
                {
                    if (_client.GetStream().Read(buffer, 0, buffer.Length) == 0)
                        return;
                    Console.WriteLine(buffer[0]);
                    Thread.Sleep(10);
                }
            }
        }
        """;

    private static string Dto(string type, Random random) => $$"""
        public sealed record {{type}}(string Name, decimal Amount, DateTime At)
        {
            public int Version { get; init; } = {{random.Next(1, 9)}};

            public string HealthUrl { get; init; } = "http://localhost:{{random.Next(2000, 9000)}}/health";
        }
        """;

    private static string PlainService(string type, Random random) => $$"""
        public sealed class {{type}}Service
        {
            private readonly Dictionary<string, string> _agents = new() { ["store"] = "localhost:{{random.Next(2000, 9000)}}" };
            private readonly Microsoft.ML.OnnxRuntime.InferenceSession _session;

            public {{type}}Service(Microsoft.ML.OnnxRuntime.InferenceSession session) => _session = session;

            public string Find(string name)
            {
                Console.WriteLine(name);
                Thread.Sleep({{random.Next(10, 90)}});
                return _agents.TryGetValue(name, out var found) ? found : Environment.GetEnvironmentVariable("STORE");
            }

            public bool Health() => _session != null;
        }
        """;

    private static string AbstractBase(string type, Random random) => $$"""
        public abstract class {{type}}
        {
            private readonly Thread _thread;
            private bool _running = true;

            protected {{type}}() => _thread = new Thread(Loop);

            public void Start() => _thread.Start();

            public void Stop() => _running = false;

            protected abstract void Round();

            private void Loop()
            {
                while (_running)
                {
                    Round();
                    Thread.Sleep({{random.Next(10, 900)}});
                }
            }
        }
        """;

    private static string StaticCache(string type, Random random) => $$"""
        public static class {{type}}
        {
            private static readonly ConcurrentDictionary<string, int> Values = new();

            public static int Get(string key) => Values.GetOrAdd(key, static name => name.Length * {{random.Next(2, 90)}});

            public static void Clear()
            {
                Values.Clear();
                GC.Collect();
            }
        }
        """;

    private static string ModelManager(string type, Random random) => $$"""
        [AgentLift.ModelManager]
        public sealed partial class {{type}}
        {
            private readonly Dictionary<string, TorchSharp.torch.jit.ScriptModule> _loaded = new();
            private long _vramUsed;

            public TorchSharp.torch.jit.ScriptModule Lease(string name)
            {
                if (!_loaded.TryGetValue(name, out var module))
                    _loaded[name] = module = TorchSharp.torch.jit.load("models/managed-{{random.Next(1, 999)}}.pt");
                _vramUsed += {{random.Next(100, 900)}};
                return module;
            }
        }
        """;

    private static string Options(string type, Random random) => $$"""
        public sealed class {{type}}
        {
            public string Host { get; set; } = "localhost";

            public int Port { get; set; } = {{random.Next(2000, 9000)}};

            public static {{type}} Read() => new() { Host = Environment.GetEnvironmentVariable("HOST") ?? "localhost" };
        }
        """;

    private static string Contract(string type, Random random) => $$"""
        public interface {{type}}
        {
            int Period => {{random.Next(100, 900)}};

            void Start();

            void Stop();

            string Health() => "ok";
        }
        """;

    private static string Scheduler(string type, Random random) => $$"""
        public sealed class {{type}} : TaskScheduler
        {
            private readonly BlockingCollection<Task> _tasks = new();
            private readonly List<Thread> _threads = new();

            public override int MaximumConcurrencyLevel => {{random.Next(1, 8)}};

            public void Open()
            {
                var thread = new Thread(() =>
                {
                    foreach (var task in _tasks.GetConsumingEnumerable())
                        TryExecuteTask(task);
                });
                _threads.Add(thread);
                thread.Start();
            }

            protected override IEnumerable<Task> GetScheduledTasks() => _tasks.ToArray();

            protected override void QueueTask(Task task) => _tasks.Add(task);

            protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;
        }
        """;
}
