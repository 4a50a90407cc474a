using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;
using static AgentLift.FleetGenerator.Drafting.PieceRole;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>Threads, sleeps, tasks and loops that must not be reported.</summary>
internal static class LoopDecoys
{
    public static IEnumerable<Piece> All =>
    [
        new Piece("sleep outside a loop", Decoy, SleepOnce),
        new Piece("sleep of a lambda made in a loop", Decoy, SleepInLambda),
        new Piece("current thread", Decoy, CurrentThread),
        new Piece("tasks kept and awaited", Decoy, AwaitedTasks),
        new Piece("endless with a way out", Decoy, EndlessWithExit),
        new Piece("endless with a token", Decoy, EndlessWithToken),
        new Piece("iterator", Decoy, Iterator),
        new Piece("local flag", Decoy, LocalFlag),
        new Piece("flag of one method", Decoy, OwnFlag),
        new Piece("queue consumer", Decoy, Consumer),
        new Piece("disabled code", Decoy, DisabledCode),
        new Piece("code in text", Decoy, CodeInText),
    ];

    private static void SleepOnce(AgentDraft agent)
    {
        var method = agent.Name("Settle", "Warm", "GiveWay");
        agent.Method(agent.Pick(
            $"private static void {method}() => Thread.Sleep({agent.Number(1, 90)});",
            Code.Block($"public void {method}(int value)", "if (value > 2)", $"    Thread.Sleep({agent.Number(1, 90)});", agent.Step()),
            Code.Block($"public int {method}(int value)", Code.Lines("for (var i = 0; i < 3; i++)", $"    value = {agent.Work()}(value);"), $"Thread.Sleep({agent.Number(1, 90)});", "return value;")));
    }

    private static void SleepInLambda(AgentDraft agent)
    {
        var method = agent.Name("Delays", "Pauses", "Gaps");
        agent.Method(Code.Block(
            $"private static List<Action> {method}(int count)",
            "var pauses = new List<Action>();",
            Code.Block("for (var i = 1; i <= count; i++)", $"var length = i * {agent.Number(2, 90)};", "pauses.Add(() => Thread.Sleep(length));"),
            "return pauses;"));
    }

    private static void CurrentThread(AgentDraft agent)
    {
        var method = agent.Name("Where", "OnThread", "Culture");
        agent.Method(agent.Pick(
            $"private static int {method}() => Thread.CurrentThread.ManagedThreadId;",
            Code.Block($"private static string {method}()", "var current = Thread.CurrentThread;", "return current.Name ?? current.ManagedThreadId.ToString();")));
    }

    private static void AwaitedTasks(AgentDraft agent)
    {
        agent.Use("System.Threading.Tasks", "System.Linq");
        var method = agent.Name("SumAsync", "SpreadAsync", "GatherAsync");
        var work = agent.Work();
        agent.Method(agent.Number(0, 4) switch
        {
            0 => Code.Block($"public async Task<int> {method}(int[] values)", $"var parts = values.Select(value => Task.Run(() => {work}(value))).ToArray();", "await Task.WhenAll(parts);", "return parts.Sum(part => part.GetHashCode());"),
            1 => Code.Block($"public async Task<int> {method}(int value)", $"var work = Task.Run(() => {work}(value));", "return await work;"),
            2 => $"public Task<int> {method}(int value) => Task.Run(() => {work}(value));",
            _ => Code.Block($"public async Task {method}(int value)", $"await Task.Factory.StartNew(() => {work}(value));"),
        });
    }

    private static void EndlessWithExit(AgentDraft agent)
    {
        var method = agent.Name("Converge", "Reduce", "Shrink");
        var work = agent.Work();
        agent.Method(agent.Number(0, 5) switch
        {
            0 => Code.Block($"private int {method}(int value)", Code.Block("while (true)", $"value = {work}(value) / 2;", "if (value < 10)", "    return value;")),
            1 => Code.Block($"private int {method}(int value)", Code.Block("for (;;)", $"value -= {work}(1) | 1;", Code.Lines("if (value <= 0)", "    break;")), "return value;"),
            2 => Code.Block($"private int {method}(Queue<int> values)", Code.Block("while (true)", Code.Lines("if (!values.TryDequeue(out var next))", "    throw new InvalidOperationException(\"empty\");"), $"{work}(next);")),
            3 => Code.Block($"private int {method}(int value)", "do", "{", $"    value = {work}(value) - 7;", "    if (value < 3)", "        break;", "}", "while (true);", "return value;"),
            _ => Code.Block($"private int {method}(int value)", Code.Block("while (true)", Code.Block("switch (value % 4)", "case 0:", "    return value;", "default:", $"    value = {work}(value) + 1;", "    break;"))),
        });
    }

    private static void EndlessWithToken(AgentDraft agent)
    {
        agent.Use("System.Threading.Tasks");
        var method = agent.Name("FollowAsync", "KeepUpAsync", "MirrorAsync");
        agent.Method(Code.Block(
            $"public async Task {method}(CancellationToken token)",
            Code.Block("while (true)", agent.Pick(
                $"await Task.Delay({agent.Number(10, 900)}, token);",
                "token.ThrowIfCancellationRequested();\nawait Task.Yield();",
                $"if (token.IsCancellationRequested) break;\nawait Task.Delay({agent.Number(10, 900)});"), agent.Step())));
    }

    private static void Iterator(AgentDraft agent)
    {
        var method = agent.Name("Sequence", "Ids", "Steps");
        agent.Method(Code.Block($"private static IEnumerable<int> {method}(int start)", Code.Block(agent.Pick("while (true)", "for (;;)"), $"yield return start;", $"start = start * {agent.Number(2, 7)} + 1;")));
    }

    private static void LocalFlag(AgentDraft agent)
    {
        var method = agent.Name("Sort", "Arrange", "Order");
        agent.Method(Code.Block(
            $"private static void {method}(int[] values)",
            "var swapped = true;",
            Code.Block("while (swapped)", "swapped = false;", Code.Block("for (var i = 1; i < values.Length; i++)", Code.Block("if (values[i - 1] > values[i])", "(values[i - 1], values[i]) = (values[i], values[i - 1]);", "swapped = true;")))));
    }

    /// <summary>Written only by the method whose loop reads it.</summary>
    private static void OwnFlag(AgentDraft agent)
    {
        var flag = agent.FieldName("more", "pending", "dirty");
        var method = agent.Name("Flush", "Empty", "Unroll");
        agent.Field($"private bool {flag};");
        agent.Method(Code.Block($"public int {method}(int count)", $"{flag} = count > 0;", Code.Block($"while ({flag})", $"count -= {agent.Number(1, 4)};", $"{flag} = count > 0;"), "return count;"));
    }

    private static void Consumer(AgentDraft agent)
    {
        agent.Use("System.Collections.Concurrent");
        var queue = agent.FieldName("queue", "waiting", "backlog");
        agent.Field($"private readonly BlockingCollection<int> {queue} = new();");
        var method = agent.Name("Consume", "Eat", "Digest");
        agent.Method(Code.Block($"public void {method}()", Code.Block($"foreach (var item in {queue}.GetConsumingEnumerable())", $"{agent.Work()}(item);")));
        agent.Stop($"{queue}.CompleteAdding();");
    }

    private static void DisabledCode(AgentDraft agent)
    {
        var method = agent.Name("Explain", "Describe", "Outline");
        agent.Method(Code.Block(
            $"private string {method}(int value)",
            agent.Pick("#if LEGACY_LOOP", "#if NEVER_DEFINED && DEBUG"),
            "while (true)",
            "{",
            "    new Thread(Loop).Start();",
            "    Thread.Sleep(100);",
            "}",
            "#else",
            $"return value.ToString() + \"{agent.Noun}\";",
            "#endif"));
    }

    private static void CodeInText(AgentDraft agent)
    {
        var constant = agent.Name("Manual", "Hint", "Usage");
        agent.Field($"private const string {constant} = \"while (true) {{ new Thread(Loop).Start(); Thread.Sleep(10); }}\";");
        var method = agent.Name("Help", "HintText");
        agent.Method(Code.Lines("// Was: ThreadPool.QueueUserWorkItem(_ => Console.WriteLine(\"tick\"));", $"private static string {method}() => {constant}.Trim();"));
    }
}
