using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Concurrency;

public class BlockingOnTaskTests
{
    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.BlockingOnTask);

    [Fact]
    public Task Reports_the_result_of_a_call() => Rule.VerifyInAgent("""
        public string Read(HttpClient client) => [|client.GetStringAsync("status").Result|];
        """);

    [Fact]
    public Task Reports_a_wait_with_and_without_a_limit() => Rule.VerifyInAgent("""
        Task work = Task.CompletedTask;
        public void Stop()
        {
            [|work.Wait()|];
            [|work.Wait(TimeSpan.FromSeconds(5))|];
        }
        """);

    [Fact]
    public Task Reports_the_result_of_an_awaiter() => Rule.VerifyInAgent("""
        public int Count() => [|CountAsync().GetAwaiter().GetResult()|];
        public void Run() => [|RunAsync().ConfigureAwait(false).GetAwaiter().GetResult()|];
        async Task<int> CountAsync() { await Task.Yield(); return 1; }
        async Task RunAsync() => await Task.Yield();
        """);

    [Fact]
    public Task Reports_the_result_of_a_value_task() => Rule.VerifyInAgent("""
        public int Count() => [|CountAsync().Result|];
        public int CountAgain() => [|CountAsync().AsTask().Result|];
        async ValueTask<int> CountAsync() { await Task.Yield(); return 1; }
        """);

    [Fact]
    public Task Reports_waiting_for_all_or_any() => Rule.VerifyInAgent("""
        public void Stop(Task[] work) { [|Task.WaitAll(work)|]; [|Task.WaitAny(work)|]; }
        """);

    [Fact]
    public Task Reports_a_result_through_a_conditional_access_in_a_lambda() => Rule.VerifyInAgent("""
        Task<int>? pending;
        public Func<int> Reader() => () => pending?[|.Result|] ?? 0;
        """);

    [Fact]
    public Task Reports_a_parameter_that_no_continuation_hands_in() => Rule.VerifyInAgent("""
        public int Read(Task<int> task) => [|task.Result|];
        public IEnumerable<int> ReadAll(IEnumerable<Task<int>> tasks) => tasks.Select(task => [|task.Result|]);
        """);

    [Fact]
    public Task Reports_a_task_that_is_awaited_only_later() => Rule.VerifyInAgent("""
        public async Task<int> Read(Task<int> other)
        {
            var task = Task.Run(() => 1);
            var first = [|task.Result|];
            await task;
            return first;
        }
        """);

    [Fact]
    public Task Ignores_a_task_that_was_awaited_before() => Rule.VerifyInAgent("""
        public async Task<int> Read()
        {
            var first = Task.Run(() => 1);
            var second = Task.Run(() => 2);
            await Task.WhenAll(first, second);
            var third = Task.Run(() => 3);
            await third.ConfigureAwait(false);
            return first.Result + second.GetAwaiter().GetResult() + third.Result;
        }
        """);

    [Fact]
    public Task Ignores_the_antecedent_of_a_continuation() => Rule.VerifyInAgent("""
        public Task<int> Double(Task<int> task) => task.ContinueWith(done => done.Result * 2);
        """);

    [Fact]
    public Task Ignores_a_result_of_something_else() => Rule.VerifyInAgent("""
        public int Read(Answer answer) { answer.Wait(); return answer.Result; }
        public void Pause(ManualResetEvent signal, SemaphoreSlim slots) { signal.WaitOne(); slots.Wait(); }
        public class Answer { public int Result => 1; public void Wait() { } }
        """);

    [Fact]
    public Task Ignores_tasks_that_were_awaited_together() => Rule.VerifyInAgent("""
        public async Task<int> Sum(IEnumerable<string> names)
        {
            var tasks = names.Select(name => Task.Run(() => name.Length)).ToList();
            await Task.WhenAll(tasks);
            var sum = tasks[0].Result + tasks.Sum(task => task.Result);
            foreach (var task in tasks)
                sum += task.Result;
            return sum;
        }
        """);

    [Fact]
    public Task Reports_tasks_of_which_only_some_were_awaited() => Rule.VerifyInAgent("""
        public async Task<int> Sum(List<Task<int>> first, List<Task<int>> second)
        {
            var tasks = first.ToList();
            var others = second.ToList();
            await Task.WhenAll(tasks);
            var sum = others.Sum(task => [|task.Result|]) + [|others[0].Result|];
            foreach (var task in others)
                sum += [|task.Result|];
            return sum;
        }
        """);
}
