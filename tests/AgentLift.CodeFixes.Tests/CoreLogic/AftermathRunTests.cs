using System.Runtime.Loader;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Runtime;
using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes.Tests.CoreLogic;

/// <summary>The old and the new form of an agent that keeps books on what its constructor loads, at work.</summary>
public class AftermathRunTests
{
    private const string Source = """
        using AgentLift.Runtime;

        namespace Fleet;

        public partial class TutorAgent : BaseAgent
        {
            private readonly object _gate = new();
            private readonly List<string> _events = [];
            private EmbeddingTable _rows;
            private EmbeddingTable _names;
            private int _used;

            public TutorAgent(AgentContext context)
                : base(context)
            {
                Note("made");
                _rows = EmbeddingTable.Load("rows.bin");
                Charge(_rows);
                _names = EmbeddingTable.Load("names.bin");
                Charge(_names);
            }

            private void Charge(EmbeddingTable table)
            {
                lock (_gate)
                    _used += table.Name.Length;
                Note(table.Name);
            }

            private void Note(string what)
            {
                lock (_events)
                    _events.Add(what);
            }

            public string Answer(int number)
            {
                lock (_gate)
                    _used += number;
                return _rows.Name + _names.Name + Report();
            }

            private string Report()
            {
                lock (_events)
                    return string.Join(' ', _events) + (_used > 16 ? " full" : " free");
            }

            protected override ValueTask OnStoppedAsync(CancellationToken cancellationToken)
            {
                File.Delete("used by none " + _used);
                return ValueTask.CompletedTask;
            }
        }

        public sealed class EmbeddingTable
        {
            public static readonly ManualResetEventSlim MayLoad = new();
            public static int Loads;
            public string Name;

            public static EmbeddingTable Load(string path)
            {
                MayLoad.Wait();
                Interlocked.Increment(ref Loads);
                return new EmbeddingTable { Name = path };
            }
        }
        """;

    [Fact]
    public async Task A_lifted_agent_is_ready_before_its_books_are_and_all_who_ask_for_them_wait()
    {
        var old = await LoadAsync(lifted: false);
        old.MayLoad.Set();
        var expected = Answer(old.Make(), 1);
        var lifted = await LoadAsync(lifted: true);

        var agent = lifted.Make();
        await agent.StartAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1));
        var asked = Enumerable.Range(0, 4).Select(_ => Task.Run(() => Answer(agent, 1))).ToList();
        lifted.Loads.ShouldBe(0, "ready does not wait for a load");
        lifted.MayLoad.Set();
        var answers = await Task.WhenAll(asked);
        await agent.StopAsync(CancellationToken.None);

        answers.ShouldAllBe(answer => answer == expected);
        expected.ShouldBe("rows.binnames.binmade rows.bin names.bin full");
        lifted.Loads.ShouldBe(2);
    }

    private static string Answer(BaseAgent agent, int number) => (string)agent.GetType().GetMethod("Answer")!.Invoke(agent, [number])!;

    private static async Task<Fleet> LoadAsync(bool lifted)
    {
        var solution = LiftVerifier.SolutionOf([("/fleet/TutorAgent.cs", Source)]);
        if (lifted)
        {
            solution = (await StageLift.ApplyAsync(solution, [new AgentPipeline(new AgentPass([.. HeavyAgents.Rewriters]))], LiftOptions.Everything, CancellationToken.None)).Solution;
            (await solution.Projects.Single().Documents.First().GetTextAsync()).ToString().ShouldContain("_ = Rows;");
        }

        var (compilation, _) = await PlatformGenerators.GenerateAsync(solution.Projects.Single());
        using var stream = new MemoryStream();
        compilation.Emit(stream).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        stream.Position = 0;
        var assembly = new AssemblyLoadContext("fleet", isCollectible: true).LoadFromStream(stream);
        return new Fleet(assembly.GetType("Fleet.TutorAgent")!, assembly.GetType("Fleet.EmbeddingTable")!);
    }

    private sealed record Fleet(Type Agent, Type Table)
    {
        public ManualResetEventSlim MayLoad => (ManualResetEventSlim)Table.GetField("MayLoad")!.GetValue(null)!;

        public int Loads => (int)Table.GetField("Loads")!.GetValue(null)!;

        public BaseAgent Make() => (BaseAgent)Activator.CreateInstance(Agent, AgentContext.Standalone("tutor"))!;
    }
}
