using System.Collections.Concurrent;
using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Tests;

public class AgentPipelineTests
{
    private const string Source = """
        namespace Fleet;

        // Made by: nobody
        public class NoonAgent
        {
            public void Start() => new Thread(() => { while (true) { } }).Start();
        }

        public class MoonAgent
        {
            public void Start() => new Thread(() => { while (true) { } }).Start();
        }

        """;

    [Fact]
    public async Task Agents_whose_edits_cross_take_turns()
    {
        var (text, lifted) = await LiftAsync(new AgentPass(new Signing()));

        text.ShouldBe(Source.Replace("nobody", "nobody, NoonAgent, MoonAgent", StringComparison.Ordinal));
        lifted.Agents.ShouldAllBe(agent => agent.Changed && agent.Obstacles.IsEmpty);
    }

    [Fact]
    public async Task An_agent_goes_through_passes_that_have_nothing_for_it_in_one_turn()
    {
        var seen = new List<(string Agent, SyntaxTree Code)>();

        var (text, _) = await LiftAsync(new AgentPass(new Looking(seen)), new AgentPass(new Looking(seen)), new AgentPass(new Signing("MoonAgent")), new AgentPass(new Looking(seen)));

        text.ShouldContain("nobody, MoonAgent\n");
        seen.Where(look => look.Agent == "NoonAgent").Select(look => look.Code).Distinct().ShouldHaveSingleItem();
        seen.Where(look => look.Agent == "MoonAgent").Select(look => look.Code).Distinct().Count().ShouldBe(2);
        seen.Count.ShouldBe(6);
    }

    [Fact]
    public async Task An_agent_is_read_again_only_where_something_around_it_has_changed()
    {
        var seen = new List<(string Agent, AgentCode Code)>();
        ImmutableArray<ILiftPass> passes = [new AgentPipeline(new AgentPass(new Knowing(seen))), new AgentPipeline(new AgentPass(new Signing("MoonAgent"))), new AgentPipeline(new AgentPass(new Knowing(seen)))];
        var files = Source.Replace("public class MoonAgent", "#split\n// Made by: nobody\nnamespace Fleet;\npublic class MoonAgent", StringComparison.Ordinal).Split("#split\n");
        var apart = LiftVerifier.SolutionOf([("/fleet/File0.cs", files[0]), ("/fleet/File1.cs", files[1])]);
        var bound = LiftVerifier.SolutionOf([("/fleet/File0.cs", files[0]), ("/fleet/File1.cs", files[1] + "public class Pair { public NoonAgent One; public MoonAgent Other; }")]);

        foreach (var solution in new[] { apart, bound })
            (await StageLift.ApplyAsync(solution, passes, LiftOptions.Everything, CancellationToken.None)).Agents.Count(agent => agent.Changed).ShouldBe(1);

        seen.Select(look => look.Agent).ShouldBe(["NoonAgent", "MoonAgent", "NoonAgent", "MoonAgent", "NoonAgent", "MoonAgent", "NoonAgent", "MoonAgent"], ignoreOrder: true);
        seen.Take(4).Where(look => look.Agent == "NoonAgent").Select(look => look.Code).Distinct().ShouldHaveSingleItem();
        seen.Take(4).Where(look => look.Agent == "MoonAgent").Select(look => look.Code).Distinct().Count().ShouldBe(2);
        seen.Skip(4).Where(look => look.Agent == "NoonAgent").Select(look => look.Code).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_pass_that_had_nothing_for_an_agent_is_not_asked_again_about_the_same_code()
    {
        var seen = new List<(string Agent, SyntaxTree Code)>();
        var looking = new AgentPipeline(new AgentPass(new Looking(seen)));
        var scope = new LiftScope(LiftOptions.Everything);
        var solution = LiftVerifier.SolutionOf([("/fleet/File0.cs", Source)]);

        var first = await looking.ApplyAsync(solution, scope, CancellationToken.None);
        var second = await looking.ApplyAsync(solution, scope, CancellationToken.None);

        seen.Count.ShouldBe(2);
        second.Agents.Select(agent => agent.Agent).ShouldBe(first.Agents.Select(agent => agent.Agent));
    }

    [Fact]
    public async Task A_rewriter_of_a_later_pass_goes_along_where_its_edits_stand_beside_those_of_an_earlier_one()
    {
        var (heads, ends) = (new Commenting("// First", 0), new Commenting("// Second", Source.Length));

        var (text, lifted) = await LiftAsync(new AgentPass(heads) { Along = [ends] }, new AgentPass(ends));

        text.ShouldBe($"// First\n{Source}// Second\n");
        ends.Asked.Distinct().Count().ShouldBe(2);
        lifted.Agents.ShouldContain(agent => agent.Changed && agent.Obstacles.IsEmpty);
    }

    [Fact]
    public async Task A_rewriter_whose_edits_cross_those_of_an_earlier_pass_waits_for_its_own()
    {
        var again = new Signing("NoonAgent, for good");

        var (text, lifted) = await LiftAsync(new AgentPass(new Signing("NoonAgent")) { Along = [again] }, new AgentPass(again));

        text.ShouldBe(Source.Replace("nobody", "nobody, NoonAgent, NoonAgent, for good", StringComparison.Ordinal));
        lifted.Agents.ShouldAllBe(agent => agent.Obstacles.IsEmpty);
    }

    [Fact]
    public async Task A_lift_goes_on_where_the_one_before_in_its_scope_ended_and_tells_what_that_left()
    {
        var (first, second) = (new Refusing("first"), new Refusing("second"));
        ImmutableArray<ILiftPass> passes = [new AgentPipeline(new AgentPass(first), new AgentPass(new Signing("MoonAgent"))), new AgentPipeline(new AgentPass(second))];
        var solution = LiftVerifier.SolutionOf([("/fleet/File0.cs", Source)]);

        var before = await StageLift.ApplyAsync(solution, passes[..1], LiftOptions.Everything, CancellationToken.None);
        var after = await StageLift.ApplyAsync(before.Solution, passes, LiftOptions.Everything with { Scope = before.Scope }, CancellationToken.None);
        var again = await StageLift.ApplyAsync(before.Solution, passes[..1], LiftOptions.Everything with { Scope = before.Scope }, CancellationToken.None);

        before.Agents.ShouldContain(agent => agent.Changed);
        after.Agents.ShouldAllBe(agent => !agent.Changed);
        after.Agents.SelectMany(agent => agent.Obstacles).Select(obstacle => obstacle.Reason).ShouldBe(["first", "first", "second", "second"], ignoreOrder: true);
        again.Agents.SelectMany(agent => agent.Obstacles).Select(obstacle => obstacle.Reason).ShouldBe(["first", "first"]);
        first.Asked.ShouldBe(4);
    }

    [Fact]
    public async Task An_edit_of_what_is_no_document_is_refused()
    {
        var (text, lifted) = await LiftAsync(new AgentPass(new Straying()));

        text.ShouldBe(Source);
        lifted.Agents.ShouldAllBe(agent => !agent.Changed);
        lifted.Agents.SelectMany(agent => agent.Obstacles).Select(obstacle => obstacle.Reason).ShouldAllBe(reason => reason == "it would change code that is no document of the solution");
        lifted.Agents.Sum(agent => agent.Obstacles.Length).ShouldBe(2);
    }

    [Fact]
    public async Task An_edit_of_what_a_generator_wrote_is_refused()
    {
        var solution = LiftVerifier.SolutionOf([("/fleet/File0.cs", Source)]);
        solution = GeneratedDocument.Add(solution, solution.ProjectIds.Single(), "/fleet/obj/generated/Twin.g.cs", SourceText.From("// Made by: a generator\n"));

        var (text, lifted) = await LiftAsync(solution, new AgentPass(new OverwritingGenerated()));

        text.ShouldBe(Source);
        lifted.Agents.ShouldAllBe(agent => !agent.Changed && agent.Obstacles.Single().Reason == "it would change code that is no document of the solution");
    }

    private static Task<(string Text, LiftedSolution Lifted)> LiftAsync(params ImmutableArray<AgentPass> passes) => LiftAsync(LiftVerifier.SolutionOf([("/fleet/File0.cs", Source)]), passes);

    private static async Task<(string Text, LiftedSolution Lifted)> LiftAsync(Solution solution, params ImmutableArray<AgentPass> passes)
    {
        var lifted = await StageLift.ApplyAsync(solution, [new AgentPipeline(passes)], LiftOptions.Everything, CancellationToken.None);
        return ((await lifted.Solution.Projects.Single().Documents.First().GetTextAsync()).ToString(), lifted);
    }

    // Both agents write into the comment at the head of the file.
    private sealed class Signing(string? only = null) : Rewriter
    {
        protected override void Rewrite(AgentCode agent, AgentDraft draft)
        {
            var comment = agent.Declaration.SyntaxTree.GetRoot().DescendantTrivia().First(trivia => trivia.ToString().StartsWith("// Made by", StringComparison.Ordinal));
            if ((only is null || only.Split(',')[0] == agent.Type.Name) && !comment.ToString().Contains(only ?? agent.Type.Name, StringComparison.Ordinal))
                draft.Replace(comment.SyntaxTree!, comment.Span, $"{comment}, {only ?? agent.Type.Name}");
        }
    }

    private sealed class Commenting(string comment, int place) : Rewriter
    {
        public ConcurrentBag<SyntaxTree> Asked { get; } = [];

        protected override void Rewrite(AgentCode agent, AgentDraft draft)
        {
            if (agent.Type.Name != "NoonAgent")
                return;
            var tree = agent.Declaration.SyntaxTree;
            Asked.Add(tree);
            if (!tree.GetText().ToString().Contains(comment, StringComparison.Ordinal))
                draft.Insert(tree, place, comment + "\n");
        }
    }

    private sealed class Refusing(string reason) : Rewriter
    {
        private int asked;

        public int Asked => asked;

        protected override void Rewrite(AgentCode agent, AgentDraft draft)
        {
            Interlocked.Increment(ref asked);
            draft.Refuse(string.Empty, agent.Declaration.GetLocation(), reason);
        }
    }

    private sealed class Looking(List<(string Agent, SyntaxTree Code)> seen) : Rewriter
    {
        protected override void Rewrite(AgentCode agent, AgentDraft draft)
        {
            lock (seen)
                seen.Add((agent.Type.Name, agent.Declaration.SyntaxTree));
        }
    }

    private sealed class Knowing(List<(string Agent, AgentCode Code)> seen) : Rewriter
    {
        protected override void Rewrite(AgentCode agent, AgentDraft draft)
        {
            lock (seen)
                seen.Add((agent.Type.Name, agent));
        }
    }

    private sealed class Straying : Rewriter
    {
        protected override void Rewrite(AgentCode agent, AgentDraft draft) =>
            draft.Insert(agent.Declaration.SyntaxTree.WithChangedText(agent.Declaration.SyntaxTree.GetText()).WithFilePath("/elsewhere.cs"), 0, "//");
    }

    private sealed class OverwritingGenerated : Rewriter
    {
        protected override void Rewrite(AgentCode agent, AgentDraft draft) =>
            draft.Insert(agent.Compilation.SyntaxTrees.Single(tree => tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal)), 0, "//");
    }

    private abstract class Rewriter : IRewriter
    {
        public ImmutableArray<string> RuleIds => [];

        public string Title => "Rewrite";

        public bool Concerns(AgentSigns agent) => true;

        public Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
        {
            Rewrite(agent, draft);
            return Task.CompletedTask;
        }

        protected abstract void Rewrite(AgentCode agent, AgentDraft draft);
    }
}
