using AgentLift.Core.Rules;
using AgentLift.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.Conventions.Tests;

public class LiftGuideTests
{
    private const string Torch = "global using TorchSharp;";

    public static TheoryData<int> LinesBefore => new(LiftGuide.Code("before").Select(block => block.Line));

    public static TheoryData<int> LinesAfter => new(LiftGuide.Code("after").Select(block => block.Line));

    [Theory]
    [MemberData(nameof(LinesBefore))]
    public void Legacy_code_of_the_guide_compiles(int line) =>
        TestCompilation.Create([("Before.cs", CodeAt("before", line)), ("Usings.cs", Torch)], [MetadataReference.CreateFromFile(typeof(TorchSharp.torch).Assembly.Location)]).ThatCompiles();

    [Theory]
    [MemberData(nameof(LinesAfter))]
    public void Lifted_code_of_the_guide_compiles_against_the_runtime(int line) => Complete(CodeAt("after", line)).ThatCompiles();

    [Fact]
    public void Code_that_the_runtime_does_not_fit_is_found() => Should.Throw<InvalidOperationException>(() =>
        Complete("public sealed class Wrong(AgentContext context) : BaseAgent(context) { void Run() => RunSupervised(\"x\"); }").ThatCompiles());

    [Fact]
    public void Every_block_of_the_guide_is_marked() => LiftGuide.Code(string.Empty).ShouldBeEmpty();

    [Fact]
    public void The_guide_names_every_rule_that_a_lift_answers()
    {
        foreach (var rule in RuleTable.All.Where(rule => rule.Family is >= 1 and <= 4))
            LiftGuide.Text.ShouldContain(rule.Id);
    }

    /// <summary>A lifted agent with what the generators write for it, the one of log methods included.</summary>
    private static CSharpCompilation Complete(string code) => Lifted.WithLogMethods(GeneratorRun.Of(Lifted.CompileWithTorchSharp([("After.cs", code), ("Torch.cs", Torch)])).Compilation);

    private static string CodeAt(string mark, int line) => LiftGuide.Code(mark).Single(block => block.Line == line).Code;
}
