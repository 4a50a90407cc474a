using AgentLift.FleetGenerator.Drafting;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>A load that costs a start-up: its type, the expression, and the marks that it has anywhere in an agent.</summary>
internal sealed record HeavyLoad(string Type, string Expression, string Marks = "")
{
    private const string Gpu = " §" + UnmanagedModelLoad;

    /// <summary>Any load; its file is one that no other agent loads.</summary>
    public static HeavyLoad Any(AgentDraft agent) => agent.Number(0, 9) switch
    {
        _ when agent.Barred.Contains(Traits.Gpu) => Light(agent),
        0 or 1 => Onnx(agent, Unique(agent, "onnx")),
        2 => Torch(agent, Unique(agent, "pt")),
        3 => Llama(agent, Unique(agent, "gguf")),
        4 => Cascade(agent, Unique(agent, "xml")),
        5 => Data(agent),
        _ => Table(agent),
    };

    /// <summary>A load with no GPU in it.</summary>
    public static HeavyLoad Light(AgentDraft agent) => agent.Number(0, 3) switch
    {
        0 => Cascade(agent, Unique(agent, "xml")),
        _ => Table(agent),
    };

    public static HeavyLoad Onnx(AgentDraft agent, string path)
    {
        agent.Use("Microsoft.ML.OnnxRuntime");
        agent.Traits.Add(Traits.Gpu);
        return new HeavyLoad("InferenceSession", agent.Pick($"new InferenceSession({path})", $"new Microsoft.ML.OnnxRuntime.InferenceSession({path})", $"new InferenceSession({path}, new SessionOptions())"), Gpu);
    }

    public static HeavyLoad Torch(AgentDraft agent, string path)
    {
        agent.Use("TorchSharp");
        agent.Traits.Add(Traits.Gpu);
        return new HeavyLoad("torch.jit.ScriptModule", agent.Pick($"torch.jit.load({path})", $"TorchSharp.torch.jit.load({path})"), Gpu);
    }

    public static HeavyLoad Cascade(AgentDraft agent, string path)
    {
        agent.Use("OpenCvSharp");
        return new HeavyLoad("CascadeClassifier", $"new CascadeClassifier({path})");
    }

    public static string Unique(AgentDraft agent, string extension) =>
        $"\"models/{agent.TypeName.ToLowerInvariant()}-{agent.Local("model", "weights", "net").ToLowerInvariant()}.{extension}\"";

    private static HeavyLoad Llama(AgentDraft agent, string path)
    {
        agent.Use("LLama", "LLama.Common");
        agent.Traits.Add(Traits.Gpu);
        return new HeavyLoad("LLamaWeights", $"LLamaWeights.LoadFromFile(new ModelParams({path}))", Gpu);
    }

    private static HeavyLoad Table(AgentDraft agent)
    {
        agent.Use("Fleet.Shared");
        var path = Unique(agent, "bin");
        return agent.Pick(
            new HeavyLoad("EmbeddingTable", $"EmbeddingTable.Load({path})"),
            new HeavyLoad("PhraseIndex", $"new PhraseIndex({path})"),
            new HeavyLoad("Gazetteer", $"Gazetteer.FromFile({path})"),
            new HeavyLoad("byte[]", $"System.IO.File.ReadAllBytes({path})"));
    }

    private static HeavyLoad Data(AgentDraft agent)
    {
        agent.Use("System.IO", "System.Text.Json");
        var path = Unique(agent, "json");
        return agent.Pick(
            new HeavyLoad("Dictionary<string, int>", $"JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText({path}))"),
            new HeavyLoad("List<string>", $"JsonSerializer.Deserialize<List<string>>(File.ReadAllText({path}))"));
    }
}
