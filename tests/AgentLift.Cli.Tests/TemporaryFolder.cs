namespace AgentLift.Cli.Tests;

/// <summary>A folder for one test, with small pieces of code to assess.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string Agent =
        """
        using System.Threading;

        namespace Fleet;

        public class PollAgent
        {
            private Thread? worker;

            public void Start()
            {
                worker = new Thread(Loop);
                worker.Start();
            }

            private void Loop()
            {
                while (true)
                {
                    System.Console.WriteLine("poll");
                    Thread.Sleep(100);
                }
            }
        }
        """;

    public string Path { get; } = Directory.CreateTempSubdirectory("agentlift-test-").FullName;

    public string At(string file) => System.IO.Path.Combine(Path, file);

    public TemporaryFolder Write(string file, string content = "")
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(file))!);
        File.WriteAllText(At(file), content);
        return this;
    }

    /// <summary>Writes a legacy agent.</summary>
    public TemporaryFolder WithAgent(string file = "PollAgent.cs") => Write(file, Agent);

    /// <summary>Writes a project with a legacy agent.</summary>
    public TemporaryFolder WithProject(string name, string items = "") =>
        WithAgent($"{name}/PollAgent.cs").Write(
            $"{name}/{name}.csproj",
            $"<Project Sdk=\"Microsoft.NET.Sdk\">\n  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>\n  {items}\n</Project>\n");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
