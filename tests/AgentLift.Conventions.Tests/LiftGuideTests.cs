using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using AgentLift.Core.Rules;
using AgentLift.Runtime;
using AgentLift.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Conventions.Tests;

public class LiftGuideTests
{
    private const string Usings = """
        global using System.ComponentModel.DataAnnotations;
        global using System.Data.Common;
        global using System.Net;
        global using System.Net.Sockets;
        global using AgentLift.Runtime;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Diagnostics.HealthChecks;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        global using Microsoft.Extensions.Options;
        """;

    private static readonly string AspNetCorePack =
        typeof(LiftGuideTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "AspNetCorePack").Value!;

    private static readonly ImmutableArray<MetadataReference> Runtime =
    [
        .. Directory.EnumerateFiles(Path.Combine(AspNetCorePack, "ref", "net10.0"), "*.dll").Order().Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(BaseAgent).Assembly.Location),
    ];

    public static TheoryData<int> LinesBefore => new(LiftGuide.Code("before").Select(block => block.Line));

    public static TheoryData<int> LinesAfter => new(LiftGuide.Code("after").Select(block => block.Line));

    [Theory]
    [MemberData(nameof(LinesBefore))]
    public void Legacy_code_of_the_guide_compiles(int line) =>
        TestCompilation.Create([("Before.cs", CodeAt("before", line))]).ThatCompiles();

    [Theory]
    [MemberData(nameof(LinesAfter))]
    public void Lifted_code_of_the_guide_compiles_against_the_runtime(int line) => Lifted(CodeAt("after", line)).ThatCompiles();

    [Fact]
    public void Code_that_the_runtime_does_not_fit_is_found() => Should.Throw<InvalidOperationException>(() =>
        Lifted("public sealed class Wrong(AgentContext context) : BaseAgent(context) { void Run() => RunSupervised(\"x\"); }").ThatCompiles());

    [Fact]
    public void Every_block_of_the_guide_is_marked() => LiftGuide.Code(string.Empty).ShouldBeEmpty();

    [Fact]
    public void The_guide_names_every_rule_that_a_lift_answers()
    {
        foreach (var rule in RuleTable.All.Where(rule => rule.Family is >= 1 and <= 4))
            LiftGuide.Text.ShouldContain(rule.Id);
    }

    private static string CodeAt(string mark, int line) => LiftGuide.Code(mark).Single(block => block.Line == line).Code;

    /// <summary>Compiles as a project of an agent does: with the runtime, the framework, and the generator of log methods.</summary>
    private static CSharpCompilation Lifted(string code)
    {
        var compilation = TestCompilation.Create([("After.cs", code), ("Usings.cs", Usings)], Runtime);
        if (compilation.SyntaxTrees[0].GetRoot().ChildNodes().OfType<GlobalStatementSyntax>().Any())
            compilation = compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication));
        CSharpGeneratorDriver.Create([LogGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        return (CSharpCompilation)generated;
    }

    private static ISourceGenerator LogGenerator()
    {
        var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(AspNetCorePack, "analyzers", "dotnet", "cs", "Microsoft.Extensions.Logging.Generators.dll"));
        return ((IIncrementalGenerator)Activator.CreateInstance(assembly.GetType("Microsoft.Extensions.Logging.Generators.LoggerMessageGenerator", throwOnError: true)!)!).AsSourceGenerator();
    }
}
