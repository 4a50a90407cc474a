namespace AgentLift.Package.Tests;

/// <summary>The generators of the packed package at work in a project of a user.</summary>
[Collection(PackageTests.Name)]
public class GeneratorTests(PackedPackage package)
{
    private const string Agent = """
        using AgentLift.Runtime;

        await using var agent = new WordAgent(AgentContext.Standalone("words"));
        Console.WriteLine(agent.Count);

        /// <summary>An agent with a lazy dependency.</summary>
        public sealed partial class WordAgent(AgentContext context) : BaseAgent(context)
        {
            /// <summary>How many words there are.</summary>
            public int Count => Words.Count;

            [LazyDependency(nameof(LoadWords), Warmup = LazyWarmup.AfterReady)]
            private partial List<string> Words { get; }

            private static List<string> LoadWords() => ["lift", "drain", "lease"];
        }
        """;

    private const string Fleet = """
        using System.ComponentModel.DataAnnotations;
        using AgentLift.Runtime;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;
        using Microsoft.Extensions.Options;

        var builder = Host.CreateApplicationBuilder(args);
        builder.Configuration["Agents:clock:Limit"] = "3";
        builder.AddAgents();
        using var host = builder.Build();
        await host.StartAsync();
        Console.WriteLine($"clock counts to {host.Services.GetRequiredService<ClockAgent>().Limit}");
        Console.WriteLine(WordsRegistration.FleetManifest);
        await host.StopAsync();

        /// <summary>An agent with options.</summary>
        [Agent("clock")]
        public sealed class ClockAgent(AgentContext context, IOptions<ClockAgentOptions> options) : BaseAgent(context)
        {
            /// <summary>How far it counts.</summary>
            public int Limit => options.Value.Limit;
        }

        /// <summary>How far to count.</summary>
        public sealed class ClockAgentOptions
        {
            /// <summary>The last number, 1 to 100.</summary>
            [Range(1, 100)]
            public int Limit { get; set; } = 10;
        }

        /// <summary>An agent that nobody but this program sees.</summary>
        [Agent("words")]
        internal sealed class WordAgent(AgentContext context) : BaseAgent(context);
        """;

    private const string Manager = """
        using AgentLift.Runtime;

        Console.WriteLine(typeof(SearchModels).GetProperty("Words")!.PropertyType);

        /// <summary>A manager whose models stand in a file.</summary>
        [ModelManager("search.models.json")]
        public sealed partial class SearchModels;

        /// <summary>A model that needs no library.</summary>
        public sealed class WordIndex
        {
        }

        /// <summary>Loads it.</summary>
        public sealed class WordIndexLoader : IModelLoader<WordIndex>
        {
            /// <inheritdoc/>
            public ValueTask<LoadedModel<WordIndex>> LoadAsync(ModelLoadRequest request, CancellationToken cancellationToken) => new(new LoadedModel<WordIndex>(new WordIndex(), 1));

            /// <inheritdoc/>
            public ValueTask UnloadAsync(WordIndex model) => default;
        }
        """;

    [Fact]
    public async Task A_lazy_dependency_is_generated_without_a_warning()
    {
        var folder = NewProject("lazy", Agent);

        var build = await Dotnet.RunAsync(folder, "build", "-tl:off");

        build.ExitCode.ShouldBe(0, build.Output);
        build.Output.ShouldContain("0 Warning(s)");
    }

    [Fact]
    public async Task The_agents_of_a_project_are_registered_without_a_warning()
    {
        var folder = NewProject("fleet", Fleet);

        var run = await Dotnet.RunAsync(folder, "run", "-tl:off");

        run.ExitCode.ShouldBe(0, run.Output);
        run.Output.ShouldNotContain("warning");
        run.Output.ShouldContain("clock counts to 3");
        run.Output.ShouldContain("\"name\": \"words\"");
    }

    [Fact]
    public async Task What_cannot_be_generated_fails_the_build_and_says_why()
    {
        var folder = NewProject("static-lazy", Agent.Replace("private partial", "private static partial", StringComparison.Ordinal));

        var build = await Dotnet.RunAsync(folder, "build", "-tl:off");

        build.ExitCode.ShouldBe(1, build.Output);
        build.Output.ShouldMatch(@"Program\.cs\(\d+,\d+\): error AGL7005: 'Words' is static");
    }

    [Fact]
    public async Task Models_of_a_file_are_generated_without_a_warning()
    {
        var folder = NewProject("models", Manager);
        AddModelsFile(folder, """{ "models": [{ "name": "words", "loader": "WordIndexLoader", "estimatedBytes": 1000 }] }""");

        var build = await Dotnet.RunAsync(folder, "build", "-tl:off");

        build.ExitCode.ShouldBe(0, build.Output);
        build.Output.ShouldContain("0 Warning(s)");
    }

    [Fact]
    public async Task What_is_wrong_with_a_models_file_fails_the_build_at_its_line()
    {
        var folder = NewProject("broken-models", Manager);
        AddModelsFile(
            folder,
            """
            { "models": [
              { "name": "words", "loader": "WordIndexLoader", "estimatedBytes": -1 }
            ] }
            """);

        var build = await Dotnet.RunAsync(folder, "build", "-tl:off");

        build.ExitCode.ShouldBe(1, build.Output);
        build.Output.ShouldMatch(@"search\.models\.json\(2,3\): error AGL7035: 'words' sets estimatedBytes to -1; give it more than 0 bytes");
    }

    private static void AddModelsFile(string folder, string models)
    {
        File.WriteAllText(Path.Combine(folder, "search.models.json"), models);
        var project = Path.Combine(folder, "Words.csproj");
        File.WriteAllText(
            project,
            File.ReadAllText(project).Replace("</Project>", """<ItemGroup><AdditionalFiles Include="search.models.json" /></ItemGroup></Project>""", StringComparison.Ordinal));
    }

    private string NewProject(string name, string program)
    {
        var folder = package.NewConsumerFolder(name);
        PackedPackage.ReferenceRuntime(folder);
        File.WriteAllText(
            Path.Combine(folder, "Words.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <GenerateDocumentationFile>true</GenerateDocumentationFile>
                <AnalysisLevel>latest-all</AnalysisLevel>
                <NoWarn>CA1002;CA1050;CA1303;CA1515;CA1812;CA1852;CA2007;CA1062</NoWarn>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <IsAotCompatible>true</IsAotCompatible>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), program);
        return folder;
    }
}
