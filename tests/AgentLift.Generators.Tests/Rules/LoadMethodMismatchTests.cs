using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class LoadMethodMismatchTests
{
    [Theory]
    [InlineData("static Table Load(string file) => new();", "'Words' cannot be loaded by 'Load', which takes parameters; give it none but a CancellationToken")]
    [InlineData("static Table Load(CancellationToken token, string file) => new();", "'Words' cannot be loaded by 'Load', which takes parameters; give it none but a CancellationToken")]
    [InlineData("static T Load<T>() where T : new() => new();", "'Words' cannot be loaded by 'Load', which is generic; make it plain")]
    [InlineData("static void Load() { }", "'Words' cannot be loaded by 'Load', which returns nothing; return 'Table'")]
    [InlineData("static string Load() => string.Empty;", "'Words' cannot be loaded by 'Load', which returns 'string'; return 'Table'")]
    [InlineData("static Table? Load() => null;", "'Words' cannot be loaded by 'Load', which may return null; throw where there is nothing to load")]
    public void A_load_method_that_does_not_fit_is_told(string method, string message) => GeneratorVerifier.Reports(
        RuleIds.LoadMethodMismatch,
        $$"""public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency("Load")] private partial Table [|Words|] { get; } private {{method}} }""",
        message);

    [Theory]
    [InlineData("static Task<string> Load() => Task.FromResult(string.Empty);", "'GetWords' cannot be loaded by 'Load', which returns 'Task<string>'; return 'Table'")]
    [InlineData("static Task<Table?> Load() => Task.FromResult<Table?>(null);", "'GetWords' cannot be loaded by 'Load', which may return null; throw where there is nothing to load")]
    [InlineData("static Task Load() => Task.CompletedTask;", "'GetWords' cannot be loaded by 'Load', which returns 'Task'; return 'Table'")]
    public void An_asynchronous_one_that_does_not_fit_is_told(string method, string message) => GeneratorVerifier.Reports(
        RuleIds.LoadMethodMismatch,
        $$"""public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency("Load")] private partial ValueTask<Table> [|GetWords|](); private {{method}} }""",
        message);

    [Theory]
    [InlineData("static Table Load() => new();")]
    [InlineData("WideTable Load(CancellationToken token) => new();")]
    [InlineData("static Table Load() => new(); private static Table Load(string file) => new();")]
    public void One_that_fits_is_fine_whatever_its_namesakes(string method) => GeneratorVerifier.Accepts(
        $$"""public partial class TutorAgent(AgentContext context) : BaseAgent(context) { [LazyDependency("Load")] private partial Table Words { get; } private {{method}} }""");
}
