using AgentLift.CodeFixes.CoreLogic.Waiting;

namespace AgentLift.CodeFixes.Tests.CoreLogic;

public class WaitingTests
{
    [Fact]
    public Task A_loop_that_only_sleeps_becomes_asynchronous() => VerifyAsync(
        new SleepRewriter(),
        """
            private int _rounds;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                RunOnThread("poll", PollLoop);
                return ValueTask.CompletedTask;
            }

            private void PollLoop(CancellationToken token)
            {
                while (!token.IsCancellationRequested)
                {
                    Rest(token);
                    Thread.Sleep(millisecondsTimeout: 500); // twice a second
                }
            }

            private void Rest(CancellationToken token)
            {
                while (_rounds++ < 10)
                    Thread.Sleep(10);
            }
        """,
        """
            private int _rounds;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                RunSupervised("poll", PollLoopAsync);
                return ValueTask.CompletedTask;
            }

            private async Task PollLoopAsync(CancellationToken token)
            {
                while (!token.IsCancellationRequested)
                {
                    await RestAsync(token);
                    await Task.Delay(500, token); // twice a second
                }
            }

            private async Task RestAsync(CancellationToken token)
            {
                while (_rounds++ < 10)
                    await Task.Delay(10, token);
            }
        """);

    [Theory]
    [InlineData("lock (_gate) Thread.Sleep(500);", "lock (_gate) token.WaitHandle.WaitOne(500);")]
    [InlineData("try { Thread.Sleep(500); } catch (Exception) { }", "try { token.WaitHandle.WaitOne(500); } catch (Exception) { }")]
    [InlineData("_due.WaitOne(100); Thread.Sleep(500);", "_due.WaitOne(100); token.WaitHandle.WaitOne(500);")]
    [InlineData("Monitor.Enter(_gate); Thread.Sleep(500); Monitor.Exit(_gate);", "Monitor.Enter(_gate); token.WaitHandle.WaitOne(500); Monitor.Exit(_gate);")]
    [InlineData("_slow = 1; Thread.Sleep(_slow);", "_slow = 1; token.WaitHandle.WaitOne(_slow);")]
    [InlineData("Span<byte> buffer = stackalloc byte[8]; Thread.Sleep(buffer.Length);", "Span<byte> buffer = stackalloc byte[8]; token.WaitHandle.WaitOne(buffer.Length);")]
    public Task A_loop_that_must_keep_its_thread_waits_on_the_token(string before, string after) => VerifyAsync(new SleepRewriter(), Polls(before), Polls(after));

    [Fact]
    public Task A_sleep_on_the_thread_of_a_caller_stays() => LiftVerifier.VerifyRefusalAsync(
        [new SleepRewriter()],
        SupervisionRewriterTests.Agent("""
            public void Retry()
            {
                for (var i = 0; i < 3; i++)
                    Thread.Sleep(i);
            }
        """),
        "Retry sleeps on the thread of whoever calls it, and no token is in reach: give it a CancellationToken first");

    [Theory]
    [InlineData("Look();", "await Task.Delay(500, token);", "", "RunPeriodically(\"poll\", TimeSpan.FromMilliseconds(500), PollAsync);")]
    [InlineData("await Task.Delay(2000, token);", "Look();", "", "RunPeriodically(\"poll\", TimeSpan.FromSeconds(2), PollAsync, firstAfter: TimeSpan.FromSeconds(2));")]
    [InlineData("Look();", "await Task.Delay(_seconds * 1000, token);", "", "RunPeriodically(\"poll\", TimeSpan.FromSeconds(_seconds), PollAsync);")]
    public Task Rounds_at_a_fixed_pace_are_periodic(string first, string second, string before, string run) => VerifyAsync(
        new PeriodicRewriter(),
        Loop(first, second, "RunSupervised(\"poll\", PollLoopAsync);"),
        $$"""
            private readonly int _seconds = 5;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                {{run}}
                return ValueTask.CompletedTask;
            }

            private Task PollAsync(CancellationToken token)
            {
                {{before}}Look();
                return Task.CompletedTask;
            }

            private void Look() => GC.KeepAlive(_seconds);
        """);

    [Theory]
    [InlineData("if (_seconds > 3) break;", "await Task.Delay(500, token);")]
    [InlineData("if (_seconds > 3) continue;", "await Task.Delay(500, token);")]
    [InlineData("if (_seconds > 3) return;", "await Task.Delay(500, token);")]
    [InlineData("Look();", "await Task.Delay(Environment.TickCount, token);")]
    [InlineData("Look();", "await Task.Delay(500, token); // twice a second")]
    [InlineData("Look();", "await Task.Delay(0, token);")]
    public async Task Any_other_loop_stays_a_loop(string first, string second)
    {
        var source = SupervisionRewriterTests.Agent(Loop(first, second, "RunSupervised(\"poll\", PollLoopAsync);"));

        var (texts, _) = await LiftVerifier.LiftAsync([new PeriodicRewriter()], source);

        texts[0].ShouldBe(source.ReplaceLineEndings("\n"));
    }

    [Fact]
    public Task A_loop_awaits_the_tasks_that_it_blocked_on_and_what_it_reads() => VerifyAsync(
        new BlockingRewriter(),
        """
            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                RunOnThread("talk", _ => Talk(Console.In), RestartPolicy.Once);
                return ValueTask.CompletedTask;
            }

            private void Talk(TextReader reader)
            {
                while (reader.ReadLine() is { } line)
                    GC.KeepAlive(Length(line).ToString().Trim());
            }

            private int Length(string line)
            {
                Task.Delay(10).Wait();
                return File.ReadAllTextAsync(line).Result.Length + Task.FromResult(1).GetAwaiter().GetResult();
            }
        """,
        """
            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                RunSupervised("talk", _ => TalkAsync(Console.In), RestartPolicy.Once);
                return ValueTask.CompletedTask;
            }

            private async Task TalkAsync(TextReader reader)
            {
                while (await reader.ReadLineAsync() is { } line)
                    GC.KeepAlive((await LengthAsync(line)).ToString().Trim());
            }

            private async Task<int> LengthAsync(string line)
            {
                await Task.Delay(10);
                return (await File.ReadAllTextAsync(line)).Length + await Task.FromResult(1);
            }
        """);

    [Fact]
    public Task A_handler_of_what_a_blocked_wait_wraps_takes_what_the_task_throws() => LiftVerifier.VerifyAsync(
        [new BlockingRewriter()],
        SupervisionRewriterTests.Agent("""
            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                RunOnThread("work", _ => Work(), RestartPolicy.Once);
                return ValueTask.CompletedTask;
            }

            private void Work()
            {
                try
                {
                    var text = File.ReadAllTextAsync("page").Result;
                    if (text.Contains("up"))
                        return;
                }
                catch (AggregateException e)
                {
                    GC.KeepAlive(e.InnerException.Message);
                }
            }
        """),
        SupervisionRewriterTests.Agent("""
            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                RunSupervised("work", _ => WorkAsync(), RestartPolicy.Once);
                return ValueTask.CompletedTask;
            }

            private async Task WorkAsync()
            {
                try
                {
                    var text = await File.ReadAllTextAsync("page");
                    if (text.Contains("up"))
                        return;
                }
                catch (Exception e)
                {
                    GC.KeepAlive(e.Message);
                }
            }
        """));

    [Theory]
    [InlineData("public int Ask() => Task.FromResult(1).Result;", "it cannot be awaited: others than the agent may call Ask, and would have to await it")]
    [InlineData("private void Ask() { lock (this) Task.Delay(1).Wait(); }", "it cannot be awaited: it stands in a lock, within which nothing can be awaited")]
    [InlineData("public bool Ask() => Task.Delay(1).Wait(5);", "it waits for a limited time only: let a token of that time end the task")]
    [InlineData("public void Ask() => Task.WaitAll(Task.Delay(1));", "Task.WaitAll waits for several tasks at once: await Task.WhenAll of them where the method can be asynchronous")]
    [InlineData("private async Task Ask() { await Task.Yield(); try { Task.Delay(1).Wait(); File.Delete(\"lock\"); } catch (AggregateException) { } }", "a handler takes an AggregateException, which an awaited task does not throw: let it take what the task itself throws first")]
    [InlineData("private async Task Ask() { await Task.Yield(); try { Task.Delay(1).Wait(); } catch (AggregateException e) { GC.KeepAlive(e.InnerExceptions.Count); } }", "a handler takes an AggregateException, which an awaited task does not throw: let it take what the task itself throws first")]
    public Task What_cannot_await_goes_on_blocking(string ask, string reason) => LiftVerifier.VerifyRefusalAsync(
        [new BlockingRewriter()],
        SupervisionRewriterTests.Agent($$"""
            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                RunOnThread("work", _ => Work(), RestartPolicy.Once);
                return ValueTask.CompletedTask;
            }

            private void Work() => {{(ask.Contains("Task Ask()", StringComparison.Ordinal) ? "_ = Ask()" : "Ask()")}};

            {{ask}}
        """),
        reason);

    private static string Loop(string first, string second, string run) => $$"""
            private readonly int _seconds = 5;

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                {{run}}
                return ValueTask.CompletedTask;
            }

            private async Task PollLoopAsync(CancellationToken token)
            {
                while (!token.IsCancellationRequested)
                {
                    {{first}}
                    {{second}}
                }
            }

            private void Look() => GC.KeepAlive(_seconds);
        """;

    private static string Polls(string round) => $$"""
            [ThreadStatic]
            private static int _slow;
            private readonly object _gate = new();
            private readonly AutoResetEvent _due = new(false);

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                RunOnThread("poll", Poll);
                return ValueTask.CompletedTask;
            }

            private void Poll(CancellationToken token)
            {
                while (!token.IsCancellationRequested)
                {
                    {{round}}
                }
            }
        """;

    private static Task VerifyAsync(CodeFixes.Lifting.IRewriter rewriter, string before, string after) =>
        LiftVerifier.VerifyAsync([rewriter], SupervisionRewriterTests.Agent(before), SupervisionRewriterTests.Agent(after));
}
