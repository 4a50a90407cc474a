using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class ModelOptionOutOfRangeTests
{
    [Theory]
    [InlineData("EstimatedBytes = 0", "'Net' sets EstimatedBytes to 0; give it more than 0 bytes")]
    [InlineData("EstimatedBytes = -1", "'Net' sets EstimatedBytes to -1; give it more than 0 bytes")]
    [InlineData("Priority = -1", "'Net' sets Priority to -1; give it 0 to 10")]
    [InlineData("Priority = 11", "'Net' sets Priority to 11; give it 0 to 10")]
    [InlineData("KeepAliveSeconds = 0", "'Net' sets KeepAliveSeconds to 0; give it 1 to 31536000 seconds, or leave it out")]
    [InlineData("KeepAliveSeconds = 31536001", "'Net' sets KeepAliveSeconds to 31536001; give it 1 to 31536000 seconds, or leave it out")]
    [InlineData("LoadTimeoutSeconds = 0", "'Net' sets LoadTimeoutSeconds to 0; give it 1 to 86400 seconds")]
    [InlineData("LoadTimeoutSeconds = 86401", "'Net' sets LoadTimeoutSeconds to 86401; give it 1 to 86400 seconds")]
    [InlineData("Precision = (ModelPrecision)3", "'Net' sets Precision to 3; give it a member of ModelPrecision")]
    [InlineData("Fallback = (ModelFallback)4", "'Net' sets Fallback to 4; give it a member of ModelFallback")]
    [InlineData("Warmup = (LazyWarmup)9", "'Net' sets Warmup to 9; give it a member of LazyWarmup")]
    [InlineData("SharedAs = \" \"", "'Net' sets SharedAs to \" \"; give it a text that is not blank, or leave it out")]
    public void A_value_out_of_range_is_told(string option, string message) => ModelVerifier.Reports(
        RuleIds.ModelOptionOutOfRange,
        $$"""[ModelManager] public partial class VisionModels { [Model("net", {{option}})] public partial ModelHandle<Detector> [|Net|] { get; } }""",
        message);

    [Theory]
    [InlineData("\" \"", "\" \"")]
    [InlineData("\"a\\nb\"", "\"a\\nb\"")]
    public void A_name_that_is_none_is_told(string name, string shown) => ModelVerifier.Reports(
        RuleIds.ModelOptionOutOfRange,
        $$"""[ModelManager] public partial class VisionModels { [Model({{name}})] public partial ModelHandle<Detector> [|Net|] { get; } }""",
        $"'Net' sets its name to {shown}; give it a name that is not blank, on one line");

    [Fact]
    public void A_blank_name_of_the_manager_is_told() => ModelVerifier.Reports(
        RuleIds.ModelOptionOutOfRange,
        """[ModelManager(Name = "")] public partial class [|VisionModels|] { }""",
        "'VisionModels' sets Name to \"\"; give it a name that is not blank");

    [Theory]
    [InlineData("\"estimatedBytes\": -1", "'yolo' sets estimatedBytes to -1; give it more than 0 bytes")]
    [InlineData("\"estimatedBytes\": 1.5", "'yolo' sets estimatedBytes to 1.5; give it more than 0 bytes")]
    [InlineData("\"priority\": 11", "'yolo' sets priority to 11; give it 0 to 10")]
    [InlineData("\"keepAliveSeconds\": -5", "'yolo' sets keepAliveSeconds to -5; give it 1 to 31536000 seconds, or leave it out")]
    [InlineData("\"loadTimeoutSeconds\": 0", "'yolo' sets loadTimeoutSeconds to 0; give it 1 to 86400 seconds")]
    [InlineData("\"sharedAs\": \"\"", "'yolo' sets sharedAs to \"\"; give it a text that is not blank, or leave it out")]
    [InlineData("\"property\": \"2nd\"", "'yolo' sets property to \"2nd\"; give it a name that C# allows")]
    public void A_value_of_a_models_file_is_told_at_its_line(string option, string message) => ModelVerifier.ReportsInFile(
        RuleIds.ModelOptionOutOfRange,
        $$"""
        { "models": [
          {
            "name": "yolo", "path": "yolo.pt",
            [|{{option}}|]
          }
        ] }
        """,
        message);

    [Theory]
    [InlineData("EstimatedBytes = 1, Priority = 0, KeepAliveSeconds = 1, LoadTimeoutSeconds = 1")]
    [InlineData("EstimatedBytes = long.MaxValue, Priority = 10, KeepAliveSeconds = 31_536_000, LoadTimeoutSeconds = 86_400, Fallback = (ModelFallback)3")]
    public void A_value_within_the_range_is_fine(string options) => ModelVerifier.Accepts(
        $$"""[ModelManager(Name = "vision")] public partial class VisionModels { [Model("net", {{options}})] public partial ModelHandle<Detector> Net { get; } }""");
}
