using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>Loops that nothing ends, some of which look as if something did.</summary>
internal static class EndlessLoops
{
    public static readonly Func<AgentDraft, LoopShape>[] All =
    [
        Plain, ConstantField, NeverChangedFlag, BreakOfSwitch, BreakOfInnerLoop, ReturnOfLambda, CaughtThrow, ContinueOnly,
    ];

    public static LoopShape Any(AgentDraft agent) => agent.Pick(All)(agent);

    public static LoopShape Plain(AgentDraft agent) => agent.Number(0, 6) switch
    {
        0 => Endless("for (;;)"),
        1 => new LoopShape("while (true)", Do: true, Rule: UnstoppableLoop),
        2 => Endless("for (var round = 0; ; round++)"),
        3 => Endless("while (1 < 2)"),
        4 => Endless("for (; true;)"),
        _ => Endless("while (true)"),
    };

    private static LoopShape ConstantField(AgentDraft agent)
    {
        var name = agent.Name("Forever", "Always", "KeepRunning");
        agent.Field($"private const bool {name} = true;");
        return Endless($"while ({name})");
    }

    private static LoopShape NeverChangedFlag(AgentDraft agent)
    {
        var flag = agent.FieldName("alwaysOn", "onAir", "goOn");
        agent.Field($"private {agent.Pick("", "readonly ", "static ")}bool {flag} = true;");
        return Endless($"while ({flag})");
    }

    private static LoopShape BreakOfSwitch(AgentDraft agent) => Endless(agent.Pick("while (true)", "for (;;)"), $$"""
        switch ({{agent.Work()}}({{agent.Number(1, 60)}}) % 3)
        {
            case 0:
                {{agent.Step()}}
                break;
            default:
                break;
        }
        """);

    private static LoopShape BreakOfInnerLoop(AgentDraft agent)
    {
        var index = agent.Local("index", "slot", "attempt");
        return Endless("while (true)", $$"""
            for (var {{index}} = 0; {{index}} < {{agent.Number(3, 40)}}; {{index}}++)
            {
                if ({{agent.Work()}}({{index}}) > {{agent.Number(10, 900)}})
                    break;
            }
            """);
    }

    private static LoopShape ReturnOfLambda(AgentDraft agent)
    {
        var rate = agent.Local("rate", "weigh", "rank");
        return Endless("while (true)", $$"""
            Func<int, int> {{rate}} = value =>
            {
                if (value < 0)
                    return 0;
                return value * {{agent.Number(2, 9)}};
            };
            {{rate}}({{agent.Work()}}({{agent.Number(1, 9)}}));
            """);
    }

    private static LoopShape CaughtThrow(AgentDraft agent) => Endless("while (true)", $$"""
        try
        {
            if ({{agent.Work()}}({{agent.Number(1, 99)}}) < 0)
                throw new InvalidOperationException("{{agent.Noun}} out of range");
        }
        catch (Exception)
        {
            {{agent.Step()}}
        }
        """);

    private static LoopShape ContinueOnly(AgentDraft agent) => Endless("while (true)", Code.Lines(
        $"if ({agent.Work()}({agent.Number(1, 99)}) % 2 == 0)", "    continue;"));

    private static LoopShape Endless(string header, string guard = "") => new(header, guard, Rule: UnstoppableLoop);
}
