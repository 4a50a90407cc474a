using AgentLift.CodeFixes.CoreLogic.HeavyLoads;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Testing;

namespace AgentLift.CodeFixes.Tests.CoreLogic;

/// <summary>AGL4001 and AGL4002: what makes a library load its native part is put off with the loads of the library.</summary>
public class LibraryTouchRewriteTests
{
    [Fact]
    public Task A_question_for_a_device_is_put_off_with_the_load_that_needs_it() => VerifyAsync(
        """
        private readonly torch.Device device = torch.cuda.is_available() ? torch.CUDA : torch.CPU;
        private torch.jit.ScriptModule _net;

        public DetectAgent(AgentContext context)
            : base(context)
        {
            _net = torch.jit.load("net.pt");
            _net.to(device);
        }

        public string Where => device + " " + _net;
        """,
        """
        [LazyDependency(nameof(LoadDevice), Warmup = LazyWarmup.AfterReady)]
        private partial torch.Device Device { get; }

        private static torch.Device LoadDevice() => torch.cuda.is_available() ? torch.CUDA : torch.CPU;

        [LazyDependency(nameof(LoadNet), Warmup = LazyWarmup.AfterReady)]
        private partial torch.jit.ScriptModule Net { get; }

        private torch.jit.ScriptModule LoadNet()
        {
            var net = torch.jit.load("net.pt");
            net.to(Device);
            return net;
        }

        public DetectAgent(AgentContext context)
            : base(context)
        {
        }

        public string Where => Device + " " + Net;
        """);

    [Fact]
    public Task A_device_that_a_constructor_picks_for_two_loads_is_put_off_with_both() => VerifyAsync(
        """
        private torch.Device _device;
        private readonly torch.jit.ScriptModule _net, _none;
        private readonly torch.jit.ScriptModule _words;

        public DetectAgent(AgentContext context)
            : base(context)
        {
            _device = torch.cuda.is_available() ? new torch.Device("cuda:0") : torch.CPU;
            _net = null;
            _words = torch.jit.load("words.pt");
            _words.to(_device);
        }

        public string Where => _device + " " + _net + _none + _words;
        """,
        """
        [LazyDependency(nameof(LoadDevice), Warmup = LazyWarmup.AfterReady)]
        private partial torch.Device Device { get; }

        private static torch.Device LoadDevice() => torch.cuda.is_available() ? new torch.Device("cuda:0") : torch.CPU;

        private readonly torch.jit.ScriptModule _net, _none;

        [LazyDependency(nameof(LoadWords), Warmup = LazyWarmup.AfterReady)]
        private partial torch.jit.ScriptModule Words { get; }

        private torch.jit.ScriptModule LoadWords()
        {
            var words = torch.jit.load("words.pt");
            words.to(Device);
            return words;
        }

        public DetectAgent(AgentContext context)
            : base(context)
        {
            _net = null;
        }

        public string Where => Device + " " + _net + _none + Words;
        """);

    [Fact]
    public Task A_device_that_the_constructor_needs_stays_where_it_is() => VerifyAsync(
        """
        private readonly torch.Device _device = torch.CUDA;
        private readonly torch.jit.ScriptModule _net = torch.jit.load("net.pt");

        public DetectAgent(AgentContext context)
            : base(context)
        {
            File.WriteAllText("device", _device.ToString());
        }

        public string Where => _device + " " + _net;
        """,
        """
        private readonly torch.Device _device = torch.CUDA;

        [LazyDependency(nameof(LoadNet), Warmup = LazyWarmup.AfterReady)]
        private partial torch.jit.ScriptModule Net { get; }

        private static torch.jit.ScriptModule LoadNet() => torch.jit.load("net.pt");

        public DetectAgent(AgentContext context)
            : base(context)
        {
            File.WriteAllText("device", _device.ToString());
        }

        public string Where => _device + " " + Net;
        """);

    [Fact]
    public Task A_line_of_the_log_that_tells_the_device_is_logged_when_it_is_picked() => VerifyAsync(
        """
        private torch.Device _device;
        private readonly torch.jit.ScriptModule _net = torch.jit.load("net.pt");

        public DetectAgent(AgentContext context)
            : base(context)
        {
            _device = torch.cuda.is_available() ? torch.CUDA : torch.CPU;
            Console.WriteLine("on " + _device);
        }

        public string Where => _device + " " + _net;
        """,
        """
        [LazyDependency(nameof(LoadDevice), Warmup = LazyWarmup.AfterReady)]
        private partial torch.Device Device { get; }

        private static torch.Device LoadDevice()
        {
            torch.Device device = torch.cuda.is_available() ? torch.CUDA : torch.CPU;
            Console.WriteLine("on " + device);
            return device;
        }

        [LazyDependency(nameof(LoadNet), Warmup = LazyWarmup.AfterReady)]
        private partial torch.jit.ScriptModule Net { get; }

        private static torch.jit.ScriptModule LoadNet() => torch.jit.load("net.pt");

        public DetectAgent(AgentContext context)
            : base(context)
        {
        }

        public string Where => Device + " " + Net;
        """);

    [Theory]
    [InlineData("public DetectAgent(AgentContext context) : base(context) { }")]
    [InlineData("private readonly byte[] _words = File.ReadAllBytes(\"words.txt\"); public DetectAgent(AgentContext context) : base(context) { }")]
    [InlineData("private torch.jit.ScriptModule _net; public DetectAgent(AgentContext context) : base(context) { } public void Load() => _net = torch.jit.load(\"net.pt\");")]
    public async Task Where_no_load_of_the_library_is_put_off_it_stays(string members)
    {
        const string Device = "private readonly torch.Device _device = torch.cuda.is_available() ? torch.CUDA : torch.CPU;\n";
        (await LiftAsync(Of(Device + members))).ShouldContain(Device);
    }

    private static async Task VerifyAsync(string before, string after) => (await LiftAsync(Of(before))).ShouldBe(Of(after));

    private static async Task<string> LiftAsync(string source) =>
        (await LiftVerifier.LiftAsync(LiftOptions.Everything, [new HeavyLoadRewriter()], [TorchSurface.Newest], source)).Texts[0];

    private static string Of(string members) => HeavyAgents.Of(members, "public partial class DetectAgent : BaseAgent").Replace("using AgentLift.Runtime;\n", "using AgentLift.Runtime;\nusing TorchSharp;\n", StringComparison.Ordinal);
}
