using System.Runtime.Loader;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Runtime;
using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes.Tests.CoreLogic;

/// <summary>The old and the new form of an agent at work.</summary>
public class LazyAgentRunTests
{
    private const string Source = """
        using AgentLift.Runtime;

        namespace Fleet;

        public partial class TutorAgent : BaseAgent
        {
            private static readonly EmbeddingTable Words;
            private readonly EmbeddingTable _names = EmbeddingTable.Load("names.bin");
            private readonly Dictionary<string, int> _index = [];
            private EmbeddingTable _rows;
            private int _length;

            static TutorAgent()
            {
                Words = EmbeddingTable.Load("words.bin");
            }

            public TutorAgent(AgentContext context, string folder)
                : base(context)
            {
                Prepare(folder);
                _rows = EmbeddingTable.Load(Path.Combine(folder, "rows.bin"));
                _rows.Name += "!";
                _length = _rows.Name.Length;
                _rows.Name += "!";
                foreach (var letter in _rows.Name)
                    _index[letter.ToString()] = _index.Count;
            }

            private static void Prepare(string folder) => ArgumentNullException.ThrowIfNull(folder);

            public string Answer(int number) => $"{_names.Name} {_rows.Name} {Words.Name} {number} {_length} {string.Join(' ', _index.Keys)}";

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                _rows.Dispose();
                _names?.Dispose();
                return ValueTask.CompletedTask;
            }
        }

        public sealed class EmbeddingTable : IDisposable
        {
            public static int Loads;
            public static int Disposals;
            public static readonly TaskCompletionSource All = new(TaskCreationOptions.RunContinuationsAsynchronously);
            public string Name;

            public static EmbeddingTable Load(string path)
            {
                var table = new EmbeddingTable { Name = path };
                if (Interlocked.Increment(ref Loads) == 3)
                    All.TrySetResult();
                return table;
            }

            public void Dispose() => Disposals++;
        }
        """;

    [Fact]
    public async Task A_lifted_agent_answers_the_same_and_loads_each_table_once_when_it_is_first_asked()
    {
        var old = await MakeAsync(lifted: false);
        var lifted = await MakeAsync(lifted: true);
        old.Number("Loads").ShouldBe(3, "the old form loads while it is made");
        lifted.Number("Loads").ShouldBe(0, "nothing is loaded before it is asked for");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => lifted.Answer(number))));

        answers.ShouldBe(Enumerable.Range(0, 8).Select(old.Answer));
        lifted.Number("Loads").ShouldBe(3, "those who ask at once share a load");
    }

    [Fact]
    public async Task A_lifted_agent_loads_once_it_is_ready_and_releases_at_its_end()
    {
        var lifted = await MakeAsync(lifted: true);

        await lifted.Agent.StartAsync(CancellationToken.None);
        await lifted.AllLoaded.WaitAsync(TimeSpan.FromMinutes(1));
        var answer = lifted.Answer(1);
        await lifted.Agent.StopAsync(CancellationToken.None);

        answer.ShouldBe("names.bin data/rows.bin!! words.bin 1 14 d a t / r o w s . b i n !");
        lifted.Number("Loads").ShouldBe(3);
        lifted.Number("Disposals").ShouldBe(3);
    }

    private static async Task<Running> MakeAsync(bool lifted)
    {
        var solution = LiftVerifier.SolutionOf([("/fleet/TutorAgent.cs", Source)]);
        if (lifted)
        {
            solution = (await StageLift.ApplyAsync(solution, [new AgentPipeline(new AgentPass([.. HeavyAgents.Rewriters]))], LiftOptions.Everything, CancellationToken.None)).Solution;
            (await solution.Projects.Single().Documents.First().GetTextAsync()).ToString().ShouldContain("[LazyDependency(nameof(LoadRows)");
        }

        var (compilation, _) = await PlatformGenerators.GenerateAsync(solution.Projects.Single());
        using var stream = new MemoryStream();
        compilation.Emit(stream).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        stream.Position = 0;
        var assembly = new AssemblyLoadContext("fleet", isCollectible: true).LoadFromStream(stream);
        var agent = (BaseAgent)Activator.CreateInstance(assembly.GetType("Fleet.TutorAgent")!, AgentContext.Standalone("tutor"), "data")!;
        return new Running(agent, assembly.GetType("Fleet.EmbeddingTable")!);
    }

    private sealed record Running(BaseAgent Agent, Type Table)
    {
        public Task AllLoaded => ((TaskCompletionSource)Table.GetField("All")!.GetValue(null)!).Task;

        public int Number(string field) => (int)Table.GetField(field)!.GetValue(null)!;

        public string Answer(int number) => (string)Agent.GetType().GetMethod("Answer")!.Invoke(Agent, [number])!;
    }
}
