using System.Text;

namespace AgentLift.Generators.Benchmarks;

/// <summary>Agents as a fleet has them: methods, options, log messages, two lazy members each; and managers of models.</summary>
internal static class AgentSources
{
    private const int MethodsOfAgent = 20;
    private const int AgentsOfManager = 20;

    /// <summary>The files of a fleet.</summary>
    public static IEnumerable<(string Path, string Text)> Files(int agents)
    {
        yield return ("/fleet/Usings.cs", "global using AgentLift.Runtime; global using System; global using System.Threading; global using System.Threading.Tasks; global using Microsoft.Extensions.Logging; global using Microsoft.Extensions.Options;");
        yield return ("/fleet/Program.cs", "namespace Fleet; public static class Program { public static void Register(Microsoft.Extensions.Hosting.IHostApplicationBuilder builder) => builder.AddAgents(); }");
        for (var agent = 0; agent < agents; agent++)
            yield return ($"/fleet/Worker{agent}Agent.cs", Agent(agent, edits: 0));
        for (var manager = 0; manager < agents / AgentsOfManager; manager++)
            yield return ($"/fleet/Models{manager}.cs", Manager(manager));
    }

    /// <summary>The file of one agent, after somebody has typed so often.</summary>
    public static string Agent(int agent, int edits)
    {
        var code = new StringBuilder($$"""
            namespace Fleet;

            public sealed class Worker{{agent}}AgentOptions
            {
                public int Limit { get; set; } = {{agent}};
                public string Folder { get; set; } = "data";
            }

            [Agent("worker-{{agent}}")]
            public sealed partial class Worker{{agent}}Agent(AgentContext context, IOptions<Worker{{agent}}AgentOptions> options) : BaseAgent(context)
            {
                private long handled;

                [LazyDependency(nameof(LoadTable), Warmup = LazyWarmup.AfterReady)]
                private partial Table{{agent}} Words { get; }

                [LazyDependency(nameof(LoadPhrasesAsync), Retries = 2)]
                private partial ValueTask<Table{{agent}}> GetPhrasesAsync(CancellationToken cancellationToken);

                private static Table{{agent}} LoadTable() => new();

                private static async ValueTask<Table{{agent}}> LoadPhrasesAsync(CancellationToken cancellationToken)
                {
                    await Task.Delay(1, cancellationToken);
                    return new Table{{agent}}();
                }

                [LoggerMessage(Level = LogLevel.Information, Message = "Worker {Worker} handled {Count}")]
                private partial void LogHandled(int worker, long count);

            """);
        for (var method = 0; method < MethodsOfAgent; method++)
        {
            code.AppendLine($$"""
                    public async Task<long> Handle{{method}}Async(string request, CancellationToken cancellationToken)
                    {
                        var table = await GetPhrasesAsync(cancellationToken);
                        handled += request.Length + table.Size + options.Value.Limit + {{method + edits}};
                        LogHandled({{agent}}, handled);
                        return handled;
                    }
                """);
        }

        return code.AppendLine("}").AppendLine().AppendLine($"public sealed class Table{agent} {{ public int Size => 3; }}").ToString();
    }

    private static string Manager(int manager) => $$"""
        namespace Fleet;

        [ModelManager]
        public sealed partial class Models{{manager}}
        {
            [Model("detect", Path = "detect{{manager}}.bin", Loader = typeof(Loader{{manager}}), KeepAliveSeconds = 300)]
            public partial ModelHandle<Net{{manager}}> Detect { get; }

            [Model("segment", Path = "segment{{manager}}.bin", Loader = typeof(Loader{{manager}}), Priority = 8)]
            public partial ModelHandle<Net{{manager}}> Segment { get; }
        }

        public sealed class Net{{manager}};

        public sealed class Loader{{manager}} : IModelLoader<Net{{manager}}>
        {
            public ValueTask<LoadedModel<Net{{manager}}>> LoadAsync(ModelLoadRequest request, CancellationToken cancellationToken) => new(new LoadedModel<Net{{manager}}>(new(), 1));

            public ValueTask UnloadAsync(Net{{manager}} model) => default;
        }
        """;
}
