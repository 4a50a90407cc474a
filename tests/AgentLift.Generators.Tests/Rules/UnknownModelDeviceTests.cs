using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class UnknownModelDeviceTests
{
    [Theory]
    [InlineData("gpu:0")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:0:1")]
    [InlineData("cpu:1")]
    [InlineData("")]
    public void A_text_that_is_no_device_is_told(string device) => ModelVerifier.Reports(
        RuleIds.UnknownModelDevice,
        $$"""[ModelManager] public partial class VisionModels { [Model("net", Devices = ["cpu", "{{device}}"])] public partial ModelHandle<Detector> [|Net|] { get; } }""",
        $"'Net' may lie on '{device}', which is no device; write cpu, cuda:0 or mps:0");

    [Fact]
    public void A_device_of_a_models_file_is_told_at_its_line() => ModelVerifier.ReportsInFile(
        RuleIds.UnknownModelDevice,
        """
        { "models": [
          {
            "name": "yolo", "path": "yolo.pt", "devices": [
              "cuda:0",
              [|"gpu"|]
            ]
          }
        ] }
        """,
        "'yolo' may lie on 'gpu', which is no device; write cpu, cuda:0 or mps:0");

    [Theory]
    [InlineData("cpu")]
    [InlineData(" CUDA ")]
    [InlineData("cuda:12")]
    [InlineData("Mps:1")]
    public void A_device_is_fine(string device) => ModelVerifier.Accepts(
        $$"""[ModelManager] public partial class VisionModels { [Model("net", Devices = ["{{device}}"])] public partial ModelHandle<Detector> Net { get; } }""");

    [Theory]
    [InlineData("cpu")]
    [InlineData("cpu:0")]
    [InlineData("cpu:1")]
    [InlineData("cuda")]
    [InlineData("CUDA:3")]
    [InlineData("cuda:+3")]
    [InlineData("cuda: 3")]
    [InlineData("cuda:99999999999")]
    [InlineData("mps:0 ")]
    [InlineData("xpu")]
    [InlineData(":")]
    [InlineData("")]
    public void The_generator_knows_the_devices_that_the_runtime_knows(string text) =>
        (ModelManagers.DeviceName.Parse(text) is not null).ShouldBe(Runtime.ModelDevice.TryParse(text, out _));
}
