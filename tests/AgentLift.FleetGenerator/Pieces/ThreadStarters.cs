using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>The ways in which an agent starts a thread for a loop of its own.</summary>
internal static class ThreadStarters
{
    public static readonly (string Name, Action<AgentDraft, string> Start)[] All =
    [
        ("field", Field), ("field-with-initialiser", FieldWithInitialiser), ("long-initialiser", LongInitialiser), ("local", Local),
        ("at-once", AtOnce), ("lambda-body", LambdaBody), ("anonymous-method", AnonymousMethod), ("local-function", LocalFunction),
        ("target-typed", TargetTyped), ("delegate", ExplicitDelegate), ("parameterised", Parameterised), ("several", Several),
        ("qualified", Qualified), ("static", StaticField), ("two-deep", TwoDeep), ("field-initialiser", ListOfThreads),
    ];

    public static void Any(AgentDraft agent, string loop) => agent.Pick(All).Start(agent, loop);

    public static string LoopMethod(AgentDraft agent, string loop, string parameters = "")
    {
        var name = agent.Name("MainLoop", "Loop", "Pump", "Drain", "Sweep", "Poll", "Watch", "Refresh", "Work", "Tick");
        agent.Method(Code.Block($"{agent.Pick("private ", "private ", "internal ", "")}void {name}({parameters})", loop));
        return name;
    }

    private static string ThreadField(AgentDraft agent, string modifier = "private ")
    {
        var thread = agent.FieldName("thread", "loopThread", "pump", "sweeper");
        agent.Field($"{modifier}Thread {thread};");
        return thread;
    }

    private static void Field(AgentDraft agent, string loop)
    {
        var method = LoopMethod(agent, loop);
        var thread = ThreadField(agent);
        agent.Start($"{agent.This}{thread} = new Thread({agent.Pick(method, "this." + method, $"() => {method}()")}); §{ManualThread}");
        if (agent.Chance(2))
            agent.Start($"{thread}.IsBackground = true;");
        agent.Start($"{thread}.Start();");
        agent.Stop($"{thread}.Join({agent.Pick("", "1000", "TimeSpan.FromSeconds(2)")});");
    }

    private static void FieldWithInitialiser(AgentDraft agent, string loop)
    {
        var method = LoopMethod(agent, loop);
        var thread = ThreadField(agent);
        agent.Start($"{thread} = new Thread({method}) {{ IsBackground = true, Name = \"{agent.Noun}-loop\" }}; §{ManualThread}");
        agent.Start($"{agent.This}{thread}.Start();");
    }

    private static void LongInitialiser(AgentDraft agent, string loop)
    {
        var method = LoopMethod(agent, loop);
        var thread = ThreadField(agent);
        agent.Start(Code.Lines(
            $"{thread} = new Thread({method}) §{ManualThread}",
            "{",
            "    IsBackground = true,",
            $"    Name = \"{agent.Noun}\",",
            $"    Priority = ThreadPriority.{agent.Pick("BelowNormal", "AboveNormal", "Normal")},",
            "};"));
        agent.Start($"{thread}.Start();");
    }

    private static void Local(AgentDraft agent, string loop)
    {
        var method = LoopMethod(agent, loop);
        var thread = agent.Local("thread", "runner", "helper");
        agent.Start($"{agent.Pick("var", "Thread")} {thread} = new Thread(() => {method}()); §{ManualThread}");
        agent.Start($"{thread}.Start();");
    }

    private static void AtOnce(AgentDraft agent, string loop)
    {
        var method = LoopMethod(agent, loop);
        agent.Start(agent.Pick($"new Thread({method}).Start(); §{ManualThread}", $"new Thread({method}) {{ IsBackground = true }}.Start(); §{ManualThread}"));
    }

    private static void LambdaBody(AgentDraft agent, string loop)
    {
        var thread = agent.Local("thread", "background", "helper");
        agent.Start(Code.Lines($"var {thread} = new Thread(() => §{ManualThread}", "{", Code.Indent(loop), "});"));
        agent.Start($"{thread}.IsBackground = {agent.Pick("true", "false")};");
        agent.Start($"{thread}.Start();");
    }

    private static void AnonymousMethod(AgentDraft agent, string loop)
    {
        var thread = ThreadField(agent);
        agent.Start(Code.Lines($"{thread} = new Thread(delegate () §{ManualThread}", "{", Code.Indent(loop), "});"));
        agent.Start($"{thread}.Start();");
    }

    private static void LocalFunction(AgentDraft agent, string loop)
    {
        var body = agent.Name("Body", "Cycle", "Rounds");
        var launch = agent.Name("Launch", "Spawn", "StartLoop");
        var thread = agent.Local("thread", "runner");
        agent.Method(Code.Block(
            $"private void {launch}()",
            $"var {thread} = new Thread({body}); §{ManualThread}",
            $"{thread}.Start();",
            Code.Block($"void {body}()", loop)));
        agent.Start($"{launch}();");
    }

    private static void TargetTyped(AgentDraft agent, string loop)
    {
        var method = LoopMethod(agent, loop);
        var thread = ThreadField(agent);
        agent.Start($"{thread} = new({method}) {{ IsBackground = true }}; §{ManualThread}");
        agent.Start($"{thread}.Start();");
    }

    private static void ExplicitDelegate(AgentDraft agent, string loop)
    {
        var method = LoopMethod(agent, loop);
        var thread = ThreadField(agent);
        agent.Start($"{thread} = new Thread(new ThreadStart({method}), maxStackSize: {agent.Number(1, 9) * 65536}); §{ManualThread}");
        agent.Start($"{thread}.Start();");
    }

    private static void Parameterised(AgentDraft agent, string loop)
    {
        var method = LoopMethod(agent, loop, "object origin");
        var thread = agent.Local("thread", "runner");
        agent.Start($"Thread {thread} = new({agent.Pick(method, $"new ParameterizedThreadStart({method})")}); §{ManualThread}");
        agent.Start($"{thread}.Start({agent.Number(1, 99)});");
    }

    private static void Several(AgentDraft agent, string loop)
    {
        var method = LoopMethod(agent, loop);
        var index = agent.Local("index", "lane", "slot");
        var threads = agent.FieldName("threads", "lanes");
        agent.Field($"private readonly List<Thread> {threads} = new();");
        agent.Start(Code.Block(
            $"for (var {index} = 0; {index} < {agent.Number(2, 9)}; {index}++)",
            $"{threads}.Add(new Thread({method}) {{ IsBackground = true }}); §{ManualThread}",
            $"{threads}[{index}].Start();"));
    }

    private static void Qualified(AgentDraft agent, string loop)
    {
        var method = LoopMethod(agent, loop);
        var thread = agent.Local("thread", "runner");
        agent.Start($"var {thread} = new {agent.Pick("System.Threading.Thread", "global::System.Threading.Thread")}(this.{method}); §{ManualThread}");
        agent.Start($"{thread}.Start();");
    }

    private static void StaticField(AgentDraft agent, string loop)
    {
        var method = LoopMethod(agent, loop);
        var thread = ThreadField(agent, "private static ");
        agent.Start($"{agent.TypeName}.{thread} = new Thread({method}); §{ManualThread}");
        agent.Start($"{thread}.Start();");
    }

    /// <summary>The body of the thread calls the loop two methods down.</summary>
    private static void TwoDeep(AgentDraft agent, string loop)
    {
        var method = LoopMethod(agent, loop);
        var entry = agent.Name("Enter", "Guarded", "Begin");
        agent.Method(Code.Block($"private void {entry}()", agent.Step(), $"{method}();"));
        var thread = ThreadField(agent);
        agent.Start($"{thread} = new Thread({entry}); §{ManualThread}");
        agent.Start($"{thread}.Start();");
    }

    private static void ListOfThreads(AgentDraft agent, string loop)
    {
        var method = LoopMethod(agent, loop);
        var threads = agent.FieldName("threads", "crew", "hands");
        var one = agent.Local("thread", "hand");
        agent.Field($"private Thread[] {threads} = [];");
        agent.Start(Code.Lines($"{threads} =", "[", $"    new Thread({method}), §{ManualThread}", $"    new Thread({method}) {{ IsBackground = true }}, §{ManualThread}", "];"));
        agent.Start($"Array.ForEach({threads}, {one} => {one}.Start());");
    }
}
