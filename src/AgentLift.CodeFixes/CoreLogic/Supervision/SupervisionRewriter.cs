using System.Collections.Immutable;
using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Facts;
using AgentLift.Core.Findings;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Obstacles;
using AgentLift.Core.Obstacles.Supervision;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Supervision;

/// <summary>
/// AGL2001, AGL2002, AGL2004, AGL2007, AGL2009: threads, tasks, work items and async void methods that the agent starts by hand become loops of BaseAgent, and the token takes the place
/// of the flag that ended them.
/// </summary>
/// <remarks>
/// What comes out is regular, so that later steps can rely on it. A loop that blocks stays on a thread of its own,
/// <c>RunOnThread("accept", AcceptLoop)</c>, with <c>while (!token.IsCancellationRequested)</c> in a method that takes the token; one that returns a task is
/// given to <c>RunSupervised</c>. Work for one occasion gets <c>RestartPolicy.Once</c>, and where it serves a connection its lambda begins with
/// <c>using var closing = stop.Register(client.Close);</c>, as a closed connection is what ends the wait for the next message. The listener that a loop waits on
/// is made in <c>Own(...)</c>; whatever else wakes a loop is registered with its token. Thread fields, joins, flags, and what Stop did to them are gone.
/// </remarks>
internal sealed class SupervisionRewriter : IRewriter
{
    private const string NotOnRuntime = "the agent must derive from BaseAgent before it can run loops";

    public ImmutableArray<string> RuleIds { get; } =
        [Core.Rules.RuleIds.ManualThread, Core.Rules.RuleIds.UnsupervisedTask, Core.Rules.RuleIds.SleepPolling, Core.Rules.RuleIds.UnstoppableLoop, Core.Rules.RuleIds.AsyncVoid, Core.Rules.RuleIds.RacyStopFlag];

    public string Title => "Let BaseAgent run the loops of '{0}' (one that fails begins again or fails the agent)";

    public bool Concerns(AgentSigns agent) => agent.Shows(RuleIds);

    public async Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        var found = agent.Findings.Evidence.Where(evidence => RuleIds.Contains(evidence.Rule.Id)).ToList();
        if (found.Count == 0)
            return;
        if (!agent.IsOnBaseAgent)
        {
            foreach (var evidence in found.Where(evidence => evidence.Rule.Id != Core.Rules.RuleIds.RacyStopFlag))
                draft.Refuse(evidence, NotOnRuntime);
            VolatileFlags.Rewrite(new AgentSyntax(agent), draft, [], _ => false);
            return;
        }

        var code = new AgentSyntax(agent);
        var isUsedOutside = await OutsideUse.FindAsync(agent, cancellationToken).ConfigureAwait(false);
        var phases = new Phases(code, isUsedOutside);
        var past = await PastRuntime.FindAsync(code, cancellationToken).ConfigureAwait(false);
        var works = ReadWorks(code, draft, phases, past, found);
        TokenFlow tokens;
        Waits waits;
        do
        {
            tokens = new TokenFlow(code, works, isUsedOutside);
            waits = new Waits(code, tokens, phases);
            foreach (var work in works)
                work.IsOnce = IsOnce(code, tokens, work);
        }
        while (TakeOut(works, draft, waits.Read) || TakeOut(works, draft, work => CannotEnd(code, tokens, phases, work)));

        new SupervisionWriter(code, draft, tokens, waits, phases, isUsedOutside, works).Write();
        foreach (var evidence in found.Where(evidence => evidence.Rule.Id == Core.Rules.RuleIds.UnstoppableLoop && evidence.FixObstacle is null && tokens.At(evidence.Node) is null))
            draft.Refuse(evidence, $"no token is in reach of {evidence.MessageArguments[0]}: others than the agent's loops may call it, so give it a CancellationToken first");
    }

    private static List<Work> ReadWorks(AgentSyntax code, AgentDraft draft, Phases phases, PastRuntime past, List<Evidence> found)
    {
        var reader = new WorkReader(code);
        var works = new List<Work>();
        var fixable = draft.Fixable(found.Where(evidence => evidence.Rule.Id is not (Core.Rules.RuleIds.SleepPolling or Core.Rules.RuleIds.RacyStopFlag)));
        foreach (var evidence in fixable.Where(evidence => evidence.Rule.Id is Core.Rules.RuleIds.ManualThread or Core.Rules.RuleIds.UnsupervisedTask))
        {
            if (reader.Read(evidence, evidence.Node, out var reason) is { } work && (reason ??= Obstacle(code, phases, past, work)) is null)
                works.Add(work);
            else
                draft.Refuse(evidence, reason ?? "how it is started cannot be read");
        }

        foreach (var evidence in fixable.Where(evidence => evidence.Rule.Id == Core.Rules.RuleIds.AsyncVoid))
        {
            var calls = AsyncVoidCalls.Read(code, evidence, evidence.Node, out var reason);
            if (reason is null && (reason = calls.Select(work => Obstacle(code, phases, past, work)).FirstOrDefault(obstacle => obstacle is not null)) is null)
                works.AddRange(calls);
            else
                draft.Refuse(evidence, reason);
        }

        // One statement, and one field, cannot be two pieces of work.
        foreach (var clash in works.GroupBy(work => (object)(work.Crew ?? work.Holder as IFieldSymbol ?? (object)work.Statement)).Where(group => group.Count() > 1).SelectMany(group => group).ToList())
        {
            works.Remove(clash);
            draft.Refuse(clash.Evidence, "two pieces of work share a field or a statement: give each its own");
        }

        return works;
    }

    private static string? Obstacle(AgentSyntax code, Phases phases, PastRuntime past, Work work)
    {
        if (past.Start is not null)
            return past.Start;
        if (past.EndOf(code, work) is { } unwaited)
            return unwaited;
        if (code.Agent.Facts.Calls.Any(call => call.Scope.InLoop && phases.Of(call.Operation.Syntax) == Phase.Stop && LongLoop.IsWait(code.Agent.Facts, call.Operation)))
            return "the stop of the agent waits in a loop, perhaps for what this work does, and runs when it has ended: move that wait into OnDrainingAsync first";
        if (phases.Of(work.Statement) == Phase.Start && WaitIn(code, phases) is { } wait)
            return $"the start of the agent waits with {wait}, and loops begin when it has ended: let it not wait for them";
        return AgentSyntax.FunctionAround(work.Statement) is ConstructorDeclarationSyntax && IsMadeByHand(code)
            ? "the constructor starts it, and callers that make the agent by hand never start the agent: start it in Start"
            : null;
    }

    private static bool IsMadeByHand(AgentSyntax code) => code.Agent.Type.InstanceConstructors.Any(constructor => constructor.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompatibilityConstructorAttribute"));

    private static string? WaitIn(AgentSyntax code, Phases phases) => code.Agent.Facts.Calls
        .Where(call => call.Type.Known is KnownType.WaitHandle or KnownType.ManualResetEventSlim or KnownType.SemaphoreSlim or KnownType.Monitor && call.Operation.TargetMethod.Name is "WaitOne" or "Wait" or "WaitAll" or "WaitAny")
        .Where(call => phases.Of(call.Operation.Syntax) == Phase.Start)
        .Select(call => call.Operation.TargetMethod.ContainingType.Name + "." + call.Operation.TargetMethod.Name).FirstOrDefault();

    // Started by another loop, or without a loop of its own: it is done when it ends.
    private static bool IsOnce(AgentSyntax code, TokenFlow tokens, Work work)
    {
        if (tokens.At(work.Statement) is not null)
            return true;
        var facts = code.Agent.Facts;
        ISymbol? root = work.Target.Lambda is { } lambda ? code.SymbolOfFunction(lambda) : work.Target.Method;
        if (root is null || (work.Target.Method is { } method && !code.IsOwn(method) && method.MethodKind != MethodKind.LocalFunction))
            return true;
        var reached = facts.Graph.Reach(root);
        return !facts.Loops.Any(loop => reached.Contains(loop.Scope.Function) && (LongLoop.IsEndless(loop.Operation) || LongLoop.IsLong(facts, loop)));
    }

    // A loop for life has to look at the token, or a stop would wait for it in vain.
    private static string? CannotEnd(AgentSyntax code, TokenFlow tokens, Phases phases, Work work)
    {
        if (work.IsOnce)
            return null;
        if (StopOrder.EarlyIn(code, phases) is { } early)
            return $"the stop of the agent does {early} before it asks its loops to end, and would do it when they have ended: move it into OnDrainingAsync first";
        var facts = code.Agent.Facts;
        var root = work.Target.Lambda is { } lambda ? code.SymbolOfFunction(lambda) : work.Target.Method;
        var reached = facts.Graph.Reach(root!);
        var deaf = facts.Loops.FirstOrDefault(loop => reached.Contains(loop.Scope.Function) && (LongLoop.IsEndless(loop.Operation) || LongLoop.IsLong(facts, loop)) && tokens.At(loop.Operation.Syntax) is null);
        return deaf is null ? null : $"its loop in {(deaf.Scope.Function.Name is { Length: > 0 } name ? name : "a lambda")} is called by others too, so that the agent's token cannot reach it: give it a CancellationToken first";
    }

    private static bool TakeOut(List<Work> works, AgentDraft draft, Func<Work, string?> obstacle)
    {
        var any = false;
        foreach (var (work, reason) in works.Select(work => (work, obstacle(work))).Where(pair => pair.Item2 is not null).ToList())
        {
            // All calls of an async void method go, or none.
            works.RemoveAll(other => other.Evidence == work.Evidence);
            draft.Refuse(work.Evidence, reason!);
            any = true;
        }

        return any;
    }
}
