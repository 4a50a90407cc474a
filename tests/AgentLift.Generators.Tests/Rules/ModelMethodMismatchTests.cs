using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class ModelMethodMismatchTests
{
    [Theory]
    [InlineData("Detector Method<T>() => new();", "is generic", "make it plain")]
    [InlineData("Detector Method(int size) => new();", "takes parameters", "give it none")]
    [InlineData("void Method() { }", "returns nothing", "return 'Detector'")]
    [InlineData("Table Method() => new();", "returns 'Table'", "return 'Detector'")]
    [InlineData("Task<Detector> Method() => Task.FromResult(new Detector());", "returns 'Task<Detector>'", "return 'Detector'")]
    [InlineData("Detector? Method() => null;", "may return null", "throw where there is nothing to make")]
    public void A_factory_of_another_form_is_told(string method, string reason, string instead) => ModelVerifier.Reports(
        RuleIds.ModelMethodMismatch,
        $$"""[ModelManager] public partial class VisionModels { [Model("net", Factory = "Method")] public partial ModelHandle<Detector> [|Net|] { get; } private {{method}} }""",
        $"'Net' cannot use 'Method' as its factory method: it {reason}; {instead}");

    [Theory]
    [InlineData("void Method<T>(Detector model) { }", "is generic", "make it plain")]
    [InlineData("void Method() { }", "takes other parameters than the model", "take 'Detector', and a ModelLoadRequest where it needs the device or the precision")]
    [InlineData("void Method(Table model) { }", "takes other parameters than the model", "take 'Detector', and a ModelLoadRequest where it needs the device or the precision")]
    [InlineData("void Method(Detector model, int size) { }", "takes other parameters than the model", "take 'Detector', and a ModelLoadRequest where it needs the device or the precision")]
    [InlineData("void Method(ref Detector model) { }", "takes other parameters than the model", "take 'Detector', and a ModelLoadRequest where it needs the device or the precision")]
    [InlineData("Task Method(Detector model) => Task.CompletedTask;", "is asynchronous, but a model is run on one thread", "run the model and return")]
    [InlineData("async void Method(Detector model) => await Task.Yield();", "is asynchronous, but a model is run on one thread", "run the model and return")]
    public void A_warm_up_of_another_form_is_told(string method, string reason, string instead) => ModelVerifier.Reports(
        RuleIds.ModelMethodMismatch,
        $$"""[ModelManager] public partial class VisionModels { [Model("net", WarmupMethod = "Method")] public partial ModelHandle<Detector> [|Net|] { get; } private {{method}} }""",
        $"'Net' cannot use 'Method' as its warm-up method: it {reason}; {instead}");

    [Fact]
    public void A_factory_of_a_TorchScript_module_is_told() => ModelVerifier.Reports(
        RuleIds.ModelMethodMismatch,
        """[ModelManager] public partial class VisionModels { [Model("net", Path = "net.pt", Factory = "Create")] public partial ModelHandle<ScriptModule> [|Net|] { get; } }""",
        "'Net' cannot use 'Create' as its factory method: it makes no TorchScript module, which is made of its file alone; leave Factory out");

    [Fact]
    public void A_factory_beside_a_loader_is_told() => ModelVerifier.Reports(
        RuleIds.ModelMethodMismatch,
        """[ModelManager] public partial class SearchModels { [Model("index", Loader = typeof(WordIndexLoader), Factory = "Create")] public partial ModelHandle<WordIndex> [|Index|] { get; } }""",
        "'Index' cannot use 'Create' as its factory method: it is not called by 'WordIndexLoader', which makes the model itself; leave Loader or Factory out");

    [Fact]
    public void The_overload_that_fits_is_taken() => ModelVerifier.Accepts("""
        [ModelManager] public partial class VisionModels
        {
            [Model("net", Factory = nameof(Create), WarmupMethod = nameof(RunOnce))] public partial ModelHandle<nn.Module<Tensor, Tensor>> Net { get; }

            private static Detector Create(int size) => new();
            private Detector Create() => new();
            private static void RunOnce() { }
            private static Tensor? RunOnce(nn.Module model) => null;
        }
        """);
}
