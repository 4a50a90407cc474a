using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class NothingToLoadWithTests
{
    [Theory]
    [InlineData("Tokenizer")]
    [InlineData("IDisposable")]
    [InlineData("Stream")]
    [InlineData("string[]")]
    [InlineData("Closed")]
    [InlineData("Demanding")]
    [InlineData("TKey")]
    public void A_type_that_cannot_be_constructed_without_arguments_is_told(string type) => GeneratorVerifier.Reports(
        RuleIds.NothingToLoadWith,
        $$"""
        public sealed class Closed { private Closed() { } }
        public sealed class Demanding { public required string File { get; init; } }
        public partial class TutorAgent<TKey>(AgentContext context) : BaseAgent(context) where TKey : class { [LazyDependency] private partial {{type}} [|Words|] { get; } }
        """,
        $"'Words' names no load method, and '{type}' cannot be constructed without arguments; name a method that loads it");

    [Theory]
    [InlineData("Table")]
    [InlineData("Dictionary<string, Table>")]
    [InlineData("CancellationTokenSource")]
    [InlineData("DateTime")]
    public void A_type_that_can_is_fine(string type) => GeneratorVerifier.Accepts(
        $$"""public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial {{type}} Words { get; } }""");
}
