using System.Text.RegularExpressions;
using AgentLift.Core.Rules;
using AgentLift.FleetGenerator.Emission;

namespace AgentLift.FleetGenerator.Drafting;

/// <summary>Turns what a draft collected into the members of its class: constructor, start and stop.</summary>
internal static partial class AgentAssembly
{
    /// <summary>Adds the members that the draft's bodies and parameters ask for and returns the base list and primary parameters.</summary>
    public static AgentShape Complete(AgentDraft agent)
    {
        if (agent.Traits.Contains(Traits.Device) && !agent.Traits.Contains(Traits.Budget))
            agent.ClassRules.Add(RuleIds.NoMemoryBudget);
        if (agent.Stores.Count >= 3)
            agent.ClassRules.Add(RuleIds.MultipleDatabases);

        var bases = new List<string>();
        if (agent.Lifted)
            AddLiftedLifecycle(agent);
        else
            AddLifecycle(agent, bases);
        if (agent.StaticConstructorBody.Count > 0)
            agent.Members.Add(new Member(MemberKind.Constructor, Code.Block($"static {agent.TypeName}()", agent.StaticConstructorBody)));
        return new AgentShape(AddConstructor(agent), agent.Lifted ? ["BaseAgent"] : bases);
    }

    private static void AddLifecycle(AgentDraft agent, List<string> bases)
    {
        if (agent.StartBody.Count > 0)
        {
            // A constructor that starts the loops itself is as common as a Start method.
            if (agent.Chance(5))
                agent.ConstructorBody.AddRange(agent.StartBody);
            else
                agent.Members.Add(new Member(MemberKind.Lifecycle, Method(agent, $"public void {agent.Pick("Start", "StartUp", "Begin", "Launch")}()", agent.StartBody)));
        }

        if (agent.StopBody.Count == 0)
            return;
        var disposes = agent.Chance(3);
        if (disposes)
            bases.Add("IDisposable");
        agent.Members.Add(new Member(MemberKind.Lifecycle, Method(agent, $"public void {(disposes ? "Dispose" : agent.Pick("Stop", "Shutdown", "Close", "End"))}()", agent.StopBody)));
    }

    private static void AddLiftedLifecycle(AgentDraft agent)
    {
        agent.Use("AgentLift", "System.Threading.Tasks");
        foreach (var (name, body) in new[] { ("OnStartingAsync", agent.StartBody), ("OnStoppedAsync", agent.StopBody) })
        {
            if (body.Count > 0)
                agent.Members.Add(new Member(MemberKind.Lifecycle, Code.Block($"protected override ValueTask {name}(CancellationToken cancellationToken)", [.. body, "return ValueTask.CompletedTask;"])));
        }
    }

    private static string? AddConstructor(AgentDraft agent)
    {
        var parameters = agent.Parameters.Select(parameter => $"{parameter.Type} {parameter.Name}").ToList();
        if (agent.Lifted)
            parameters.Insert(0, "AgentContext context");
        var list = string.Join(", ", parameters);

        if (agent.ConstructorBody.Count == 0 && (agent.Lifted || agent.Parameters.Count > 0) && agent.Chance(2))
        {
            foreach (var (type, name, field) in agent.Parameters)
                agent.Field($"private readonly {type} {field} = {name};");
            return list;
        }

        foreach (var (type, _, field) in agent.Parameters)
            agent.Field($"private readonly {type} {field};");
        if (parameters.Count == 0 && agent.ConstructorBody.Count == 0)
            return null;
        List<string> body = [.. agent.Parameters.Select(parameter => $"{agent.This}{parameter.Field} = {parameter.Name};"), .. agent.ConstructorBody];
        var header = $"public {agent.TypeName}({list}){(agent.Lifted ? " : base(context)" : "")}";
        agent.Members.Add(new Member(MemberKind.Constructor, Method(agent, header, body)));
        return null;
    }

    private static string Method(AgentDraft agent, string header, List<string> body)
    {
        var single = body.Count == 1 && !body[0].Contains('\n') && Expression().IsMatch(body[0]);
        return single && agent.Chance(2) ? $"{header} => {body[0]}" : Code.Block(header, body);
    }

    [GeneratedRegex(@"^[\w.]+( = | \+= |\(|\+\+|--)")]
    private static partial Regex Expression();
}

/// <summary>The header of an agent's class.</summary>
/// <param name="PrimaryParameters">Parameters of the primary constructor; null for none.</param>
/// <param name="Bases">Base class and interfaces.</param>
internal sealed record AgentShape(string? PrimaryParameters, IReadOnlyList<string> Bases);
