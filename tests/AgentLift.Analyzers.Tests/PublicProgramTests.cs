using System.Collections.Immutable;
using AgentLift.Testing;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AgentLift.Analyzers.Tests;

/// <summary>Shapes met in public programs that a detector once took for something else; each is reduced to its bones.</summary>
public sealed class PublicProgramTests
{
    [Fact]
    public Task A_loop_that_tries_again_is_no_agent() => IsNoAgent("""
        class UploadGateway
        {
            public string Fetch(int attempts)
            {
                while (true)
                {
                    try { return Load(); }
                    catch (IOException) { Thread.Sleep(100); }
                }
            }

            private static string Load() => "x";
        }
        """);

    [Fact]
    public Task A_loop_that_only_waits_for_a_flag_is_no_agent() => IsNoAgent("""
        class Visitor
        {
            private bool loading;

            public void Begin() => loading = true;

            public void End() => loading = false;

            public void StartWhenLoaded() { while (loading) { Thread.Sleep(50); } }
        }
        """);

    [Fact]
    public Task A_task_that_drains_its_input_is_no_agent() => IsNoAgent("""
        class Importer
        {
            public void Begin(TextReader lines) => _ = Task.Run(() =>
            {
                while (true)
                {
                    var line = lines.ReadLine();
                    if (line == null)
                        break;
                    line.Trim();
                }
            });
        }
        """);

    [Fact]
    public Task A_method_that_reads_one_message_to_its_end_is_no_agent() => IsNoAgent("""
        class Body
        {
            public async Task Process(TextReader lines)
            {
                do
                {
                    var line = await lines.ReadLineAsync();
                    if (line != ".")
                        line!.Trim();
                    else
                        break;
                }
                while (true);
            }
        }
        """);

    [Fact]
    public Task A_ticker_that_lasts_as_long_as_one_call_is_no_agent() => IsNoAgent("""
        class Backup
        {
            public void Save()
            {
                using var done = new CancellationTokenSource();
                Task.Run(async () => { while (!done.IsCancellationRequested) { await Task.Delay(100); Touch(); } });
                Touch();
                done.Cancel();
            }

            private static void Touch() { }
        }
        """);

    [Fact]
    public Task A_task_that_ends_with_a_retry_is_no_agent() => IsNoAgent("""
        class Notes
        {
            public void Save(string text) => Task.Run(() => WriteWithRetryAsync(text));

            private static async Task WriteWithRetryAsync(string text)
            {
                while (true)
                {
                    if (text.Length > 0)
                        return;
                    await Task.Delay(10);
                }
            }
        }
        """);

    [Fact]
    public Task A_task_given_to_the_caller_is_the_callers() => IsNoAgent("""
        class Reports
        {
            public static Task Tick(CancellationToken stop) => Task.Run(async () => { while (!stop.IsCancellationRequested) { await Task.Delay(100); } });
        }
        """);

    [Fact]
    public Task A_prompt_on_a_thread_of_its_own_is_no_agent() => IsNoAgent("""
        class Commands
        {
            public void Start() => new Thread(Prompt).Start();

            private void Prompt() { while (true) { var line = Console.ReadLine(); if (line != "") Console.WriteLine(line); } }
        }
        """);

    [Fact]
    public Task A_queue_of_jobs_with_a_delegate_is_a_scheduler() => IsNoAgent("""
        class Job { public Action? Work { get; set; } }

        class JobRunner
        {
            private readonly System.Collections.Concurrent.BlockingCollection<Job> jobs = new();
            private volatile bool running = true;

            public void Queue(Action work) => jobs.Add(new Job { Work = work });

            public void Start() => new Thread(Run).Start();

            public void Stop() => running = false;

            private void Run() { while (running) { var job = jobs.Take(); job.Work!(); } }
        }
        """);

    [Fact]
    public async Task A_table_that_the_agent_fills_by_itself_leaves_it_an_agent() => Assert.Contains("AGL1001", await Rules("""
        class Desk
        {
            private readonly Dictionary<string, Action> answers = new();
            private volatile bool running = true;

            public Desk() => answers["ping"] = Ping;

            public void Start() => new Thread(Loop).Start();

            public void Stop() => running = false;

            private void Ping() { }

            private void Loop() { while (running) { Thread.Sleep(10); if (answers.TryGetValue("ping", out var answer)) answer(); } }
        }
        """));

    [Fact]
    public async Task A_loop_under_an_inherited_flag_is_an_agent() => Assert.Contains("AGL1001", await Rules("""
        abstract class Socketed { protected volatile bool up = true; public void Down() => up = false; }

        class PacketPump : Socketed
        {
            public void Start() => new Thread(Incoming).Start();

            private void Incoming() { while (up) { Thread.Sleep(10); } }
        }
        """));

    [Fact]
    public async Task A_loop_named_as_work_is_an_agent_where_a_helper_starts_it() => Assert.Contains("AGL1001", await Rules("""
        static class Launch { public static void It(Action body) => body(); }

        class Weather
        {
            private volatile bool stop;

            public void Begin() => Launch.It(PollLoop);

            public void End() => stop = true;

            private void PollLoop() { while (!stop) { Refresh(); Thread.Sleep(1000); } }

            private void Refresh() { }
        }
        """));

    [Fact]
    public async Task A_client_that_a_method_returns_is_not_made_for_each_call() => Assert.DoesNotContain("AGL5002", await Rules(Agent("""
        public static HttpClient NewClient() { var client = new HttpClient(); client.MaxResponseContentBufferSize = 1000; return client; }
        """)));

    [Fact]
    public async Task A_list_of_ports_without_partners_is_no_table_of_addresses() => Assert.DoesNotContain("AGL1006", await Rules(Agent("""
        private static readonly int[] CommonPorts = [21, 22, 80];

        public bool IsCommon(int port) => CommonPorts.Contains(port);
        """)));

    private static string Agent(string members) => $$"""
        class PollingAgent
        {
            private volatile bool stop;

            public void Start() => new Thread(Loop).Start();

            public void End() => stop = true;

            private void Loop() { while (!stop) { Thread.Sleep(1000); } }

            {{members}}
        }
        """;

    private static async Task IsNoAgent(string source) => Assert.Empty(await Rules(source));

    private static async Task<ImmutableArray<string>> Rules(string source)
    {
        var compilation = TestCompilation.Create([("Program.cs", source)]).ThatCompiles();
        return [.. (await new AnalyzerRun().Diagnostics(compilation)).Select(diagnostic => diagnostic.Id)];
    }
}
