using AgentLift.Core.Rules;

namespace AgentLift.Generators.Tests.Rules;

public class UnboundOptionsTests
{
    private const string Usings = "using Microsoft.Extensions.Options; using Microsoft.Extensions.DependencyInjection; using Microsoft.Extensions.Hosting; using System.ComponentModel.DataAnnotations;\n";
    private const string Agent = """[Agent("tutor")] public class [|TutorAgent|](AgentContext context, IOptions<TutorAgentOptions> options) : BaseAgent(context) { public object Options => options; }""";
    private const string Program = " public static class Program { public static void Add(IHostApplicationBuilder builder) { builder.AddAgents(); } }";

    [Theory]
    [InlineData("public List<string> Words { get; } = [];")]
    [InlineData("public string[] Words { get; set; } = [];")]
    [InlineData("public Table? Words { get; set; }")]
    [InlineData("public int Words { get; init; }")]
    [InlineData("[MinLength(2)] public string? Words { get; set; }")]
    [InlineData("[Range(typeof(TimeSpan), \"00:00:01\", \"01:00:00\")] public TimeSpan Words { get; set; }")]
    public void Options_with_more_than_single_values_are_told(string property) => GeneratorVerifier.Reports(
        RuleIds.UnboundOptions,
        Usings + Agent + $$"""public class TutorAgentOptions { public int Count { get; set; } {{property}} }""" + Program,
        "'TutorAgent' takes 'TutorAgentOptions', which AddAgents() does not bind because of 'Words'; bind it in the program with AddOptions<TutorAgentOptions>().BindConfiguration(\"Agents:tutor\")");

    [Theory]
    [InlineData("builder.Services.AddOptions<TutorAgentOptions>().BindConfiguration(\"Agents:tutor\");")]
    [InlineData("builder.Services.Configure<global::TutorAgentOptions>(_ => { });")]
    public void Options_that_the_program_binds_are_fine(string binding) => GeneratorVerifier.Accepts(
        Usings + Agent.Replace("[|", string.Empty, StringComparison.Ordinal).Replace("|]", string.Empty, StringComparison.Ordinal)
        + "public class TutorAgentOptions { public List<string> Words { get; } = []; }"
        + Program.Replace("builder.AddAgents();", binding + " builder.AddAgents();", StringComparison.Ordinal));

    [Theory]
    [InlineData("public class TutorAgentOptions { public int Count { get; set; } public bool IsLarge => Count > 3; public int Seen { get; private set; } }")]
    [InlineData("public class TutorAgentOptions { public const string Section = \"Tutor\"; public List<string> Words { get; } = []; }")]
    public void Options_of_single_values_or_of_another_section_are_fine(string options) => GeneratorVerifier.Accepts(
        Usings + Agent.Replace("[|", string.Empty, StringComparison.Ordinal).Replace("|]", string.Empty, StringComparison.Ordinal) + options + Program);
}
