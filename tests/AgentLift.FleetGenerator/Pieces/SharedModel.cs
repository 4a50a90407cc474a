using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>A model file that several agents load with the same loader (AGL4004 at each load).</summary>
internal sealed record SharedModel(int Kind, string File)
{
    public static SharedModel Create(Random random, int number)
    {
        var kind = random.Next(3);
        return new SharedModel(kind, $"models/shared-{number}.{(kind switch { 0 => "onnx", 1 => "pt", _ => "xml" })}");
    }

    /// <summary>Loads the model in one of the ways in which an agent does.</summary>
    public void Apply(AgentDraft agent)
    {
        var path = $"\"{File}\"";
        if (agent.Chance(3))
        {
            var constant = agent.Name("ModelFile", "WeightsFile", "NetFile");
            agent.Field($"private const string {constant} = \"{File}\";");
            path = constant;
        }

        var load = Kind switch
        {
            0 => HeavyLoad.Onnx(agent, path),
            1 => HeavyLoad.Torch(agent, path),
            _ => HeavyLoad.Cascade(agent, path),
        };
        var field = agent.FieldName("common", "base", "house") + "Model";
        var marks = $" §{DuplicateModelLoad}{load.Marks}";
        switch (agent.Number(0, 3))
        {
            case 0:
                agent.Field($"private readonly {load.Type} {field} = {load.Expression}; §{EagerHeavyField}{marks}");
                break;
            case 1:
                agent.Field($"private readonly {load.Type} {field};");
                agent.Construct($"{agent.This}{field} = {load.Expression}; §{EagerHeavyConstructor}{marks}");
                break;
            default:
                agent.Field($"private {load.Type} {field};");
                agent.Method(Code.Block($"private {load.Type} {agent.Name("Common", "House")}()", $"{field} ??= {load.Expression};{marks}", $"return {field};"));
                break;
        }
    }
}
