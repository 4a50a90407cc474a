using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Migration.Loading;

/// <summary>
/// Lifts a small agent in memory while MSBuild, in a process of its own, reads the projects, and nobody here has anything else to do. What the lift of the fleet
/// needs of the compiler and of the rewriters is then compiled to machine code already.
/// </summary>
internal sealed class WarmUp : IDisposable
{
    private const string Program = """
        var agent = new Example.WarmAgent("127.0.0.1", 5000);
        agent.Start();
        System.Console.ReadLine();
        agent.Stop();
        """;

    private const string Agent = """
        using System;
        using System.IO;
        using System.Net;
        using System.Net.Http;
        using System.Net.Sockets;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;

        namespace Example
        {
            public class WarmAgent
            {
                private readonly TcpListener listener;
                private readonly string folder = Environment.GetEnvironmentVariable("WARM_FOLDER") ?? "/tmp";
                private readonly byte[] table;
                private volatile bool running;
                private Thread worker;
                private Timer timer;
                private int served;

                public WarmAgent(string host, int port)
                {
                    listener = new TcpListener(IPAddress.Parse(host), port);
                    table = File.ReadAllBytes(Path.Combine(folder, "table.bin"));
                }

                public void Start()
                {
                    running = true;
                    listener.Start();
                    timer = new Timer(_ => Report(), null, 1000, 1000);
                    worker = new Thread(Loop) { IsBackground = true };
                    worker.Start();
                    Task.Run(() => Serve());
                    Console.WriteLine($"warm agent is up, {table.Length} bytes");
                }

                public void Stop()
                {
                    running = false;
                    listener.Stop();
                    timer.Dispose();
                    worker.Join();
                }

                public bool IsHealthy() => running && worker.IsAlive;

                private void Loop()
                {
                    while (running)
                    {
                        try
                        {
                            using (var client = new HttpClient())
                                Console.WriteLine(client.GetStringAsync("http://10.0.0.1:8080/next").Result);
                        }
                        catch (Exception failure)
                        {
                            Console.Error.WriteLine("poll failed: " + failure.Message);
                        }

                        Thread.Sleep(500);
                    }
                }

                private void Serve()
                {
                    while (running)
                    {
                        using var client = listener.AcceptTcpClient();
                        using var stream = client.GetStream();
                        var buffer = new byte[4096];
                        var count = stream.Read(buffer, 0, buffer.Length);
                        var answer = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(buffer, 0, count).ToUpperInvariant());
                        stream.Write(answer, 0, answer.Length);
                        served++;
                    }
                }

                private void Report() => Console.WriteLine("served " + served);
            }
        }
        """;

    private static int begun;

    private readonly CancellationTokenSource stop = new();

    private WarmUp()
    {
    }

    /// <summary>Begins, once in a process, where there is a processor to spare. Nobody waits for the end, and a failure is nobody's.</summary>
    /// <param name="runtime">Full path of <c>AgentLift.Runtime.dll</c>.</param>
    /// <returns>Ends it when disposed, however far it has come: from then on it would only be in the way.</returns>
    public static IDisposable Begin(string runtime)
    {
        var warmUp = new WarmUp();
        if (Environment.ProcessorCount > 1 && Interlocked.Exchange(ref begun, 1) == 0)
            _ = Task.Run(() => LiftAsync(runtime, warmUp.stop.Token));
        return warmUp;
    }

    public void Dispose() => stop.Cancel();

    /// <summary>Lifts the agent through all stages, and compiles it.</summary>
    internal static async Task<Solution> LiftAsync(string runtime, CancellationToken cancellationToken)
    {
        using var workspace = new AdhocWorkspace(WorkspaceServices.All);
        var project = ProjectId.CreateNewId();
        var solution = workspace.CurrentSolution
            .AddProject(ProjectInfo.Create(
                project, VersionStamp.Default, "Example", "Example", LanguageNames.CSharp,
                compilationOptions: new CSharpCompilationOptions(OutputKind.ConsoleApplication),
                metadataReferences: [.. ReferenceAssemblies.Load(), MetadataReference.CreateFromFile(runtime)]))
            .AddDocument(DocumentId.CreateNewId(project), "WarmAgent.cs", SourceText.From(Agent), filePath: "/example/WarmAgent.cs")
            .AddDocument(DocumentId.CreateNewId(project), "Program.cs", SourceText.From(Program), filePath: "/example/Program.cs");
        var lifted = await StageLift.ApplyAsync(solution, MigrationStage.Integration, LiftOptions.Everything, cancellationToken).ConfigureAwait(false);
        (await lifted.Solution.GetProject(project)!.GetCompilationAsync(cancellationToken).ConfigureAwait(false))!.GetDiagnostics(cancellationToken);
        return lifted.Solution;
    }
}
