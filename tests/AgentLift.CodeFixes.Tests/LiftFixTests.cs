using System.Collections.Immutable;
using AgentLift.Analyzers;
using AgentLift.Core.Rules;
using AgentLift.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentLift.CodeFixes.Tests;

/// <summary>The fixes as an IDE and <c>dotnet format</c> ask for them: from diagnostics of the analyzer.</summary>
public class LiftFixTests
{
    private static readonly LiftFix Fix = new();

    [Theory]
    [InlineData(RuleIds.NotABaseAgent, "Derive 'PollAgent' from BaseAgent")]
    [InlineData(RuleIds.ConsoleLogging, "Log through the logger of 'PollAgent'")]
    [InlineData(RuleIds.ManualThread, "Let BaseAgent run the loops of 'PollAgent' (one that fails begins again or fails the agent)")]
    [InlineData(RuleIds.SleepPolling, "Let BaseAgent run the loops of 'PollAgent' (one that fails begins again or fails the agent)")]
    public async Task A_fix_is_offered_at_its_diagnostic_and_compiles(string rule, string title)
    {
        var solution = LiftVerifier.SolutionOf([("/fleet/File0.cs", Agent("PollAgent"))]);
        var diagnostic = (await DiagnosticsAsync(solution.Projects.Single())).First(found => found.Id == rule);
        var actions = new List<CodeAction>();

        await Fix.RegisterCodeFixesAsync(new CodeFixContext(solution.Projects.Single().Documents.First(), diagnostic, (action, _) => actions.Add(action), default));

        actions.ShouldHaveSingleItem().Title.ShouldBe(title);
        var changed = (await actions[0].GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
        (await LiftVerifier.ErrorsAsync(changed)).ShouldBeEmpty();
        (await DiagnosticsAsync(changed.Projects.Single())).ShouldNotContain(found => found.Id == rule);
    }

    [Fact]
    public void Every_rule_that_promises_a_fix_has_one() =>
        RuleTable.All.Where(rule => rule.Fix != FixKind.None).Select(rule => rule.Id).Except(Fix.FixableDiagnosticIds).ShouldBeEmpty();

    [Fact]
    public async Task A_table_of_agents_is_offered_the_directory_once_its_look_ups_can_await()
    {
        const string Source = """
            using System.Net;
            using AgentLift.Runtime;

            namespace Fleet;

            public class AskAgent(AgentContext context) : BaseAgent(context)
            {
                private readonly Dictionary<string, IPEndPoint> _agents = new() { ["tutor"] = new(IPAddress.Loopback, 5601) };
                private readonly string[] _peers = ["10.0.0.5:5601"];

                public async Task<int> AskAsync(CancellationToken token) => _agents["tutor"].Port + _peers.Length;
            }

            """;
        var solution = LiftVerifier.SolutionOf([("/fleet/File0.cs", Source)]);
        var found = (await DiagnosticsAsync(solution.Projects.Single())).Where(diagnostic => diagnostic.Id == RuleIds.HandRolledServiceLookup).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ToList();
        var offered = new List<CodeAction>[] { [], [] };
        foreach (var (diagnostic, actions) in found.Zip(offered))
            await Fix.RegisterCodeFixesAsync(new CodeFixContext(solution.Projects.Single().Documents.First(), diagnostic, (action, _) => actions.Add(action), default));

        offered[1].ShouldBeEmpty("an array has no names to look up");
        offered[0].ShouldHaveSingleItem().Title.ShouldBe("Look agents up for 'AskAgent' in the directory first, and in its table where they are not there");
        var changed = (await offered[0][0].GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
        (await LiftVerifier.ErrorsAsync(changed)).ShouldBeEmpty();
        var lifted = await Lifting.StageLift.ApplyAsync(solution, MigrationStage.Integration, Lifting.LiftOptions.Everything with { IncludeAssisted = true }, default);
        (await changed.Projects.Single().Documents.First().GetTextAsync()).ToString().ShouldBe(
            (await lifted.Solution.Projects.Single().Documents.First().GetTextAsync()).ToString().Replace("[LiftedAgent(MigrationStage.Integration, ToolVersion = \"0.1.0\")]\n", string.Empty, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_model_that_two_agents_load_is_given_to_managers_which_load_it_once()
    {
        var solution = LiftVerifier.SolutionOf([("/fleet/Gate.cs", Detector("GateAgent")), ("/fleet/Door.cs", Detector("DoorAgent"))], [TorchSurface.Newest]);
        var found = (await DiagnosticsAsync(solution.Projects.Single())).Where(diagnostic => diagnostic.Id == RuleIds.DuplicateModelLoad).ToList();
        found.Count.ShouldBe(2);
        foreach (var diagnostic in found)
        {
            var document = solution.Projects.Single().Documents.Single(document => document.FilePath == diagnostic.Location.SourceTree!.FilePath);
            var actions = new List<CodeAction>();
            await Fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), default));

            actions.ShouldHaveSingleItem().Title.ShouldBe($"Let a model manager load the models of '{document.Name[..^3]}Agent'");
            solution = (await actions[0].GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
        }

        (await LiftVerifier.ErrorsAsync(solution)).ShouldBeEmpty();
        (await DiagnosticsAsync(solution.Projects.Single())).ShouldNotContain(diagnostic => diagnostic.Id == RuleIds.DuplicateModelLoad);
    }

    private static string Detector(string name) => $$"""
        using AgentLift.Runtime;
        using TorchSharp;

        namespace Fleet;

        public partial class {{name}} : BaseAgent
        {
            private readonly torch.jit.ScriptModule<torch.Tensor, torch.Tensor> _net = torch.jit.load<torch.Tensor, torch.Tensor>("data/faces.pt");

            public {{name}}(AgentContext context)
                : base(context)
            {
            }

            protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
            {
                RunSupervised("detect", DetectLoopAsync);
                return ValueTask.CompletedTask;
            }

            private async Task DetectLoopAsync(CancellationToken token)
            {
                while (!token.IsCancellationRequested)
                {
                    await Task.Delay(40, token);
                    using (torch.NewDisposeScope())
                        LastScore = _net.call(torch.zeros([3])).item<float>();
                }
            }

            public float LastScore { get; private set; }
        }

        """;

    [Theory]
    [InlineData(RuleIds.NotABaseAgent)]
    [InlineData(RuleIds.ConsoleLogging)]
    [InlineData(RuleIds.ManualThread)]
    public async Task All_of_a_solution_are_fixed_in_one_pass(string rule)
    {
        var solution = LiftVerifier.SolutionOf(Enumerable.Range(0, 20).Select(i => ($"/fleet/File{i}.cs", Agent($"Poll{i}Agent"))));
        var project = solution.Projects.Single();
        var context = new FixAllContext(project.Documents.First(), Fix, FixAllScope.Solution, rule, [rule], new Diagnostics(), default);

        var action = await Fix.GetFixAllProvider().GetFixAsync(context);

        var changed = (await action!.GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
        (await LiftVerifier.ErrorsAsync(changed)).ShouldBeEmpty();
        (await DiagnosticsAsync(changed.Projects.Single())).ShouldNotContain(found => found.Id == rule);
    }

    [Theory]
    [InlineData(FixAllScope.Solution, "MigrationStage.CoreLogic")]
    [InlineData(FixAllScope.Project, "MigrationStage.CoreLogic")]
    [InlineData(FixAllScope.Document, "MigrationStage.Infrastructure")]
    public async Task An_agent_that_waits_for_the_stage_without_a_finding_of_it_comes_along_unless_one_file_was_asked_for(FixAllScope scope, string marker)
    {
        const string Quiet = """
            using AgentLift.Runtime;

            [LiftedAgent(MigrationStage.Infrastructure)]
            public class QuietAgent(AgentContext context) : BaseAgent(context);

            """;
        var solution = LiftVerifier.SolutionOf([("/fleet/PollAgent.cs", Agent("PollAgent")), ("/fleet/QuietAgent.cs", Quiet)]);
        var poll = solution.Projects.Single().Documents.First(document => document.FilePath == "/fleet/PollAgent.cs");
        var context = new FixAllContext(poll, Fix, scope, RuleIds.ManualThread, [RuleIds.ManualThread], new Diagnostics(), default);

        var action = await Fix.GetFixAllProvider().GetFixAsync(context);

        var changed = (await action!.GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
        var quiet = changed.Projects.Single().Documents.First(document => document.FilePath == "/fleet/QuietAgent.cs");
        (await quiet.GetTextAsync()).ToString().ShouldContain($"[LiftedAgent({marker}");
    }

    [Fact]
    public async Task Without_the_runtime_nothing_is_offered()
    {
        var solution = LiftVerifier.SolutionOf([("/fleet/File0.cs", Agent("PollAgent"))]);
        var project = solution.Projects.Single();
        solution = project.WithMetadataReferences(project.MetadataReferences.Where(reference => !reference.Display!.EndsWith("AgentLift.Runtime.dll", StringComparison.Ordinal))).Solution;
        var diagnostic = (await DiagnosticsAsync(solution.Projects.Single())).First(found => found.Id == RuleIds.NotABaseAgent);
        var actions = new List<CodeAction>();

        await Fix.RegisterCodeFixesAsync(new CodeFixContext(solution.Projects.Single().Documents.First(), diagnostic, (action, _) => actions.Add(action), default));

        actions.ShouldBeEmpty();
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Project project) =>
        await (await project.GetCompilationAsync())!.WithAnalyzers([new AgentAnalyzer()]).GetAnalyzerDiagnosticsAsync();

    private static string Agent(string name) => $$"""
        public class {{name}}
        {
            private Thread _thread;
            private volatile bool _running;

            public void Start()
            {
                _running = true;
                _thread = new Thread(Loop);
                _thread.Start();
                Console.WriteLine("started");
            }

            private void Loop()
            {
                while (_running)
                    Thread.Sleep(1000);
            }
        }

        """;

    private sealed class Diagnostics : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => await DiagnosticsAsync(project);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            (await DiagnosticsAsync(document.Project)).Where(diagnostic => diagnostic.Location.SourceTree?.FilePath == document.FilePath);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
