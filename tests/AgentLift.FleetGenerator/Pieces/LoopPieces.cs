using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;
using static AgentLift.FleetGenerator.Drafting.PieceRole;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>AGL2001 to AGL2004 and AGL2009: threads, tasks and the loops that they run.</summary>
internal static class LoopPieces
{
    public static IEnumerable<Piece> All =>
    [
        .. ThreadStarters.All.Select(starter => new Piece("thread " + starter.Name, Owner, agent => starter.Start(agent, AnyLoop(agent)))),
        .. TaskStarters.All.Select(starter => new Piece("task " + starter.Name, Owner, agent => starter.Start(agent, AnyLoop(agent)))),
        .. TaskStarters.Kept.Select(starter => new Piece("task " + starter.Name, Owner, agent => starter.Start(agent, AnyLoop(agent)))),
        .. Gates.All.Select(gate => new Piece("gate " + gate.Method.Name, Owner, agent => ThreadStarters.Any(agent, gate(agent).Write(Rounds.Any(agent))))),
        .. EndlessLoops.All.Select(loop => new Piece("endless " + loop.Method.Name, Owner, agent => ThreadStarters.Any(agent, loop(agent).Write(Rounds.Any(agent))))),
        new Piece("run sleeps", Owner, agent => Run(agent, Gates.Any(agent).Write(Rounds.Any(agent, sleeps: true)))),
        new Piece("run endless", Owner, agent => Run(agent, EndlessLoops.Any(agent).Write(Rounds.Any(agent)))),
        new Piece("shared racy flag", Owner, SharedFlag),
        new Piece("thread through a helper", Pattern, ThreadHelper),
        new Piece("async endless", Pattern, AsyncEndless),
        new Piece("sleep in a loop of a plain method", Pattern, SleepInMethod),
        new Piece("sleep by using static", Pattern, StaticSleep),
    ];

    public static string AnyLoop(AgentDraft agent) =>
        (agent.Chance(4) ? EndlessLoops.Any(agent) : Gates.Any(agent)).Write(Rounds.Any(agent));

    private static void Run(AgentDraft agent, string loop)
    {
        var name = agent.Pick("RunForever", "RunLoop", "RunUntilStopped", "RunMain");
        agent.Method(Code.Block($"public void {name}{agent.Name("All", "Rounds", "Here")}()", loop));
    }

    /// <summary>One flag, two loops: one report.</summary>
    private static void SharedFlag(AgentDraft agent)
    {
        var gate = Gates.RacyField(agent);
        ThreadStarters.Any(agent, gate.Write(Rounds.Any(agent)));
        ThreadStarters.Any(agent, (gate with { Do = false, Header = gate.Header }).Write(Rounds.Any(agent)));
    }

    private static void ThreadHelper(AgentDraft agent)
    {
        var method = ThreadStarters.LoopMethod(agent, Gates.Any(agent).Write(Rounds.Any(agent)));
        var spawn = agent.Name("Spawn", "Fork", "Background");
        agent.Method(Code.Block(
            $"private static Thread {spawn}(ThreadStart body, string name)",
            $"var thread = new Thread(body) {{ Name = name, IsBackground = true }}; §{ManualThread}",
            "thread.Start();",
            "return thread;"));
        agent.Start($"{spawn}({method}, \"{agent.Noun}\");");
    }

    private static void AsyncEndless(AgentDraft agent)
    {
        agent.Use("System.Threading.Tasks");
        var method = agent.Name("WatchAsync", "FollowAsync", "TrackAsync");
        agent.Method(Code.Block(
            $"public async Task {method}()",
            EndlessLoops.Plain(agent).Write(agent.Step(), $"await Task.Delay({agent.Number(1, 90) * 10}){agent.Pick("", ".ConfigureAwait(false)")};")));
    }

    private static void SleepInMethod(AgentDraft agent)
    {
        var method = agent.Name("Retry", "Settle", "Replay", "Resend");
        var index = agent.Local("attempt", "index");
        agent.Method(agent.Number(0, 3) switch
        {
            0 => Code.Block($"public bool {method}(IEnumerable<int> values)", Code.Block("foreach (var value in values)", Code.Lines($"if ({agent.Work()}(value) > 3)", "    return true;", Rounds.Sleep(agent))), "return false;"),
            1 => Code.Block($"internal int {method}(int rounds)", $"var {index} = 0;", Code.Block($"while ({index} < rounds)", $"{index}++;", Rounds.Sleep(agent)), $"return {index};"),
            _ => Code.Block($"public void {method}(int rounds)", $"for (var {index} = 0; {index} < rounds; {index}++)", $"    Thread.Sleep({index} * {agent.Number(10, 90)}); §{SleepPolling}"),
        });
    }

    private static void StaticSleep(AgentDraft agent)
    {
        agent.Use("static System.Threading.Thread");
        var method = agent.Name("Linger", "Await", "HoldOn");
        agent.Method(Code.Block($"private void {method}(Queue<int> waiting)", Code.Block("while (waiting.Count > 0)", "waiting.Dequeue();", $"Sleep({agent.Number(5, 90) * 10}); §{SleepPolling}")));
    }
}
