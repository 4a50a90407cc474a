using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;
using static AgentLift.FleetGenerator.Drafting.PieceRole;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>AGL2007 and AGL2008: async void and blocking on tasks.</summary>
internal static class AsyncPieces
{
    public static IEnumerable<Piece> All =>
    [
        new Piece("async void method", Pattern, VoidMethod),
        new Piece("async void local function", Pattern, VoidLocal),
        new Piece("async void lambda", Pattern, VoidLambda),
        new Piece("result", Pattern, Result),
        new Piece("wait", Pattern, Wait),
        new Piece("get result", Pattern, GetResult),
        new Piece("wait for all", Pattern, WaitAll),
        new Piece("async event handler", Decoy, EventHandler),
        new Piece("async lambda of a task", Decoy, TaskLambda),
        new Piece("result after await", Decoy, ResultAfterAwait),
        new Piece("result of something else", Decoy, OtherResult),
    ];

    private static string Lookup(AgentDraft agent)
    {
        agent.Use("System.Threading.Tasks");
        var method = agent.Name("LoadAsync", "FetchAsync", "AskAsync", "CountAsync");
        var work = agent.Work();
        agent.Method(agent.Pick(
            Code.Block($"private async Task<int> {method}(int key)", "await Task.Yield();", $"return {work}(key);"),
            $"private static Task<int> {method}(int key) => Task.FromResult(key * {agent.Number(2, 50)});"));
        return method;
    }

    private static void VoidMethod(AgentDraft agent)
    {
        var fetch = Lookup(agent);
        var method = agent.Name("Send", "Refresh", "Notify", "Preload");
        agent.Method(agent.Pick(
            Code.Block($"public async void {method}(int key) §{AsyncVoid}", $"await {fetch}(key);"),
            Code.Block($"async void {method}() §{AsyncVoid}", "try", "{", $"    await {fetch}({agent.Number(1, 99)});", "}", "catch (OperationCanceledException)", "{", "}"),
            $"private async void {method}(object key, string name) => await {fetch}(name.Length); §{AsyncVoid}",
            Code.Lines("[System.Diagnostics.CodeAnalysis.SuppressMessage(\"Usage\", \"VSTHRD100\")]", $"internal static async void {method}() §{AsyncVoid}", "{", "    await Task.Delay(5);", "}")));
    }

    private static void VoidLocal(AgentDraft agent)
    {
        var fetch = Lookup(agent);
        var method = agent.Name("Prefetch", "Announce", "Touch");
        agent.Method(Code.Block($"public void {method}(int key)", "Later(key);", agent.Step(), Code.Block($"async void Later(int value) §{AsyncVoid}", $"await {fetch}(value);")));
    }

    private static void VoidLambda(AgentDraft agent)
    {
        var fetch = Lookup(agent);
        var method = agent.Name("Spread", "Each", "Forward");
        agent.Method(agent.Number(0, 3) switch
        {
            0 => Code.Block($"public void {method}(List<int> keys)", $"keys.ForEach(async key => await {fetch}(key)); §{AsyncVoid}"),
            1 => Code.Block($"public void {method}()", $"Action later = async () => await {fetch}({agent.Number(1, 99)}); §{AsyncVoid}", "later();"),
            _ => Code.Block($"public void {method}(int[] keys)", "Array.ForEach(", "    keys,", $"    async key => §{AsyncVoid}", "    {", $"        await {fetch}(key);", "    });"),
        });
    }

    private static void Result(AgentDraft agent)
    {
        var fetch = Lookup(agent);
        var method = agent.Name("Get", "Find", "Value");
        agent.Method(agent.Number(0, 5) switch
        {
            0 => $"public int {method}(int key) => {fetch}(key).Result; §{BlockingOnTask}",
            1 => Code.Block($"public int {method}(int key)", $"var pending = {fetch}(key);", $"return pending.Result + 1; §{BlockingOnTask}"),
            2 => Code.Block($"public int {method}(int key)", Code.Block($"if ({fetch}(key).Result > {agent.Number(1, 99)}) §{BlockingOnTask}", "return key;"), "return 0;"),
            3 => Code.Block($"public int {method}(int key)", $"ValueTask<int> pending = new ValueTask<int>({fetch}(key));", $"return pending.Result; §{BlockingOnTask}"),
            _ => Code.Block($"public int {method}(int key)", $"return {fetch}(key).Result + {fetch}(key + 1).Result; §{BlockingOnTask} §{BlockingOnTask}"),
        });
    }

    private static void Wait(AgentDraft agent)
    {
        var fetch = Lookup(agent);
        var method = agent.Name("Ensure", "Sync", "Complete");
        agent.Method(agent.Number(0, 4) switch
        {
            0 => $"public void {method}() => {fetch}({agent.Number(1, 99)}).Wait(); §{BlockingOnTask}",
            1 => $"public bool {method}(int key) => {fetch}(key).Wait({agent.Number(1, 90) * 100}); §{BlockingOnTask}",
            2 => Code.Block($"public void {method}(CancellationToken token)", $"Task pending = {fetch}(3);", $"pending.Wait(token); §{BlockingOnTask}"),
            _ => Code.Block($"public void {method}()", "try", "{", $"    Task.Run(() => {agent.Work()}(4)).Wait(); §{BlockingOnTask}", "}", "catch (AggregateException)", "{", "}"),
        });
    }

    private static void GetResult(AgentDraft agent)
    {
        var fetch = Lookup(agent);
        var method = agent.Name("Read", "Obtain", "Pull");
        agent.Method(agent.Number(0, 3) switch
        {
            0 => $"public int {method}(int key) => {fetch}(key).GetAwaiter().GetResult(); §{BlockingOnTask}",
            1 => Code.Block($"public int {method}(int key)", $"return {fetch}(key).ConfigureAwait(false).GetAwaiter().GetResult(); §{BlockingOnTask}"),
            _ => Code.Block($"public void {method}()", $"Task.Delay({agent.Number(1, 90)}).GetAwaiter().GetResult(); §{BlockingOnTask}"),
        });
    }

    private static void WaitAll(AgentDraft agent)
    {
        var fetch = Lookup(agent);
        var method = agent.Name("Barrier", "Gather", "Join");
        agent.Method(agent.Pick(
            $"public void {method}(int a, int b) => Task.WaitAll({fetch}(a), {fetch}(b)); §{BlockingOnTask}",
            Code.Block($"public int {method}(params Task[] tasks)", $"return Task.WaitAny(tasks); §{BlockingOnTask}"),
            Code.Block($"public bool {method}(List<Task> tasks)", $"return Task.WaitAll(tasks.ToArray(), {agent.Number(1, 50) * 100}); §{BlockingOnTask}")));
    }

    private static void EventHandler(AgentDraft agent)
    {
        var fetch = Lookup(agent);
        var changed = agent.Name("Changed", "Arrived", "Sold");
        var method = agent.Name("OnChanged", "OnArrived");
        agent.Field($"public event EventHandler {changed};");
        agent.Method(Code.Block($"private async void {method}(object sender, EventArgs e)", $"await {fetch}({agent.Number(1, 99)});"));
        var subscribe = agent.Name("Subscribe", "Attach");
        agent.Method(Code.Block($"public void {subscribe}()", $"{changed} += {method};", $"{changed} += async (sender, e) => await {fetch}(2);", $"{changed}?.Invoke(this, EventArgs.Empty);"));
    }

    private static void TaskLambda(AgentDraft agent)
    {
        var fetch = Lookup(agent);
        var method = agent.Name("TryAsync", "TwiceAsync");
        agent.Method(Code.Block($"public async Task<int> {method}(int key)", $"Func<int, Task<int>> ask = async value => await {fetch}(value) + 1;", $"Func<Task> pause = async () => await Task.Delay({agent.Number(1, 50)});", "await pause();", "return await ask(key);"));
    }

    private static void ResultAfterAwait(AgentDraft agent)
    {
        var fetch = Lookup(agent);
        var method = agent.Name("BothAsync", "PairAsync", "FirstAsync");
        agent.Method(agent.Number(0, 3) switch
        {
            0 => Code.Block($"public async Task<int> {method}(int key)", $"var one = {fetch}(key);", $"var two = {fetch}(key + 1);", "await Task.WhenAll(one, two);", "return one.Result + two.Result;"),
            1 => Code.Block($"public async Task<int> {method}(int key)", $"var pending = {fetch}(key);", "await pending;", "return pending.Result;"),
            _ => $"public Task<int> {method}(int key) => {fetch}(key).ContinueWith(done => done.Result + {agent.Number(1, 9)}, TaskScheduler.Default);",
        });
    }

    private static void OtherResult(AgentDraft agent)
    {
        var type = agent.Name("Outcome", "Verdict", "Finding");
        var method = agent.Name("Judge", "Decide");
        var slots = agent.FieldName("slots", "permits");
        agent.Nested($"private sealed record {type}(int Result, bool Wait);");
        agent.Field($"private readonly SemaphoreSlim {slots} = new({agent.Number(1, 8)});");
        agent.Method(Code.Block($"private int {method}(int value)", $"{slots}.Wait();", $"var outcome = new {type}(value * {agent.Number(2, 9)}, value > 2);", $"{slots}.Release();", "return outcome.Wait ? outcome.Result : 0;"));
    }
}
