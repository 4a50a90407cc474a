using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Analyzers.Tests.Gpu;

public class ManualMemoryManagementTests
{
    private const string Models = "using TorchSharp; using System.Runtime.InteropServices;";

    private static readonly RuleVerifier Rule = Rules.Verifier(RuleIds.ManualMemoryManagement);

    [Fact]
    public Task Reports_a_count_of_used_memory() => Rule.VerifyInAgent("""
        private long [|vramUsed|];
        public double [|GpuMemoryMb|] { get; private set; }
        public void Load(long size) { vramUsed += size; GpuMemoryMb = GpuMemoryMb + size; }
        public void Unload(long size) => vramUsed -= size;
        """);

    [Fact]
    public Task Reports_a_count_by_increments() => Rule.VerifyInAgent("""
        private int [|_cuda_memory_blocks|];
        public void Load() => _cuda_memory_blocks++;
        """);

    [Fact]
    public Task Reports_a_collection_in_an_agent_that_uses_a_gpu_library() => Rule.VerifyInAgent("""
        torch.jit.ScriptModule? model;
        public void Unload()
        {
            model?.Dispose();
            model = null;
            [|GC.Collect()|];
            [|GC.Collect(2, GCCollectionMode.Forced)|];
        }
        """, Models);

    [Fact]
    public Task Reports_a_cleared_cache() => Rule.VerifyInAgent("""
        public void Clear() => [|torch.cuda.empty_cache()|];
        """, Models);

    [Fact]
    public Task Reports_the_tool_of_the_driver() => Rule.VerifyInAgent("""
        public void Look()
        {
            using var process = [|Process.Start("nvidia-smi", "--query-gpu=memory.used")|];
            var start = [|new ProcessStartInfo("nvidia-smi") { RedirectStandardOutput = true }|];
            var other = [|new ProcessStartInfo { FileName = "nvidia-smi" }|];
        }
        """);

    [Fact]
    public Task Reports_the_library_of_the_driver() => Rule.VerifyInAgent("""
        [DllImport("nvml.dll")] static extern int [|nvmlInit|]();
        public void Start() { nvmlInit(); }
        """, Models);

    [Fact]
    public Task Ignores_a_collection_in_an_agent_without_a_gpu() => Rule.VerifyInAgent("""
        public void Clean() => GC.Collect();
        """);

    [Fact]
    public Task Ignores_a_limit_that_is_only_set() => Rule.VerifyInAgent("""
        private readonly long vramLimit;
        private long gpuMemory;
        public SampleAgent(long limit) { vramLimit = limit; gpuMemory = limit + 1; }
        public void Set(long value) => gpuMemory = value;
        """);

    [Fact]
    public Task Ignores_counts_of_something_else() => Rule.VerifyInAgent("""
        private long memoryUsed;
        private int served;
        public void Serve(long size) { memoryUsed += size; served++; }
        """);

    [Fact]
    public Task Ignores_another_process() => Rule.VerifyInAgent("""
        public void Look() { using var process = Process.Start("free", "-m"); var total = GC.GetTotalMemory(false); }
        """);

    [Fact]
    public Task Reports_the_tool_of_the_driver_named_later() => Rule.VerifyInAgent("""
        public void Look()
        {
            var start = new ProcessStartInfo();
            [|start.FileName = "nvidia-smi"|];
            start.Arguments = "-q";
            using var process = new Process();
            [|process.StartInfo.FileName = "/usr/bin/nvidia-smi"|];
        }
        """);

    [Fact]
    public Task Reports_a_collection_in_an_agent_that_keeps_count_of_gpu_memory() => Rule.VerifyInAgent("""
        private long vramLimit;
        public void Clean() => [|GC.Collect()|];
        """);
}
