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

    public SmallProject() => folder
        .Write("Fleet.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\">\n  <PropertyGroup>\n    <TargetFramework>net10.0</TargetFramework>\n    <ImplicitUsings>enable</ImplicitUsings>\n  </PropertyGroup>\n</Project>\n")
        .Write("PollAgent.cs", Agent);

    public string Path => folder.Path;

    public string Code
    {
        get => File.ReadAllText(folder.At("PollAgent.cs"));
        set => folder.Write("PollAgent.cs", value);
    }

    public bool HasStore => Directory.Exists(folder.At(".agentlift"));

    public Task<ToolResult> RunAsync(params string[] arguments) => Tool.RunAsync(Path, arguments);

    /// <summary>Migrates through the first stage.</summary>
    public Task<ToolResult> MigrateAsync(params string[] options) => RunAsync(["migrate", ".", "--stage", "infrastructure", "--batch-pause", "0", .. options]);

    public string At(string file) => folder.At(file);

    public void Dispose() => folder.Dispose();
}
