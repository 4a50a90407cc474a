using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Risk;
using AgentLift.Core.Rules;
using AgentLift.Migration.Assessment;
using AgentLift.Migration.Loading;
using AgentLift.Migration.Migrating;
using AgentLift.Migration.Snapshots;
using AgentLift.Migration.StaysLegacy;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.Migration.Tests.Migrating;

/// <summary>A folder with a project of small legacy agents, loaded without MSBuild.</summary>
internal sealed class SmallFleet : IDisposable
{
    private const string ImplicitUsings = "global using System; global using System.IO; global using System.Threading; global using System.Threading.Tasks;\n";

    private readonly TemporaryFolder folder = new();

    public SmallFleet(params string[] agents)
    {
        folder.Write("Fleet.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\">\n  <PropertyGroup>\n    <TargetFramework>net10.0</TargetFramework>\n  </PropertyGroup>\n</Project>\n");
        foreach (var agent in agents)
            folder.Write($"{agent}.cs", AgentCode(agent));
    }

    public string Root => folder.Path;

    public List<MigrationProgress> Steps { get; } = [];

    public static MigrationOptions Options { get; } = new()
    {
        Tool = "agentlift 1.0.0",
        RuntimeVersion = "1.0.0",
        BatchPause = TimeSpan.Zero,
        Stage = MigrationStage.Infrastructure,
    };

    /// <summary>A lift that spoils what it wrote of one agent.</summary>
    public static LiftFunction Spoiling(string agent, Func<string, string> spoil) => async (solution, stage, options, cancellationToken) =>
    {
        var lifted = await StageLift.ApplyAsync(solution, stage, options, cancellationToken);
        var edited = lifted.Solution;
        foreach (var document in edited.Projects.SelectMany(project => project.Documents).Where(document => document.Name == agent + ".cs").ToList())
        {
            var text = await document.GetTextAsync(cancellationToken);
            if (lifted.Agents.Any(outcome => outcome.Agent == "Fleet." + agent && outcome.Changed))
                edited = edited.WithDocumentText(document.Id, Microsoft.CodeAnalysis.Text.SourceText.From(spoil(text.ToString()), text.Encoding));
        }

        return lifted with { Solution = edited };
    };

    public string Read(string file) => File.ReadAllText(folder.At(file));

    public string Write(string file, string content) => folder.Write(file, content);

    public string At(string file) => folder.At(file);

    /// <summary>All files outside the store with their content.</summary>
    public SortedDictionary<string, string> State() => new(Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Root, file))
        .Where(file => !file.StartsWith(".agentlift" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        .ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(folder.At(file)))), StringComparer.Ordinal);

    public async Task<MigrationSource> LoadAsync()
    {
        var project = ProjectId.CreateNewId();
        var files = Directory.EnumerateFiles(Root, "*.cs").Order(StringComparer.Ordinal).ToList();
        var workspace = new AdhocWorkspace();
        workspace.AddProject(ProjectInfo.Create(
            project, VersionStamp.Default, "Fleet", "Fleet", LanguageNames.CSharp, folder.At("Fleet.csproj"),
            compilationOptions: new CSharpCompilationOptions(File.Exists(At("Program.cs")) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary),
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            documents: files.Select(file => DocumentInfo.Create(DocumentId.CreateNewId(project), Path.GetFileName(file), loader: new FileTextLoader(file, null), filePath: file)),
            metadataReferences: ReferenceAssemblies.Load()));
        var solution = workspace.CurrentSolution.AddDocument(DocumentId.CreateNewId(project), "Usings.g.cs", ImplicitUsings);
        var target = new AssessTarget(TargetKind.Projects, ".", Root, [folder.At("Fleet.csproj")], []);
        var assessment = await new FleetAssessor(new AssessmentOptions { Tool = "agentlift 1.0.0" }, new Progress<AssessmentProgress>())
            .AssessAsync(new LoadedTarget(target, solution, []), new AgentReadings(solution), CancellationToken.None);
        return new MigrationSource(solution, assessment, target, ExemptionFile.Read(Root), null);
    }

    /// <summary>The same, with agents that are lifted stage by stage, whatever their code says.</summary>
    public async Task<MigrationSource> LoadStagedAsync()
    {
        var source = await LoadAsync();
        var staged = source.Assessment.Agents.Select(agent => agent with { Risk = agent.Risk with { Strategy = MigrationStrategy.Staged } });
        return new MigrationSource(source.Solution, source.Assessment with { Agents = [.. staged] }, new AssessTarget(TargetKind.Projects, ".", Root, [At("Fleet.csproj")], []), [], null);
    }

    public async Task<MigrationReport> MigrateAsync(MigrationOptions? options = null, LiftFunction? lift = null, CancellationToken cancellationToken = default)
    {
        using var store = SnapshotStore.Open(Root);
        return await MigratorOf(await LoadAsync(), options, lift).RunAsync(store, cancellationToken);
    }

    public Migrator MigratorOf(MigrationSource source, MigrationOptions? options = null, LiftFunction? lift = null) =>
        new(source, options ?? Options, new Recorder(Steps), TimeProvider.System, lift ?? StageLift.ApplyAsync);

    public void Dispose() => folder.Dispose();

    private static string AgentCode(string name) =>
        $$"""
        namespace Fleet;

        // Polls, and says so.
        public class {{name}}
        {
            private Thread worker;
            private volatile bool running;

            public void Start()
            {
                running = true;
                worker = new Thread(Loop);
                worker.Start();
                Console.WriteLine("{{name}} is up");
            }

            public void Stop()
            {
                running = false;
                worker.Join();
            }

            private void Loop()
            {
                while (running)
                {
                    Console.WriteLine("poll");
                    Thread.Sleep(100);
                }
            }
        }

        """;

    private sealed class Recorder(List<MigrationProgress> steps) : IProgress<MigrationProgress>
    {
        public void Report(MigrationProgress value) => steps.Add(value);
    }
}
