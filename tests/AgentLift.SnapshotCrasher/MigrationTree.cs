using System.Diagnostics;
using AgentLift.Migration.Snapshots;

namespace AgentLift.SnapshotCrasher;

/// <summary>A project of small legacy agents, two files each, and what each stage of a migration makes of them.</summary>
internal sealed class MigrationTree : IDisposable
{
    private static readonly string[] Agents = ["AlphaAgent", "BetaAgent", "GammaAgent", "DeltaAgent"];
    private static readonly string[] Stages = ["infrastructure", "core-logic", "integration"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("agentlift-kill-");
    private readonly string tool;

    // By stage reached, none first.
    private readonly Dictionary<string, byte[]>[] states = new Dictionary<string, byte[]>[Stages.Length + 1];

    private MigrationTree(string tool) => this.tool = tool;

    public string Root => Path.Combine(folder.FullName, "fleet");

    /// <summary>When a whole migration writes.</summary>
    public WriteTimes Migration { get; private set; } = null!;

    private string Migrated => Path.Combine(folder.FullName, "migrated");

    /// <summary>Writes and restores the project, migrates it once to the end, keeps a copy of that, and takes it back stage by stage.</summary>
    public static async Task<MigrationTree> LayAsync(string tool)
    {
        var tree = new MigrationTree(tool);
        Directory.CreateDirectory(tree.Root);
        await File.WriteAllTextAsync(
            Path.Combine(tree.Root, "Fleet.csproj"),
            "<Project Sdk=\"Microsoft.NET.Sdk\">\n  <PropertyGroup>\n    <TargetFramework>net10.0</TargetFramework>\n    <ImplicitUsings>enable</ImplicitUsings>\n  </PropertyGroup>\n</Project>\n").ConfigureAwait(false);
        foreach (var (file, code) in Agents.SelectMany(FilesOf))
            await File.WriteAllTextAsync(Path.Combine(tree.Root, file), code).ConfigureAwait(false);
        tree.states[0] = Read(tree.Root);

        using (var restore = Process.Start(new ProcessStartInfo("dotnet", ["restore", tree.Root, "--verbosity", "quiet"]))!)
            await restore.WaitForExitAsync().ConfigureAwait(false);
        using (var whole = tree.StartMigration())
            tree.Migration = await JournalWatch.TimesOfAsync(tree.Root, whole).ConfigureAwait(false);
        Copy(tree.Root, tree.Migrated);
        for (var stage = Stages.Length; stage > 0; stage--)
        {
            tree.states[stage] = Read(tree.Root);
            await tree.RunAsync("rollback", "--stage", Stages[stage - 1]).ConfigureAwait(false);
        }

        return tree;
    }

    /// <summary>Starts a migration of a restored tree, two agents a batch.</summary>
    public Process StartMigration() => Start("migrate", ".", "--batch-size", "2", "--batch-pause", "0", "--yes", "--no-restore");

    /// <summary>Starts the tool in the tree.</summary>
    public Process Start(params string[] arguments) => StartIn(Root, arguments);

    private Process StartIn(string root, params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [tool, .. arguments])
    {
        WorkingDirectory = root,
        RedirectStandardError = true,
        RedirectStandardOutput = true,
        RedirectStandardInput = true,
    })!;

    /// <summary>Keeps what a process that dies at this instant leaves, in a folder of its own.</summary>
    public string Keep()
    {
        // .NET would not read what the process that stands still has open; its locks die with a process.
        var copy = Path.Combine(folder.FullName, "instant-" + Guid.NewGuid().ToString("N"));
        using var keeper = Process.Start("cp", ["-R", "--", Root, copy]);
        keeper.WaitForExit();
        return copy;
    }

    /// <summary>Runs <c>agentlift recover</c> in the tree, or in a kept copy.</summary>
    public async Task RecoverAsync(ICollection<string> problems, string? root = null)
    {
        root ??= Root;
        using var recover = StartIn(root, "recover");
        var errors = await recover.StandardError.ReadToEndAsync().ConfigureAwait(false);
        await recover.WaitForExitAsync().ConfigureAwait(false);
        var neverWritten = recover.ExitCode == 2 && !Directory.Exists(Path.Combine(root, ".agentlift"));
        if (recover.ExitCode != 0 && !neverWritten)
            problems.Add($"recover ended with exit code {recover.ExitCode}: {errors}");
    }

    /// <summary>Puts the copy of the migrated tree into place.</summary>
    public void Migrate()
    {
        Directory.Delete(Root, recursive: true);
        Copy(Migrated, Root);
    }

    /// <summary>How the files differ from the state in which some transactions stand.</summary>
    public IEnumerable<string> Differences(IReadOnlyCollection<TransactionSummary> standing, string? root = null)
    {
        root ??= Root;
        var present = Read(root);
        foreach (var file in states[0].Keys.Union(present.Keys))
        {
            var stage = standing.Where(step => step.Files.Contains(file)).Select(step => Array.IndexOf(Stages, step.Stage) + 1).DefaultIfEmpty().Max();
            if (!states[stage].TryGetValue(file, out var expected))
                yield return $"{file} is too many";
            else if (!present.TryGetValue(file, out var bytes))
                yield return $"{file} is missing";
            else if (!bytes.AsSpan().SequenceEqual(expected))
                yield return $"{file} is not as after {(stage == 0 ? "no stage" : Stages[stage - 1])}";
        }

        var unfinished = Path.Combine(root, ".agentlift", "tmp");
        foreach (var entry in Directory.Exists(unfinished) ? Directory.EnumerateFileSystemEntries(unfinished) : [])
            yield return $"{entry} is left over";
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false);
        await process.WaitForExitAsync().ConfigureAwait(false);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"agentlift {string.Join(' ', arguments)} ended with exit code {process.ExitCode}: {output}{await errors.ConfigureAwait(false)}");
    }

    private static Dictionary<string, byte[]> Read(string root) => Directory.EnumerateFiles(root).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes, StringComparer.Ordinal);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var inner in Directory.EnumerateDirectories(from))
            Copy(inner, Path.Combine(to, Path.GetFileName(inner)));
    }

    private static (string File, string Code)[] FilesOf(string agent) =>
    [
        (agent + ".cs", $$"""
            namespace Fleet;

            public partial class {{agent}}
            {
                private Thread worker;
                private volatile bool running;

                public void Start()
                {
                    running = true;
                    worker = new Thread(Loop);
                    worker.Start();
                    Console.WriteLine("{{agent}} is up");
                }

                public void Stop()
                {
                    running = false;
                    worker.Join();
                }
            }

            """),
        (agent + ".Loop.cs", $$"""
            namespace Fleet;

            public partial class {{agent}}
            {
                private void Loop()
                {
                    while (running)
                    {
                        Console.WriteLine("{{agent}} looks");
                        Thread.Sleep(100);
                    }
                }
            }

            """),
    ];
}
