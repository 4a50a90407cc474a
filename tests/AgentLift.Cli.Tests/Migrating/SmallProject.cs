namespace AgentLift.Cli.Tests.Migrating;

/// <summary>A project with one legacy agent, for one test.</summary>
internal sealed class SmallProject : IDisposable
{
    private const string Agent =
        """
        namespace Fleet;

        public class PollAgent
        {
            private Thread worker;
            private volatile bool running;

            public void Start()
            {
                running = true;
                worker = new Thread(Loop);
                worker.Start();
                Console.WriteLine("up");
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

    private readonly TemporaryFolder folder = new();

    /// <param name="subfolder">Where it lies below the folder of the test.</param>
    /// <param name="prepare">Told of the folder before anything is written into it.</param>
    public SmallProject(string subfolder = "", Action<string>? prepare = null)
    {
        Path = folder.At(subfolder);
        Directory.CreateDirectory(Path);
        prepare?.Invoke(Path);
        File.WriteAllText(At("Fleet.csproj"), "<Project Sdk=\"Microsoft.NET.Sdk\">\n  <PropertyGroup>\n    <TargetFramework>net10.0</TargetFramework>\n    <ImplicitUsings>enable</ImplicitUsings>\n  </PropertyGroup>\n</Project>\n");
        Code = Agent;
    }

    public string Path { get; }

    public string Code
    {
        get => File.ReadAllText(At("PollAgent.cs"));
        set => File.WriteAllText(At("PollAgent.cs"), value);
    }

    public bool HasStore => Directory.Exists(At(".agentlift"));

    public Task<ToolResult> RunAsync(params string[] arguments) => Tool.RunAsync(Path, arguments);

    /// <summary>Migrates through the first stage.</summary>
    public Task<ToolResult> MigrateAsync(params string[] options) => MigrateAsync(_ => { }, options);

    /// <summary>Migrates through the first stage, and hands over each line of errors and progress as it comes.</summary>
    public Task<ToolResult> MigrateAsync(Action<string> onErrorLine, params string[] options) =>
        Tool.RunAsync(Path, onErrorLine, ["migrate", ".", "--stage", "infrastructure", "--batch-pause", "0", .. options]);

    /// <summary>All files that a person wrote, with their content.</summary>
    public SortedDictionary<string, string> State() => new(
        Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
            .Where(file => !System.IO.Path.GetRelativePath(Path, file).Split(System.IO.Path.DirectorySeparatorChar).Any(part => part is ".agentlift" or "bin" or "obj"))
            .ToDictionary(file => System.IO.Path.GetRelativePath(Path, file), File.ReadAllText),
        StringComparer.Ordinal);

    public string At(string file) => System.IO.Path.Combine(Path, file);

    public void Dispose() => folder.Dispose();
}
