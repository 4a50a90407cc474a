using AgentLift.FleetGenerator.Drafting;
using AgentLift.FleetGenerator.Emission;
using static AgentLift.FleetGenerator.Drafting.PieceRole;

namespace AgentLift.FleetGenerator.Pieces;

/// <summary>AGL6001 to AGL6004: models and tensors on a GPU.</summary>
internal static class GpuPieces
{
    public static IEnumerable<Piece> All =>
    [
        new Piece("model to device", Pattern, ModelToDevice) { Gives = [Traits.Gpu, Traits.Device] },
        new Piece("tensor to device", Pattern, TensorToDevice) { Gives = [Traits.Gpu, Traits.Device] },
        new Piece("model load in a method", Pattern, LoadInMethod) { Gives = [Traits.Gpu] },
        new Piece("tensors in a loop", Pattern, LeakedTensors) { Gives = [Traits.Gpu] },
        new Piece("tensors in a method loop", Pattern, LeakedInMethod) { Gives = [Traits.Gpu] },
        new Piece("collection for a gpu", Pattern, Collect) { Needs = [Traits.Gpu] },
        new Piece("device tool", Pattern, DeviceTool) { Gives = [Traits.Vram] },
        new Piece("device library", Pattern, DeviceLibrary) { Gives = [Traits.Vram] },
        new Piece("own memory count", Pattern, MemoryCount) { Gives = [Traits.Vram] },
        new Piece("memory budget", Decoy, Budget) { Gives = [Traits.Budget] },
        new Piece("tensors in a scope", Decoy, ScopedTensors) { Gives = [Traits.Gpu] },
        new Piece("collection without a gpu", Decoy, PlainCollect) { Bars = [Traits.Gpu, Traits.Vram] },
        new Piece("other processes", Decoy, OtherProcess),
    ];

    private static string Device(AgentDraft agent)
    {
        var device = agent.FieldName("device", "card");
        agent.Field($"private readonly torch.Device {device} = new{agent.Pick("", " torch.Device")}(DeviceType.CUDA, {agent.Number(0, 4)});");
        return device;
    }

    private static void ModelToDevice(AgentDraft agent)
    {
        agent.Use("TorchSharp");
        var model = agent.FieldName("network", "module", "net");
        var path = HeavyLoad.Unique(agent, "pt");
        var load = agent.Name("LoadNetwork", "Raise");
        agent.Field($"private torch.jit.ScriptModule {model};");
        var move = agent.Chance(2) ? $"{model}.cuda()" : $"{model}.to({Device(agent)})";
        agent.Method(agent.Chance(4)
            ? Code.Block($"public void {load}()", $"{model} = torch.jit.load({path}).cuda(); §{UnmanagedModelLoad} §{UnmanagedModelLoad}")
            : Code.Block($"public void {load}()", $"{model} = torch.jit.load({path}); §{UnmanagedModelLoad}", $"{move}; §{UnmanagedModelLoad}"));
    }

    private static void TensorToDevice(AgentDraft agent)
    {
        agent.Use("TorchSharp");
        var device = agent.Chance(2) ? Device(agent) : null;
        agent.Method(Code.Block(
            $"private float {agent.Name("Score", "Infer", "Rate")}(float[] values)",
            "using var scope = torch.NewDisposeScope();",
            $"var input = torch.tensor(values){(device is null ? ".cuda()" : $".to({device})")}; §{UnmanagedModelLoad}",
            "return input.sum().item<float>();"));
    }

    private static void LoadInMethod(AgentDraft agent)
    {
        var load = agent.Chance(2) ? HeavyLoad.Onnx(agent, HeavyLoad.Unique(agent, "onnx")) : HeavyLoad.Torch(agent, agent.Pick("path", HeavyLoad.Unique(agent, "pt")));
        agent.Method(Code.Block($"public {load.Type} {agent.Name("Reload", "Swap", "OpenModel")}(string path)", $"var loaded = {load.Expression};{load.Marks}", "return loaded;"));
    }

    // Reported once for each loop, at the first tensor that it makes.
    private static void LeakedTensors(AgentDraft agent)
    {
        agent.Use("TorchSharp");
        var input = agent.Local("input", "frame", "batch");
        var score = agent.Local("score", "output");
        var gate = Gates.TokenSource(agent) with { Do = false };
        ThreadStarters.Any(agent, gate.Write(
            $"var {input} = torch.{agent.Pick("zeros", "ones", "randn")}({agent.Number(1, 9)}, {agent.Number(8, 512)}); §{LeakedTensor}",
            $"var {score} = {input}.add(torch.ones(1));",
            $"{agent.Work()}((int){score}.sum().item<float>());"));
    }

    private static void LeakedInMethod(AgentDraft agent)
    {
        agent.Use("TorchSharp");
        var loops = new[]
        {
            Code.Block("foreach (var row in rows)", $"var tensor = torch.tensor(row); §{LeakedTensor}", "total += tensor.sum().item<float>();"),
            Code.Block("for (var i = 0; i < rows.Length; i++)", $"total += torch.tensor(rows[i]).item<float>(); §{LeakedTensor}"),
            Code.Lines("var left = rows.Length;", Code.Block("while (left-- > 0)", Code.Block("if (rows[left].Length > 0)", $"torch.Tensor sum = torch.tensor(rows[left]).sum(); §{LeakedTensor}", "total += sum.item<float>();"))),
            $"foreach (var row in rows) total += torch.tensor(row).sum().item<float>(); §{LeakedTensor}",
        };
        agent.Method(Code.Block($"public float {agent.Name("Sum", "Weigh", "Fold")}(float[][] rows)", "var total = 0f;", agent.Pick(loops), "return total;"));
    }

    private static void ScopedTensors(AgentDraft agent)
    {
        agent.Use("TorchSharp");
        agent.Method(Code.Block($"public float {agent.Name("Mean", "Norm", "Scan")}(float[][] rows)", "var total = 0f;", agent.Number(0, 3) switch
        {
            0 => Code.Block("foreach (var row in rows)", "using var scope = torch.NewDisposeScope();", "total += torch.tensor(row).sum().item<float>();"),
            1 => Code.Block("foreach (var row in rows)", Code.Block("using (torch.NewDisposeScope())", "var tensor = torch.tensor(row);", "total += tensor.sum().item<float>();")),
            _ => Code.Block("foreach (var row in rows)", "using var tensor = torch.tensor(row);", "using var sum = tensor.sum();", "total += sum.item<float>();"),
        }, "return total;"));
    }

    private static void Collect(AgentDraft agent) => agent.Method(Code.Block(
        $"private void {agent.Name("Release", "Unload", "FreeUp")}()", $"GC.Collect({agent.Pick("", "2")}); §{ManualMemoryManagement}", agent.Pick("GC.WaitForPendingFinalizers();", agent.Step())));

    private static void DeviceTool(AgentDraft agent)
    {
        agent.Use("System.Diagnostics");
        agent.Method(Code.Block(
            $"private static string {agent.Name("CardState", "ReadCard")}()",
            agent.Pick(
                $"using var tool = Process.Start(new ProcessStartInfo(\"nvidia-smi\", \"--query\") {{ RedirectStandardOutput = true }}); §{ManualMemoryManagement}",
                $"using var tool = Process.Start(\"nvidia-smi\", \"--list\"); §{ManualMemoryManagement}"),
            "return tool.StandardOutput.ReadToEnd();"));
    }

    private static void DeviceLibrary(AgentDraft agent)
    {
        agent.Use("System.Runtime.InteropServices");
        var name = agent.Name("NvmlInit", "OpenNvml");
        agent.Method($"[DllImport(\"{agent.Pick("nvml", "nvml.dll", "libnvidia-ml.so.1")}\", EntryPoint = \"nvmlInit_v2\")] private static extern int {name}(); §{ManualMemoryManagement}");
    }

    private static void MemoryCount(AgentDraft agent)
    {
        var field = agent.FieldName("vramUsed", "usedGpuMemory", "cudaMemoryInUse", "deviceMemoryTaken");
        agent.Field($"private {agent.Pick("long", "double", "int")} {field}; §{ManualMemoryManagement}");
        agent.Method(Code.Block($"private void {agent.Name("Take", "Reserve")}(int bytes)", $"{field} += bytes;"));
        agent.Method($"private void {agent.Name("GiveBack", "Return")}(int bytes) => {field} {agent.Pick("-= bytes", "= " + field + " - bytes")};");
    }

    private static void Budget(AgentDraft agent)
    {
        var field = agent.FieldName("memoryBudget", "modelBudget", "memoryLimit");
        agent.Field($"private readonly long {field} = {agent.Number(1, 24)}L * 1024 * 1024 * 1024;");
        agent.Method($"private bool {agent.Name("Fits", "HasRoom")}(long bytes) => bytes <= {field};");
    }

    private static void PlainCollect(AgentDraft agent) =>
        agent.Method($"private static void {agent.Name("Tidy", "Compact")}() => GC.Collect();");

    private static void OtherProcess(AgentDraft agent)
    {
        agent.Use("System.Diagnostics", "System.Runtime.InteropServices");
        agent.Method(Code.Block($"private static int {agent.Name("CountFiles", "List")}()", $"using var tool = Process.Start(\"ls\", \"-{agent.Pick("l", "a", "1")}\");", "tool.WaitForExit();", "return tool.ExitCode;"));
        agent.Method($"[DllImport(\"libc\", EntryPoint = \"getpid\")] private static extern int {agent.Name("ProcessNumber", "OwnId")}();");
    }
}
