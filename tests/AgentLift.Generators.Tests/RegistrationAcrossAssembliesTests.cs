using AgentLift.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Generators.Tests;

/// <summary>Several projects of a solution have agents, and one host registers them all.</summary>
public class RegistrationAcrossAssembliesTests
{
    private const string Program = """
        using Microsoft.Extensions.Hosting;

        namespace Fleet.Host;

        internal sealed class HostAgent(AgentContext context) : BaseAgent(context);

        internal static class Program
        {
            public static void Add(IHostApplicationBuilder builder) => builder.AddAgents().AddFleetPlatformAgents().AddFleetModelsAgents();
        }
        """;

    [Fact]
    public void A_host_registers_its_own_agents_and_those_of_libraries()
    {
        var run = GeneratorRun.Of(Host(Program, Library("Fleet.Platform"), Library("Fleet.Models")));

        run.Diagnostics.ShouldBeEmpty();
        run.Compilation.Complaints().ShouldBeEmpty();
        ClassNameOfCall(run.Compilation, "AddAgents").ShouldBe("FleetHostRegistration");
    }

    [Fact]
    public void The_agents_of_a_program_are_its_own()
    {
        var program = AgentCompilation.Of("public sealed class TutorAgent(AgentContext context) : BaseAgent(context);", "AgentContext.Standalone(\"tutor\");");

        var run = GeneratorRun.Of(program.WithOptions(program.Options.WithOutputKind(OutputKind.ConsoleApplication)));

        run.Compilation.Complaints().ShouldBeEmpty();
        run.Compilation.GetTypeByMetadataName("AgentLift.Runtime.FleetRegistration")!.DeclaredAccessibility.ShouldBe(Accessibility.Internal);
    }

    [Fact]
    public void Agents_of_a_friend_are_not_taken_for_those_of_the_host()
    {
        var friend = Library("Fleet.Friend", "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Fleet.Host\")]");

        // Which are meant is for a person to say: FleetHostRegistration.AddAgents(builder).
        GeneratorRun.Of(Host(Program, friend, Library("Fleet.Platform"), Library("Fleet.Models"))).Compilation.Complaints().ShouldHaveSingleItem().ShouldContain("CS0121");
        GeneratorRun.Of(Host(Program.Replace("builder.AddAgents()", "FleetHostRegistration.AddAgents(builder)", StringComparison.Ordinal), friend, Library("Fleet.Platform"), Library("Fleet.Models")))
            .Compilation.Complaints().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Fleet.Platform", "FleetPlatformRegistration", "AddFleetPlatformAgents")]
    [InlineData("Acme.Agents", "AcmeAgentsRegistration", "AddAcmeAgents")]
    [InlineData("my-fleet", "MyFleetRegistration", "AddMyFleetAgents")]
    [InlineData("3d", "_3dRegistration", "Add_3dAgents")]
    public void The_names_are_those_of_the_assembly(string assembly, string type, string method)
    {
        var run = GeneratorRun.Of(AgentCompilation.Of("public sealed class TutorAgent(AgentContext context) : BaseAgent(context);").WithAssemblyName(assembly));

        run.Compilation.Complaints().ShouldBeEmpty();
        run.Compilation.GetTypeByMetadataName("AgentLift.Runtime." + type).ShouldNotBeNull().GetMembers(method).ShouldHaveSingleItem();
    }

    private static CSharpCompilation Host(string source, params MetadataReference[] libraries) =>
        AgentCompilation.Of(source).WithAssemblyName("Fleet.Host").AddReferences(libraries);

    private static MetadataReference Library(string assembly, string attributes = "") => AgentCompilation.ReferenceTo(assembly, $$"""
        using AgentLift.Runtime;
        {{attributes}}
        namespace {{assembly}};

        public sealed class TutorAgent(AgentContext context) : BaseAgent(context);
        """);

    private static string? ClassNameOfCall(CSharpCompilation compilation, string method)
    {
        var call = compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes()).OfType<InvocationExpressionSyntax>()
            .First(call => call.Expression is MemberAccessExpressionSyntax access && access.Name.Identifier.ValueText == method);
        return compilation.GetSemanticModel(call.SyntaxTree).GetSymbolInfo(call).Symbol?.ContainingType.Name;
    }
}
