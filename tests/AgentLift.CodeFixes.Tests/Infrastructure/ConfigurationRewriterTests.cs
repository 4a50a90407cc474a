using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Tests.Infrastructure;

public class ConfigurationRewriterTests
{
    private const string Settings = """{ "port": 5611, "reviewSeconds": 5, "passMark": 0.7, "motto": "learn", "dbPassword": "hunter2", "lessons": [ 1, 2 ] }""";

    private const string Program = """
        public static class Program
        {
            public static void Main(string[] args)
            {
                var agent = new TutorAgent();
                agent.Start();
                Console.ReadLine();
            }
        }
        """;

    [Fact]
    public async Task Values_of_a_settings_file_become_options_with_its_values_as_defaults()
    {
        var (text, lifted) = await LiftAsync(
            """
            var settings = JsonDocument.Parse(File.ReadAllText("config/tutor.json")).RootElement; // by hand
                    _port = settings.GetProperty("port").GetInt32();
                    _passMark = settings.GetProperty("passMark").GetDouble();
            """);

        text.ShouldContain("    public TutorAgent(AgentContext context, IOptions<TutorAgentOptions> options)\n        : base(context)\n    {\n        // by hand\n        _port = options.Value.Port;\n        _passMark = options.Value.PassMark;\n    }\n");
        text.ShouldEndWith(
            """

            /// <summary>Settings of <see cref="TutorAgent"/>.</summary>
            // AGENTLIFT AGL1003: bind it where the agent is registered: builder.Services.AddOptions<TutorAgentOptions>().BindConfiguration("Agents:TutorAgent").ValidateDataAnnotations().ValidateOnStart();
            public sealed class TutorAgentOptions
            {
                /// <summary>The value port of config/tutor.json; 1 to 65535; 5611 by default.</summary>
                [Range(1, 65535)]
                public int Port { get; set; } = 5611;

                /// <summary>The value passMark of config/tutor.json; 0.7 by default.</summary>
                public double PassMark { get; set; } = 0.7;
            }

            """.ReplaceLineEndings("\n"));
        lifted.Agents.Single().Settings.ShouldBe([new LiftedSetting("Agents:TutorAgent:Port", 5611), new LiftedSetting("Agents:TutorAgent:PassMark", 0.7)]);
        lifted.Agents.Single().After.ShouldNotContain(evidence => evidence.Rule.Id == RuleIds.HandRolledConfiguration);
    }

    [Theory]
    [InlineData("_motto = Environment.GetEnvironmentVariable(\"TUTOR_MOTTO\") ?? \"learn\";", "_motto = options.Value.TutorMotto;", "public string TutorMotto { get; set; } = \"learn\";")]
    [InlineData("_port = int.Parse(Environment.GetEnvironmentVariable(\"TUTOR_PORT\") ?? \"5611\");", "_port = options.Value.TutorPort;", "[Range(1, 65535)]\n    public int TutorPort { get; set; } = 5611;")]
    [InlineData("_port = int.TryParse(Environment.GetEnvironmentVariable(\"batch\"), out var batch) ? batch : 12;", "_port = options.Value.Batch;", "[Range(1, int.MaxValue)]\n    public int Batch { get; set; } = 12;")]
    public async Task Variables_with_a_default_become_options(string statement, string expected, string property)
    {
        var (text, _) = await LiftAsync(statement);

        text.ShouldContain(expected);
        text.ShouldContain(property);
    }

    [Fact]
    public async Task Lists_in_the_file_are_still_read_where_they_were()
    {
        var (text, lifted) = await LiftAsync(
            """
            var settings = JsonDocument.Parse(File.ReadAllText("config/tutor.json")).RootElement;
                    _port = settings.GetProperty("port").GetInt32();
                    _lessons = settings.GetProperty("lessons").GetArrayLength();
            """);

        text.ShouldContain("        // AGENTLIFT AGL1003: lists or objects of config/tutor.json are still read here; bind them too.\n        var settings = JsonDocument");
        text.ShouldContain("_port = options.Value.Port;\n        _lessons = settings.GetProperty(\"lessons\").GetArrayLength();");
        lifted.Agents.Single().Obstacles.Select(obstacle => obstacle.Reason).ShouldBe(["config/tutor.json also holds lists or objects, which are still read here"]);
    }

    [Fact]
    public async Task The_program_that_becomes_a_host_binds_the_options_before_it_registers_the_agent()
    {
        var (text, lifted) = await LiftAsync("_motto = Environment.GetEnvironmentVariable(\"MOTTO\") ?? \"learn\";", Program);

        text.ShouldContain("/// <summary>Settings of <see cref=\"TutorAgent\"/>.</summary>\npublic sealed class TutorAgentOptions\n");
        text.ShouldNotContain("// AGENTLIFT");
        lifted.Agents.Single().Obstacles.Select(obstacle => obstacle.Reason).ShouldBeEmpty();
        var program = (await lifted.Solution.Projects.Single().Documents.ElementAt(1).GetTextAsync()).ToString();
        program.ShouldStartWith("using AgentLift.Runtime;\nusing Microsoft.Extensions.DependencyInjection;\nusing Microsoft.Extensions.Hosting;\n");
        program.ShouldContain(
            "        var builder = Host.CreateApplicationBuilder(args);\n"
            + "        builder.Services.AddOptions<TutorAgentOptions>().BindConfiguration(\"Agents:TutorAgent\").ValidateDataAnnotations().ValidateOnStart();\n"
            + "        builder.AddAgent<TutorAgent>();\n");
        lifted.Agents.Single().Edited.ShouldContain("/fleet/File1.cs");
    }

    [Fact]
    public async Task Options_that_an_earlier_run_left_unbound_are_bound_once_the_agent_is_registered()
    {
        var (text, _) = await LiftAsync("_motto = Environment.GetEnvironmentVariable(\"MOTTO\") ?? \"learn\";");
        const string Registering = """
            using AgentLift.Runtime;
            using Microsoft.Extensions.Hosting;

            public static class Program
            {
                public static void Main(string[] args)
                {
                    var builder = Host.CreateApplicationBuilder(args);
                    builder.AddAgent((_, context) => new TutorAgent(context, Microsoft.Extensions.Options.Options.Create(new TutorAgentOptions())));
                    builder.Build().Run();
                }
            }
            """;

        var again = await StageLift.ApplyAsync(
            LiftVerifier.SolutionOf([("/fleet/File0.cs", text), ("/fleet/File1.cs", Registering)]), MigrationStage.Infrastructure, LiftOptions.Everything with { IncludeAssisted = true }, CancellationToken.None);

        again.Agents.Single().Changed.ShouldBeTrue();
        (await LiftVerifier.ErrorsAsync(again.Solution)).ShouldBeEmpty();
        (await again.Solution.Projects.Single().Documents.First().GetTextAsync()).ToString().ShouldNotContain("// AGENTLIFT");
        (await again.Solution.Projects.Single().Documents.ElementAt(1).GetTextAsync()).ToString().ShouldContain("        builder.Services.AddOptions<TutorAgentOptions>()");
    }

    [Fact]
    public async Task A_secret_of_a_settings_file_is_copied_nowhere()
    {
        var (text, lifted) = await LiftAsync(
            """
            var settings = JsonDocument.Parse(File.ReadAllText("config/tutor.json")).RootElement;
                    _port = settings.GetProperty("port").GetInt32();
                    _motto = settings.GetProperty("dbPassword").GetString();
            """);

        text.ShouldNotContain("hunter2");
        text.ShouldContain("_motto = settings.GetProperty(\"dbPassword\").GetString();");
        lifted.Agents.Single().Settings.ShouldBe([new LiftedSetting("Agents:TutorAgent:Port", 5611)]);
        lifted.Agents.Single().Obstacles.Select(obstacle => obstacle.Reason).ShouldBe(["config/tutor.json also holds secrets, which are still read here"]);
    }

    [Theory]
    [InlineData("TUTOR_DB", "Host=db;Username=tutor;Password=hunter2", true)]
    [InlineData("TUTOR_DB", "Host=db;Username=tutor", false)]
    [InlineData("API_TOKEN", "", true)]
    [InlineData("TUTOR_URL", "amqp://guest:guest@broker/", true)]
    [InlineData("TUTOR_URL", "https://broker/", false)]
    public async Task A_secret_of_the_code_stays_there_and_is_called_one(string variable, string value, bool isSecret)
    {
        var (text, lifted) = await LiftAsync($"_motto = Environment.GetEnvironmentVariable(\"{variable}\") ?? \"{value}\";");

        text.ShouldContain($"{{ get; set; }} = \"{value}\";");
        lifted.Agents.Single().Settings.ShouldHaveSingleItem().IsSecret.ShouldBe(isSecret);
    }

    [Fact]
    public async Task A_default_that_the_code_works_out_is_written_as_its_value()
    {
        var (text, lifted) = await LiftAsync("const int Minutes = 5; _port = int.TryParse(Environment.GetEnvironmentVariable(\"SECONDS\"), out var seconds) ? seconds : Minutes * 60;");

        text.ShouldContain("public int Seconds { get; set; } = 300;");
        lifted.Agents.Single().Settings.ShouldBe([new LiftedSetting("Agents:TutorAgent:Seconds", 300)]);
    }

    [Fact]
    public async Task Who_makes_the_agent_by_hand_gets_the_defaults()
    {
        var (text, _) = await LiftAsync("_motto = Environment.GetEnvironmentVariable(\"MOTTO\") ?? \"learn\";", "public static class Launcher\n{\n    public static void Launch() => new TutorAgent().Start();\n}\n");

        text.ShouldContain(": this(AgentContext.Standalone(\"TutorAgent\"), Options.Create(new TutorAgentOptions()))");
    }

    [Theory]
    [InlineData("_motto = Environment.GetEnvironmentVariable(\"MOTTO\");", "the variable has no plain default, so that it is not known what it stands for")]
    [InlineData("_port = JsonDocument.Parse(File.ReadAllText(\"config/tutor.json\")).RootElement.GetProperty(\"port\").GetInt32();", "the file is not read into a JSON document at once: bind its values by hand")]
    [InlineData("var settings = JsonDocument.Parse(File.ReadAllText(\"other.json\")).RootElement; _port = settings.GetProperty(\"port\").GetInt32();", "other.json is not at hand, so that its values are not known: give it to the project as an additional file")]
    [InlineData("_port = int.Parse(Environment.GetEnvironmentVariable(\"DRAIN_TIMEOUT\") ?? \"20\");", "Agents:TutorAgent:DrainTimeout is a setting of BaseAgent itself: give it another name first")]
    [InlineData("Action later = () => _motto = Environment.GetEnvironmentVariable(\"MOTTO\") ?? \"learn\"; later();", "it is read outside the constructor, each time anew: bind it to the options by hand")]
    public async Task What_is_no_single_value_of_the_constructor_stays(string statement, string reason)
    {
        var (text, lifted) = await LiftAsync(statement);

        text.ShouldContain(statement);
        lifted.Agents.Single().Obstacles.Select(obstacle => obstacle.Reason).ShouldBe([reason]);
    }

    [Fact]
    public async Task Nothing_is_written_unless_it_is_asked_for()
    {
        var (text, lifted) = await LiftAsync("_motto = Environment.GetEnvironmentVariable(\"MOTTO\") ?? \"learn\";", includeAssisted: false);

        text.ShouldNotContain("IOptions");
        lifted.Agents.Single().Settings.ShouldBeEmpty();
    }

    private static async Task<(string Text, LiftedSolution Lifted)> LiftAsync(string statement, string more = "", bool includeAssisted = true)
    {
        var solution = LiftVerifier.SolutionOf([("/fleet/File0.cs", Agent(statement.ReplaceLineEndings("\n"))), ("/fleet/File1.cs", more)]);
        solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(solution.ProjectIds[0]), "tutor.json", SourceText.From(Settings), filePath: "/fleet/config/tutor.json");
        if (more.Contains("Main(", StringComparison.Ordinal))
            solution = solution.WithProjectCompilationOptions(solution.ProjectIds[0], new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        (await LiftVerifier.ErrorsAsync(solution)).ShouldBeEmpty("the test's source must compile");
        var options = LiftOptions.Everything with { IncludeAssisted = includeAssisted };

        var lifted = await StageLift.ApplyAsync(solution, MigrationStage.Infrastructure, options, CancellationToken.None);

        var text = (await lifted.Solution.Projects.Single().Documents.First().GetTextAsync()).ToString();
        (await LiftVerifier.ErrorsAsync(lifted.Solution)).ShouldBeEmpty(text);
        var again = await StageLift.ApplyAsync(lifted.Solution, MigrationStage.Infrastructure, options, CancellationToken.None);
        again.Agents.ShouldAllBe(agent => !agent.Changed, "a second run must write nothing");
        return (text, lifted);
    }

    private static string Agent(string statement) => $$"""
        using System.Text.Json;

        public class TutorAgent
        {
            private int _port;
            private int _lessons;
            private double _passMark;
            private string _motto;

            public TutorAgent()
            {
                {{statement}}
            }

            public void Start() => new Thread(Loop).Start();

            private void Loop()
            {
                while (true)
                    Thread.Sleep(1000);
            }
        }

        """.ReplaceLineEndings("\n");
}
