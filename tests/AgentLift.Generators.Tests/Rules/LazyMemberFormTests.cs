using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class LazyMemberFormTests
{
    [Theory]
    [InlineData("partial Table [|Words|] { get; set; }", "'Words' has a setter; write it as 'partial Table Words { get; }'")]
    [InlineData("partial Table [|Words|] { get; init; }", "'Words' has a setter; write it as 'partial Table Words { get; }'")]
    [InlineData("partial Table? [|Words|] { get; }", "'Words' may be null; write it as 'partial Table Words { get; }'")]
    [InlineData("partial int? [|Words|] { get; }", "'Words' may be null; write it as 'partial int? Words { get; }'")]
    [InlineData("partial Table [|this|][int index] { get; }", "'this[]' is an indexer; write it as 'partial Table Name { get; }'")]
    [InlineData("partial ref Table [|Words|] { get; }", "'Words' returns by reference; write it as 'partial Table Words { get; }'")]
    [InlineData("partial Span<int> [|Words|] { get; }", "'Words' has a type that only lives on the stack; write it as 'partial Span<int> Words { get; }'")]
    [InlineData("partial Task<Table> [|Words|] { get; }", "'Words' is a property that gives a task; write it as 'partial ValueTask<Table> Words(CancellationToken cancellationToken = default)'")]
    [InlineData("partial TThing [|Words|] { get; }", "'Words' has the type 'TThing', which may be null without the constraint notnull; write it as 'partial TThing Words { get; }'")]
    [InlineData("partial Table [|GetWords|]();", "'GetWords' returns no task of a value; write it as 'partial ValueTask<Table> GetWords(CancellationToken cancellationToken = default)'")]
    [InlineData("partial void [|GetWords|]();", "'GetWords' returns no task of a value; write it as 'partial ValueTask<T> GetWords(CancellationToken cancellationToken = default)'")]
    [InlineData("partial ValueTask<Table?> [|GetWords|]();", "'GetWords' may be null; write it as 'partial ValueTask<Table> GetWords(CancellationToken cancellationToken = default)'")]
    [InlineData("partial ValueTask<Table> [|GetWords|]<T>();", "'GetWords' is generic; write it as 'partial ValueTask<Table> GetWords(CancellationToken cancellationToken = default)'")]
    [InlineData("partial ValueTask<Table> [|GetWords|](string file);", "'GetWords' takes parameters that a load shared by all does not have; write it as 'partial ValueTask<Table> GetWords(CancellationToken cancellationToken = default)'")]
    [InlineData("partial ValueTask<Table> [|GetWords|](in CancellationToken token);", "'GetWords' takes parameters that a load shared by all does not have; write it as 'partial ValueTask<Table> GetWords(CancellationToken cancellationToken = default)'")]
    public void A_form_that_cannot_be_generated_is_told(string member, string message) => GeneratorVerifier.Reports(
        RuleIds.LazyMemberForm,
        $$"""public partial class TutorAgent<TThing>(AgentContext context) : BaseAgent(context) { [LazyDependency] private {{member}} }""",
        message);

    [Fact]
    public void A_type_that_does_not_exist_is_left_to_the_compiler() => GeneratorVerifier.LeavesToTheCompiler(
        "public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency] private partial Missing Words { get; } }", "CS0246");

    [Theory]
    [InlineData("partial Table Words { get; }")]
    [InlineData("partial int Words { get; }")]
    [InlineData("partial TKey Words { get; }")]
    [InlineData("partial Task<Table> GetWords();")]
    [InlineData("partial ValueTask<Table> GetWords(CancellationToken token = default);")]
    public void Other_forms_are_fine(string member) => GeneratorVerifier.Accepts(
        $$"""public partial class TutorAgent<TKey>(AgentContext context) : BaseAgent(context) where TKey : notnull, new() { [LazyDependency] private {{member}} }""");
}
