using System.Diagnostics;

namespace AgentLift.SnapshotCrasher;

/// <summary>A project of small legacy agents, and what a whole migration makes of each of its files.</summary>
internal sealed class MigrationTree : IDisposable
{
    private static readonly string[] Agents = ["AlphaAgent", "BetaAgent", "GammaAgent", "DeltaAgent"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("agentlift-kill-");
    private readonly string tool;
    private readonly Dictionary<string, byte[]> before = [];
    private readonly Dictionary<string, byte[]> after = [];

    private MigrationTree(string tool) => this.tool = tool;

    public string Root => folder.FullName;

    /// <summary>How long a migration writes, from the first file to the last.</summary>
    public TimeSpan Writing { get; private set; }

    /// <summary>Writes and restores the project, migrates it once to the end, and takes that back.</summary>
    public static async Task<MigrationTree> LayAsync(string tool)
    {
        var tree = new MigrationTree(tool);
        await File.WriteAllTextAsync(
            Path.Combine(tree.Root, "Fleet.csproj"),
            "<Project Sdk=\"Microsoft.NET.Sdk\">\n  <PropertyGroup>\n    <TargetFramework>net10.0</TargetFramework>\n    <ImplicitUsings>enable</ImplicitUsings>\n  </PropertyGroup>\n</Project>\n").ConfigureAwait(false);
        foreach (var agent in Agents)
            await File.WriteAllTextAsync(Path.Combine(tree.Root, agent + ".cs"), CodeOf(agent)).ConfigureAwait(false);
        tree.Read(tree.before);

        using (var whole = tree.Start("--yes"))
        {
            var clock = new Stopwatch();
            while (await whole.StandardError.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                if (line.StartsWith("Writing", StringComparison.Ordinal))
                    clock.Start();
            }

            await whole.WaitForExitAsync().ConfigureAwait(false);
            tree.Writing = clock.Elapsed;
            if (whole.ExitCode != 0)
                throw new InvalidOperationException($"the whole migration ended with exit code {whole.ExitCode}: {await whole.StandardOutput.ReadToEndAsync().ConfigureAwait(false)}");
        }

        tree.Read(tree.after);
        return tree;
    }

    /// <summary>Starts a migration, one agent a batch.</summary>
    public Process Start(params string[] more) => Process.Start(new ProcessStartInfo(
        "dotnet", [tool, "migrate", ".", "--stage", "infrastructure", "--batch-size", "1", "--batch-pause", "0", .. more])
    {
        WorkingDirectory = Root,
        RedirectStandardError = true,
        RedirectStandardOutput = true,
        RedirectStandardInput = true,
    })!;

    /// <summary>How the files differ from the state in which those of some transactions are migrated, and the others as before.</summary>
    public IEnumerable<string> Differences(IReadOnlySet<string> migrated)
    {
        foreach (var (file, bytes) in before)
        {
            var expected = migrated.Contains(file) ? after[file] : bytes;
            if (!File.ReadAllBytes(Path.Combine(Root, file)).AsSpan().SequenceEqual(expected))
                yield return $"{file} is not as {(migrated.Contains(file) ? "migrated" : "before")}";
        }

        foreach (var file in Directory.EnumerateFiles(Root).Select(file => Path.GetFileName(file)!).Where(file => !before.ContainsKey(file)))
            yield return $"{file} is too many";
    }

    public void Dispose() => folder.Delete(recursive: true);

    private void Read(Dictionary<string, byte[]> into)
    {
        foreach (var file in Directory.EnumerateFiles(Root))
            into[Path.GetFileName(file)] = File.ReadAllBytes(file);
    }

    private static string CodeOf(string agent) =>
        $$"""
        namespace Fleet;

        public class {{agent}}
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

            private void Loop()
            {
                while (running)
                    Thread.Sleep(100);
            }
        }

        """;
}
