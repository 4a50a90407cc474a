using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>The ways in which an agent starts a task or pool item for a loop of its own.</summary>
internal static class TaskStarters
{
    public static readonly (string Name, Action<AgentDraft, string> Start)[] All =
    [
        ("discarded-run", DiscardedRun), ("run-statement", RunStatement), ("run-lambda", RunLambda), ("run-async", RunAsync),
        ("long-running-kept", LongRunningKept), ("long-running-lines", LongRunningLines), ("start-new", StartNew), ("pool-item", PoolItem),
        ("pool-method", PoolMethod), ("pool-unsafe", PoolUnsafe), ("pool-body", PoolBody),
    ];

    /// <summary>Tasks that the agent keeps: agents by behaviour without evidence of their own.</summary>
    public static readonly (string Name, Action<AgentDraft, string> Start)[] Kept = [("kept-run", KeptRun), ("kept-start-new", KeptStartNew), ("kept-list", KeptList)];

    private static string Loop(AgentDraft agent, string loop)
    {
        agent.Use("System.Threading.Tasks");
        return ThreadStarters.LoopMethod(agent, loop);
    }

    private static void DiscardedRun(AgentDraft agent, string loop)
    {
        var method = Loop(agent, loop);
        agent.Start($"_ = Task.Run({agent.Pick(method, $"() => {method}()", $"this.{method}")}); §{UnsupervisedTask}");
    }

    private static void RunStatement(AgentDraft agent, string loop) => agent.Start($"Task.Run({Loop(agent, loop)}); §{UnsupervisedTask}");

    private static void RunLambda(AgentDraft agent, string loop)
    {
        agent.Use("System.Threading.Tasks");
        agent.Start(Code.Lines(agent.Pick("_ = ", "") + $"Task.Run(() => §{UnsupervisedTask}", "{", Code.Indent(loop), "});"));
    }

    private static void RunAsync(AgentDraft agent, string loop)
    {
        agent.Use("System.Threading.Tasks");
        var method = agent.Name("PumpAsync", "LoopAsync", "SweepAsync");
        agent.Method(Code.Block($"private async Task {method}()", $"await Task.Delay({agent.Number(1, 50)});", loop));
        agent.Start($"_ = {agent.Pick("Task", "System.Threading.Tasks.Task")}.Run({agent.Pick(method, $"async () => await {method}()")}); §{UnsupervisedTask}");
    }

    private static void LongRunningKept(AgentDraft agent, string loop)
    {
        var method = Loop(agent, loop);
        var task = agent.FieldName("task", "loopTask");
        agent.Field($"private Task {task};");
        agent.Start($"{task} = Task.Factory.StartNew({method}, TaskCreationOptions.LongRunning); §{UnsupervisedTask}");
    }

    private static void LongRunningLines(AgentDraft agent, string loop)
    {
        var method = Loop(agent, loop);
        agent.Start(Code.Lines(
            $"Task.Factory.StartNew( §{UnsupervisedTask}",
            $"    () => {method}(),",
            "    CancellationToken.None,",
            "    TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,",
            "    TaskScheduler.Default);"));
    }

    private static void StartNew(AgentDraft agent, string loop) => agent.Start($"{agent.Pick("_ = ", "")}Task.Factory.StartNew({Loop(agent, loop)}); §{UnsupervisedTask}");

    private static void PoolItem(AgentDraft agent, string loop) =>
        agent.Start($"ThreadPool.QueueUserWorkItem({agent.Pick("_", "state", "unused")} => {Loop(agent, loop)}()); §{UnsupervisedTask}");

    private static void PoolMethod(AgentDraft agent, string loop)
    {
        var method = ThreadStarters.LoopMethod(agent, loop, "object state");
        agent.Start($"ThreadPool.QueueUserWorkItem({agent.Pick(method, $"new WaitCallback({method})", $"{method}, {agent.Number(1, 9)}")}); §{UnsupervisedTask}");
    }

    private static void PoolUnsafe(AgentDraft agent, string loop) =>
        agent.Start($"ThreadPool.UnsafeQueueUserWorkItem(_ => {Loop(agent, loop)}(), null); §{UnsupervisedTask}");

    private static void PoolBody(AgentDraft agent, string loop) =>
        agent.Start(Code.Lines($"ThreadPool.QueueUserWorkItem(delegate §{UnsupervisedTask}", "{", Code.Indent(loop), "});"));

    private static void KeptRun(AgentDraft agent, string loop)
    {
        var method = Loop(agent, loop);
        var task = agent.FieldName("task", "loopTask", "pumping");
        agent.Field($"private Task {task} = Task.CompletedTask;");
        agent.Start($"{agent.This}{task} = Task.Run({method});");
    }

    private static void KeptStartNew(AgentDraft agent, string loop)
    {
        var method = Loop(agent, loop);
        var task = agent.FieldName("task", "loopTask", "pumping");
        agent.Field($"private Task {task};");
        agent.Start($"{task} = Task.Factory.StartNew({method}, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default);");
    }

    private static void KeptList(AgentDraft agent, string loop)
    {
        var method = Loop(agent, loop);
        var tasks = agent.FieldName("tasks", "loops");
        agent.Field($"private readonly List<Task> {tasks} = new List<Task>();");
        agent.Start($"{tasks}.Add(Task.Run({method}));");
        var ended = agent.Name("EndedAsync", "WhenDone", "CompletionAsync");
        agent.Method($"public Task {ended}() => Task.WhenAll({tasks});");
    }
}
