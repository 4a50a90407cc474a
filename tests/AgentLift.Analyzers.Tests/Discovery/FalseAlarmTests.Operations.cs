namespace AgentLift.Analyzers.Tests.Discovery;

/// <summary>Operations that look like an agent's and are not.</summary>
public partial class FalseAlarmTests
{
    [Fact]
    public Task The_current_thread() => Sparing.IsSpared(
        """
        public class ClockWorker
        {
            public void Name() { Thread.CurrentThread.Name = "clock"; Thread.CurrentThread.IsBackground = true; }
        }
        """,
        """
        public class [|ClockWorker|]
        {
            public void Name() { var thread = {|AGL2001:new Thread(Work)|}; thread.Start(); }
            void Work() { {|AGL2004:while|} (true) { {|AGL2003:Thread.Sleep(10)|}; } }
        }
        """);

    [Fact]
    public Task A_sleep_outside_loops() => Sparing.IsSpared(
        """
        public class RetryService
        {
            public void Again() { Thread.Sleep(1000); for (var i = 0; i < 3; i++) Try(i); }
            void Try(int attempt) { }
        }
        """,
        """
        public class [|RetryService|]
        {
            public void Again() { for (; ; ) { {|AGL2003:Thread.Sleep(1000)|}; Try(1); } }
            void Try(int attempt) { }
        }
        """);

    [Fact]
    public Task A_sleep_in_a_loop_that_ends() => Sparing.IsSpared(
        """
        public class UploadService
        {
            public void Upload() { for (var i = 0; i < 3; i++) { Console.WriteLine(i); Thread.Sleep(i * 100); } }
        }
        """,
        """
        public class [|UploadService|]
        {
            public void Upload() { for (var i = 0; true; i++) { {|AGL1004:Console.WriteLine(i)|}; {|AGL2003:Thread.Sleep(i * 100)|}; } }
        }
        """);

    [Fact]
    public Task A_socket_that_is_passed_in() => Sparing.IsSpared(
        """
        using System.Net; using System.Net.Sockets;
        public class LinkService
        {
            TcpListener? listener;
            public void Use(TcpListener given, Socket socket) { listener = given; listener.Start(); socket.Bind(new IPEndPoint(IPAddress.Any, 0)); }
            public TcpClient Next() => listener!.AcceptTcpClient();
        }
        """,
        """
        using System.Net; using System.Net.Sockets;
        public class [|LinkService|]
        {
            TcpListener? listener;
            public void Use(int port) { listener = {|AGL3001:new TcpListener(IPAddress.Any, port)|}; listener.Start(); }
            public TcpClient Next() => listener!.AcceptTcpClient();
        }
        """);

    [Fact]
    public Task A_connection_that_is_passed_in() => Sparing.IsSpared(
        """
        using Npgsql;
        public class ArchiveService
        {
            readonly NpgsqlConnection connection;
            public ArchiveService(NpgsqlConnection connection) { this.connection = connection; connection.Open(); }
            public void Save() => connection.Execute("insert");
        }
        """,
        $$"""
        using Npgsql;
        public class [|ArchiveService|]
        {
            readonly NpgsqlConnection connection;
            public ArchiveService(string text) { connection = {|AGL5001:new NpgsqlConnection(text)|}; connection.Open(); }
            {{Sparing.Worker}}
        }
        """);

    [Fact]
    public Task A_socket_made_and_disposed_in_one_short_call() => Sparing.IsSpared(
        """
        using System.Net; using System.Net.Sockets;
        public class PortService
        {
            public int Free()
            {
                var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                try { return ((IPEndPoint)listener.LocalEndpoint).Port; }
                finally { listener.Stop(); }
            }
            public void Send(string host, byte[] data) { using var client = new TcpClient(host, 9000); client.GetStream().Write(data); }
        }
        """,
        """
        using System.Net; using System.Net.Sockets;
        public class [|PortService|]
        {
            public void Serve()
            {
                var listener = {|AGL3001:new TcpListener(IPAddress.Loopback, 0)|};
                listener.Start();
                try { while (true) listener.AcceptTcpClient().Dispose(); }
                finally { listener.Stop(); }
            }
        }
        """);

    [Fact]
    public Task A_connection_made_and_disposed_in_one_short_call() => Sparing.IsSpared(
        """
        using Npgsql;
        public class ArchiveService
        {
            public void Save(string text) { using var connection = new NpgsqlConnection(text); connection.Open(); connection.Execute("insert"); }
        }
        """,
        $$"""
        using Npgsql;
        public class [|ArchiveService|]
        {
            NpgsqlConnection? connection;
            public void Save(string text) { connection = {|AGL5001:new NpgsqlConnection(text)|}; connection.Open(); connection.Execute("insert"); }
            {{Sparing.Worker}}
        }
        """);

    [Fact]
    public Task A_thread_that_ends_by_itself() => Sparing.IsSpared(
        """
        public class ImportService
        {
            public void Import(string[] files) { var thread = new Thread(() => { foreach (var file in files) File.Delete(file); }); thread.Start(); thread.Join(); }
        }
        """,
        """
        public class [|ImportService|]
        {
            public void Import(Queue<string> files) { var thread = {|AGL2001:new Thread(() => { while (true) { File.Delete(files.Dequeue()); } })|}; thread.Start(); }
        }
        """);

    [Fact]
    public Task Lazy_members() => Sparing.IsSpared(
        """
        using Microsoft.ML.OnnxRuntime; using Nito.AsyncEx;
        public class FaceAgent
        {
            readonly Lazy<InferenceSession> session = new(() => new InferenceSession("face.onnx"));
            readonly AsyncLazy<InferenceSession> later = new(() => Task.Run(() => new InferenceSession("late.onnx")));
            public float[] Find(float[] image) => session.Value.Run(image);
            public async Task<float[]> FindLater(float[] image) => (await later.Task).Run(image);
        }
        """,
        """
        using Microsoft.ML.OnnxRuntime;
        public class [|FaceAgent|]
        {
            readonly InferenceSession session = {|AGL4001:new InferenceSession("face.onnx")|};
            public float[] Find(float[] image) => session.Run(image);
        }
        """);

    [Fact]
    public Task Cheap_static_objects() => Sparing.IsSpared(
        """
        using System.Text.RegularExpressions;
        public class WordService
        {
            static readonly Regex Word = new("[a-z]+");
            static readonly Dictionary<string, int> Ranks = new() { ["a"] = 1 };
            static readonly HttpClient Http = new();
            static WordService() => Ranks["b"] = 2;
        }
        """,
        """
        using Microsoft.ML.OnnxRuntime;
        public class [|WordService|]
        {
            static readonly InferenceSession Session;
            static WordService() => Session = {|AGL4003:new InferenceSession("words.onnx")|};
        }
        """);

    [Fact]
    public Task A_prompt_that_reads_commands() => Sparing.IsSpared(
        """
        public static class Program
        {
            public static void Main() { while (true) { var line = Console.ReadLine(); if (line == "quit") return; Thread.Sleep(10); } }
        }
        """,
        """
        public static class [|Program|]
        {
            public static void Main() { while (true) { if (File.Exists("quit")) return; {|AGL2003:Thread.Sleep(10)|}; } }
        }
        """);

    [Fact]
    public Task A_timer_that_fires_once() => Sparing.IsSpared(
        """
        public class ReminderService
        {
            Timer? timer;
            public void Remind() => timer = new Timer(Ring, null, 1000, Timeout.Infinite);
            void Ring(object? state) { }
        }
        """,
        """
        public class [|ReminderService|]
        {
            Timer? timer;
            public void Remind() => timer = {|AGL2005:new Timer(Ring, null, 1000, 1000)|};
            void Ring(object? state) { }
        }
        """);
}
