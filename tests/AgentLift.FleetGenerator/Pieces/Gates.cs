using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>The ways in which a loop of an agent can be stopped.</summary>
internal static class Gates
{
    public static readonly Func<AgentDraft, LoopShape>[] All =
    [
        RacyField, RacyNegativeField, RacyFieldInside, RacyProperty, VolatileFlag, TokenSource, TokenInside, TokenThrows, WaitHandle,
        VolatileRead, VolatileNumber, InterlockedNumber, LockedFlag, LockedProperty,
    ];

    public static LoopShape Any(AgentDraft agent) => agent.Pick(All)(agent);

    public static LoopShape RacyField(AgentDraft agent)
    {
        var flag = agent.FieldName("running", "active", "working", "enabled", "open", "keepGoing");
        if (agent.Chance(2))
        {
            agent.Field($"private bool {flag}; §{RacyStopFlag}");
            agent.Start($"{agent.This}{flag} = true;");
        }
        else
        {
            agent.Field($"private bool {flag} = true; §{RacyStopFlag}");
        }

        agent.Stop($"{agent.This}{flag} = false;");
        return agent.Number(0, 6) switch
        {
            0 => new LoopShape($"for (; {flag};)"),
            1 => new LoopShape($"while ({flag})", Do: true),
            2 => new LoopShape($"while ({flag} == true)"),
            3 => new LoopShape($"for (var round = 0; {flag} && round < int.MaxValue; round++)"),
            4 => new LoopShape($"while (this.{flag})"),
            _ => new LoopShape($"while ({flag})"),
        };
    }

    public static LoopShape RacyNegativeField(AgentDraft agent)
    {
        var flag = agent.FieldName("stop", "stopping", "finished", "quit", "cancelled", "closing");
        agent.Field($"{agent.Pick("private", "internal", "protected")} bool {flag}; §{RacyStopFlag}");
        agent.Stop($"{agent.This}{flag} = true;");
        return agent.Chance(4) ? new LoopShape($"while ({flag} is false)") : new LoopShape($"while (!{flag})", Do: agent.Chance(4));
    }

    public static LoopShape RacyFieldInside(AgentDraft agent)
    {
        var flag = agent.FieldName("stop", "stopping", "ended", "quit", "shut");
        agent.Field($"private bool {flag}; §{RacyStopFlag}");
        if (agent.Chance(2))
        {
            agent.Stop($"{flag} = true;");
        }
        else
        {
            var request = agent.Name("RequestStop", "Halt", "Leave");
            agent.Method($"public void {request}() => {flag} = true;");
        }

        return new LoopShape(agent.Pick("while (true)", "for (;;)"), agent.Pick($"if ({flag})\n    break;", $"if ({flag})\n{{\n    return;\n}}"));
    }

    public static LoopShape RacyProperty(AgentDraft agent)
    {
        var flag = agent.Name("Running", "Active", "Working", "Enabled");
        agent.Field($"{agent.Pick("public", "internal")} bool {flag} {{ get; private set; }} = true; §{RacyStopFlag}");
        agent.Stop($"{flag} = false;");
        return new LoopShape($"while ({flag})");
    }

    private static LoopShape VolatileFlag(AgentDraft agent)
    {
        var flag = agent.FieldName("running", "active", "working", "open");
        agent.Field($"private volatile bool {flag} = true;");
        agent.Stop($"{flag} = false;");
        return new LoopShape($"while ({flag})");
    }

    public static LoopShape TokenSource(AgentDraft agent)
    {
        var source = Source(agent);
        var token = agent.Local("token", "stopToken", "cancel");
        return agent.Number(0, 3) switch
        {
            0 => new LoopShape($"while (!{source}.IsCancellationRequested)"),
            1 => new LoopShape($"while (!{source}.Token.IsCancellationRequested)", Do: agent.Chance(3)),
            _ => new LoopShape($"while (!{token}.IsCancellationRequested)", Before: $"var {token} = {source}.Token;"),
        };
    }

    private static LoopShape TokenInside(AgentDraft agent)
    {
        var source = Source(agent);
        return new LoopShape(agent.Pick("while (true)", "for (;;)"), agent.Pick(
            $"if ({source}.IsCancellationRequested) break;",
            $"if ({source}.Token.WaitHandle.WaitOne({agent.Number(1, 20) * 50}))\n    return;"));
    }

    private static LoopShape TokenThrows(AgentDraft agent)
    {
        var source = Source(agent);
        var token = agent.Local("token", "stopToken");
        return new LoopShape("while (true)", $"{token}.ThrowIfCancellationRequested();", Before: $"CancellationToken {token} = {source}.Token;");
    }

    private static LoopShape WaitHandle(AgentDraft agent)
    {
        var done = agent.FieldName("done", "ended", "stopSignal");
        var slim = agent.Chance(2);
        agent.Field(slim ? $"private readonly ManualResetEventSlim {done} = new(false);" : $"private readonly ManualResetEvent {done} = new ManualResetEvent(false);");
        agent.Stop($"{done}.Set();");
        // ManualResetEventSlim.Wait is no wait for a task.
        return new LoopShape($"while (!{done}.{(slim ? "Wait" : "WaitOne")}({agent.Number(1, 30) * 100}))");
    }

    private static LoopShape VolatileRead(AgentDraft agent)
    {
        var flag = agent.FieldName("stopped", "halted", "closed");
        agent.Field($"private bool {flag};");
        agent.Stop($"Volatile.Write(ref {flag}, true);");
        return new LoopShape($"while (!Volatile.Read(ref {flag}))");
    }

    private static LoopShape VolatileNumber(AgentDraft agent)
    {
        var state = agent.FieldName("state", "phase");
        agent.Field($"private int {state};");
        agent.Stop($"Volatile.Write(ref {state}, 2);");
        return new LoopShape($"while (Volatile.Read(ref {state}) < 2)");
    }

    private static LoopShape InterlockedNumber(AgentDraft agent)
    {
        var state = agent.FieldName("stopRequests", "endings");
        agent.Field($"private int {state};");
        agent.Stop($"Interlocked.Exchange(ref {state}, 1);");
        return new LoopShape($"while (Interlocked.CompareExchange(ref {state}, 0, 0) == 0)");
    }

    private static LoopShape LockedFlag(AgentDraft agent)
    {
        var (gate, flag) = Locked(agent);
        return new LoopShape("while (true)", Code.Lines($"lock ({gate})", "{", $"    if ({flag})", "        break;", "}"));
    }

    private static LoopShape LockedProperty(AgentDraft agent)
    {
        var (gate, flag) = Locked(agent);
        var property = agent.Name("IsEnding", "MustEnd", "IsOver");
        agent.Method(Code.Block($"private bool {property}", Code.Block("get", Code.Block($"lock ({gate})", $"return {flag};"))));
        return new LoopShape($"while (!{property})");
    }

    private static (string Gate, string Flag) Locked(AgentDraft agent)
    {
        var gate = agent.FieldName("gate", "sync", "guard");
        var flag = agent.FieldName("over", "ending", "leaving");
        agent.Field($"private readonly object {gate} = new();");
        agent.Field($"private bool {flag};");
        agent.Stop(Code.Block($"lock ({gate})", $"{flag} = true;"));
        return (gate, flag);
    }

    private static string Source(AgentDraft agent)
    {
        var source = agent.FieldName("cancel", "lifetime", "stopSource");
        agent.Field($"private readonly CancellationTokenSource {source} = new();");
        agent.Stop($"{source}.Cancel();");
        return source;
    }
}
