using AgentLift.Core.Manifest;
using AgentLift.Core.Settings;
using AgentLift.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.Generators.Tests;

/// <summary>The generated manifest, read by what reads the manifests of teams.</summary>
public class FleetManifestTests
{
    [Fact]
    public void The_tool_and_the_analyzers_read_it()
    {
        var manifest = ManifestOf("""
            namespace Fleet;

            [Agent("tutor")]
            public sealed class TutorAgent(AgentContext context) : BaseAgent(context)
            {
                protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
                {
                    ListenLines("requests", line => line);
                    ListenLines("admin", line => line);
                    return ValueTask.CompletedTask;
                }
            }

            public static class Outer { public sealed class ClockAgent(AgentContext context) : BaseAgent(context); }
            """);

        manifest.Agents.Select(agent => (agent.Name, agent.Type)).ShouldBe([("ClockAgent", "Fleet.Outer.ClockAgent"), ("tutor", "Fleet.TutorAgent")]);
        manifest.Agents[1].Endpoints.ShouldBe(["admin", "requests"]);
        manifest.Find("Fleet.Outer.ClockAgent", "ClockAgent", _ => false).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("""plain""")]
    [InlineData("""with \"quotes\" and \\ and \t and \0""")]
    [InlineData(@"\""\""\""")]
    [InlineData("""é \u2028 \ud83d\ude80""")]
    [InlineData("""{0} {{x}}""")]
    public void A_name_of_any_text_comes_back(string literal)
    {
        var compilation = AgentCompilation.Of($$"""[Agent("{{literal}}")] public sealed class TutorAgent(AgentContext context) : BaseAgent(context);""");
        var name = compilation.GetTypeByMetadataName("TutorAgent")!.GetAttributes()[0].ConstructorArguments[0].Value;

        ManifestOf(compilation).Agents.ShouldHaveSingleItem().Name.ShouldBe(name);
    }

    private static FleetManifest ManifestOf(string source) => ManifestOf(AgentCompilation.Of(source));

    private static FleetManifest ManifestOf(CSharpCompilation compilation)
    {
        var registration = GeneratorRun.Of(compilation).Compilation.ThatCompiles().GetTypeByMetadataName("AgentLift.Runtime.FleetRegistration")!;
        var constant = (IFieldSymbol)registration.GetMembers("FleetManifest").Single();
        return FleetManifestReader.Read(new DataFile("agents.json", (string)constant.ConstantValue!));
    }
}
