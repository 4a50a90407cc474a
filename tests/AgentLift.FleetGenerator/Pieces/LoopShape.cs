using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>How a loop is headed and left; what it does each round comes from elsewhere.</summary>
/// <param name="Header">The loop's head, or the condition after <c>while</c> where <paramref name="Do"/> is set.</param>
/// <param name="Guard">Statements at the start of each round.</param>
/// <param name="Before">Statements before the loop.</param>
/// <param name="Do">Whether the loop tests its condition at the end.</param>
/// <param name="Rule">Rule that is reported on the loop's keyword.</param>
internal sealed record LoopShape(string Header, string Guard = "", string Before = "", bool Do = false, string? Rule = null)
{
    public string Write(params IEnumerable<string> body)
    {
        var mark = Rule is null ? "" : " " + Code.Mark + Rule;
        List<string> round = [Guard, .. body];
        var loop = Do
            ? Code.Lines("do" + mark, "{", Code.Indent(Code.Lines(round)), "}", Header + ";")
            : Code.Block(Header + mark, round);
        return Code.Lines(Before, loop);
    }
}

/// <summary>What a loop does each round beside its work.</summary>
internal static class Rounds
{
    /// <summary>A round that works and waits in some way on its own thread.</summary>
    public static string Any(AgentDraft agent) => Any(agent, sleeps: agent.Chance(2));

    public static string Any(AgentDraft agent, bool sleeps)
    {
        var work = agent.Step();
        var wait = sleeps ? Sleep(agent) : Idle(agent);
        return agent.Number(0, 5) switch
        {
            0 => Code.Lines(wait, work),
            1 => Code.Lines(Try(agent, work), wait),
            2 => Code.Lines(Code.Block($"if ({agent.Work()}({agent.Number(1, 99)}) > {agent.Number(1, 50)})", work), wait),
            3 when sleeps => Try(agent, Code.Lines(work, wait)),
            _ => Code.Lines(work, wait),
        };
    }

    public static string Sleep(AgentDraft agent)
    {
        var milliseconds = agent.Number(2, 60) * 50;
        var sleep = agent.Number(0, 5) switch
        {
            0 => $"Thread.Sleep(TimeSpan.FromMilliseconds({milliseconds}));",
            1 => $"System.Threading.Thread.Sleep({milliseconds});",
            2 => $"Thread.Sleep(millisecondsTimeout: {milliseconds});",
            _ => $"Thread.Sleep({milliseconds});",
        } + $" §{SleepPolling}";
        return agent.Number(0, 6) switch
        {
            0 => Code.Block($"if ({agent.Work()}({milliseconds}) < {milliseconds})", sleep),
            1 => Code.Lines("try", "{", Code.Indent(agent.Step()), "}", "finally", "{", Code.Indent(sleep), "}"),
            _ => sleep,
        };
    }

    private static string Idle(AgentDraft agent)
    {
        switch (agent.Number(0, 5))
        {
            case 0:
                return "Thread.Yield();";
            case 1:
                return $"Thread.SpinWait({agent.Number(10, 400)});";
            case 2:
                // The sleep is in no loop of its own function.
                var pause = agent.Name("Pause", "Rest", "Breathe");
                agent.Method(agent.Chance(2)
                    ? $"private static void {pause}(int milliseconds) => Thread.Sleep(milliseconds);"
                    : Code.Block($"private void {pause}(int milliseconds)", "Thread.Sleep(milliseconds);"));
                return $"{pause}({agent.Number(2, 40) * 25});";
            case 3:
                var wake = agent.FieldName("wake", "due", "ready");
                agent.Field($"private readonly AutoResetEvent {wake} = new(false);");
                return $"{wake}.WaitOne({agent.Number(1, 9) * 100});";
            default:
                return "";
        }
    }

    private static string Try(AgentDraft agent, string work)
    {
        var handler = agent.Pick("catch (InvalidOperationException)", "catch (Exception)", "catch (FormatException)", "catch");
        var failures = agent.FieldName("failures", "errors", "faults");
        agent.Field($"private int {failures};");
        return Code.Lines("try", "{", Code.Indent(work), "}", handler, "{", $"    {failures}++;", "}");
    }
}
