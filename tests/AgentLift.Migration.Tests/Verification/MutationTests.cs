using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using AgentLift.Migration.Migrating;
using AgentLift.Migration.Tests.Migrating;
using AgentLift.Migration.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Xunit.Abstractions;

namespace AgentLift.Migration.Tests.Verification;

/// <summary>
/// Breaks 200 rewrites on purpose. The compiler notices what does not compile, and warnings; the search for evidence notices a pattern that stays or comes
/// back; the check of the marker notices one that is missing or claims too much. What compiles, shows no pattern and behaves otherwise is noticed by no
/// static check: that is what the commands of <c>--verify</c> are for.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int Mutants = 200;
    private const int Seed = 20261121;

    private static readonly string[] Agents = ["PollAgent", "TwinAgent", "PlainService"];

    [Fact]
    public async Task Every_rewrite_that_is_broken_on_purpose_is_caught()
    {
        using var fleet = Fleet();
        var source = await fleet.LoadAsync();
        var compiler = new CompilerCheck(source.Solution, source.Generators);
        var (start, _) = await new RuntimeAddition(SmallFleet.Options, source.Generators, new PendingFiles(fleet.Root)).AddAsync(source.Solution, source.Assessment.Agents, compiler, CancellationToken.None);
        start = await source.Generators.RunOnAsync(start, CancellationToken.None);
        compiler.Accept(start);

        var kinds = Mutations.ForTheCompiler.Concat(Mutations.ForEvidenceAndMarker).ToList();
        var random = new Random(Seed);
        var (made, missed, byCompiler) = (0, new List<string>(), 0);
        var lifts = new Dictionary<string, LiftedSolution>();
        for (var i = 0; made < Mutants; i++)
        {
            var (kind, mutate) = kinds[i % kinds.Count];
            var agent = source.Assessment.Agents[random.Next(source.Assessment.Agents.Length)];
            if (!lifts.TryGetValue(agent.Name, out var lifted))
                lifts[agent.Name] = lifted = await StageLift.ApplyAsync(start, MigrationStage.Infrastructure, new LiftOptions(type => type.Name == agent.Name), CancellationToken.None);
            if (Mutated(lifted, agent.Name, text => mutate(text, random)) is not { } mutant)
                continue;

            made++;
            var (step, problems) = await new StepLifter((_, _, _, _) => Task.FromResult(mutant), includeAssisted: false)
                .LiftAsync(start, new StepRequest(agent, MigrationStage.Infrastructure), CancellationToken.None);
            if (!problems.IsEmpty)
                continue;
            if (!(await compiler.NewInAsync(step!.After, CancellationToken.None)).IsEmpty)
                byCompiler++;
            else
                missed.Add($"{kind}, {agent.Name}");
        }

        output.WriteLine($"{made} mutants: {made - byCompiler - missed.Count} by evidence or marker, {byCompiler} by the compiler, {missed.Count} missed");
        missed.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_lift_without_a_mutation_passes()
    {
        using var fleet = Fleet();

        var report = await fleet.MigrateAsync();

        report.Agents.ShouldAllBe(agent => agent.Outcome == MigrationOutcome.Lifted);
    }

    [Theory]
    [InlineData("the loop is not ended", "running = false;")]
    [InlineData("the start is forgotten", "worker.Start();")]
    [InlineData("nobody waits for the end", "worker.Join();")]
    public async Task What_only_behaves_otherwise_is_caught_by_a_command(string kind, string needed)
    {
        using var fleet = new SmallFleet("PollAgent");
        var before = fleet.State();
        var spoil = SmallFleet.Spoiling("PollAgent", text => Mutations.ForCommands[kind](text, new Random(Seed))!);

        var unseen = await fleet.MigratorOf(await fleet.LoadAsync(), lift: spoil).DryRunAsync(Stream.Null, CancellationToken.None);
        var seen = await fleet.MigrateAsync(SmallFleet.Options with { VerifyCommands = [$"grep -q '{needed}' PollAgent.cs"] }, spoil);

        unseen.Agents.Single().Outcome.ShouldBe(MigrationOutcome.Lifted);
        seen.Agents.Single().Outcome.ShouldBe(MigrationOutcome.PutBack);
        fleet.State().ShouldBe(before);
    }

    private static SmallFleet Fleet()
    {
        var fleet = new SmallFleet(Agents);
        fleet.Write(
            "ListenAgent.cs",
            """
            using System.Net;
            using System.Net.Sockets;

            namespace Fleet;

            /// <summary>Listens, and beats.</summary>
            public class ListenAgent
            {
                private readonly int port;
                private readonly TcpListener listener;
                private Timer beat;
                private int served;

                public ListenAgent(int port = 5000)
                {
                    this.port = port;
                    listener = new TcpListener(IPAddress.Loopback, port);
                }

                public void Start()
                {
                    listener.Start();
                    beat = new Timer(_ => Console.WriteLine("served " + served + " so far"), null, 1000, 1000);
                    Console.WriteLine($"listening on {port}");
                }

                public void Stop()
                {
                    beat.Dispose();
                    listener.Stop();
                    Console.WriteLine("closed after " + served);
                }

                private async Task ServeAsync()
                {
                    while (true)
                    {
                        using var client = await listener.AcceptTcpClientAsync();
                        served++;
                    }
                }
            }
            """);
        return fleet;
    }

    private static LiftedSolution? Mutated(LiftedSolution lifted, string agent, Func<string, string?> mutate)
    {
        var document = lifted.Solution.Projects.Single().Documents.Single(candidate => candidate.Name == agent + ".cs");
        var text = document.GetTextAsync().Result;
        return mutate(text.ToString()) is { } mutated && mutated != text.ToString()
            ? lifted with { Solution = document.WithText(SourceText.From(mutated, text.Encoding)).Project.Solution }
            : null;
    }
}
