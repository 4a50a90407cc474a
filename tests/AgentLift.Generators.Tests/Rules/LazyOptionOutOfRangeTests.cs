using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class LazyOptionOutOfRangeTests
{
    [Theory]
    [InlineData("TimeoutSeconds = 0", "'Words' sets TimeoutSeconds to 0; give it 1 to 86400 seconds")]
    [InlineData("TimeoutSeconds = 86401", "'Words' sets TimeoutSeconds to 86401; give it 1 to 86400 seconds")]
    [InlineData("Retries = -1", "'Words' sets Retries to -1; give it 0 to 100")]
    [InlineData("Retries = 101", "'Words' sets Retries to 101; give it 0 to 100")]
    [InlineData("Warmup = (LazyWarmup)7", "'Words' sets Warmup to 7; give it a member of LazyWarmup")]
    [InlineData("Name = \" \"", "'Words' sets Name to \" \"; give it a name that is not blank")]
    public void A_value_out_of_range_is_told(string option, string message) => GeneratorVerifier.Reports(
        RuleIds.LazyOptionOutOfRange,
        $$"""public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency({{option}})] private partial Table [|Words|] { get; } }""",
        message);

    [Fact]
    public void A_service_has_no_load_method() => GeneratorVerifier.Reports(
        RuleIds.LazyOptionOutOfRange,
        """public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency("Load", FromServices = true)] private partial Table [|Words|] { get; } Table Load() => new(); }""",
        "'Words' sets FromServices to true; give it false, or name no load method such as 'Load'");

    [Fact]
    public void A_service_is_no_value() => GeneratorVerifier.Reports(
        RuleIds.LazyOptionOutOfRange,
        """public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency(FromServices = true)] private partial int [|Count|] { get; } }""",
        "'Count' sets FromServices to true; give it false, since 'int' is no reference type, as services are");

    [Theory]
    [InlineData("TimeoutSeconds = 1, Retries = 0, Warmup = LazyWarmup.None")]
    [InlineData("TimeoutSeconds = 86400, Retries = 100, Warmup = LazyWarmup.AfterReady, Name = null")]
    public void A_value_within_the_range_is_fine(string options) => GeneratorVerifier.Accepts(
        $$"""public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency({{options}})] private partial Table Words { get; } }""");
}
