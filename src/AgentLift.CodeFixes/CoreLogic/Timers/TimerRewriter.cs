using System.Collections.Immutable;
using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.CoreLogic.Supervision;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Timers;

/// <summary>
/// AGL2005: a timer that runs for as long as the agent does becomes RunPeriodically with the same first wait. Rounds do not overlap any more, and the period
/// counts from the end of a round: never more at once than before. A timer that is set anew while the agent runs, or runs once, stays.
/// </summary>
internal sealed class TimerRewriter : IRewriter
{
    public ImmutableArray<string> RuleIds { get; } = [Core.Rules.RuleIds.ManualTimer];

    public string Title => "Run the timers of '{0}' periodically (one round at a time; a failure begins again or fails the agent)";

    public bool Concerns(AgentSigns agent) => agent.Shows(RuleIds);

    public async Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        var found = agent.EvidenceOf(Core.Rules.RuleIds.ManualTimer).ToList();
        if (found.Count == 0)
            return;
        var code = new AgentSyntax(agent);
        var phases = new Phases(code, await OutsideUse.FindAsync(agent, cancellationToken).ConfigureAwait(false));
        var past = await PastRuntime.FindAsync(code, cancellationToken).ConfigureAwait(false);
        var removals = new StatementRemovals(draft);
        var fields = new FieldRemovals(draft);
        var names = new LoopNames(code);
        foreach (var evidence in draft.Fixable(found))
        {
            if ((agent.IsOnBaseAgent ? past.Start ?? Rewrite(code, draft, phases, removals, fields, names, evidence) : "the agent must derive from BaseAgent before it can run loops") is { } reason)
                draft.Refuse(evidence, reason);
        }

        fields.Apply(removals);
        removals.Apply();
    }

    private static string? Rewrite(AgentSyntax code, AgentDraft draft, Phases phases, StatementRemovals removals, FieldRemovals fields, LoopNames names, Evidence evidence)
    {
        if (evidence.Node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is not { } creation || code.ModelOf(creation).GetTypeInfo(creation).Type is not { } type)
            return "how it is made cannot be read";
        if (type.Name == "PeriodicTimer")
            return "it sets the beat of a loop: let RunSupervised run that loop, or let RunPeriodically run its rounds";
        var isThreading = type.ContainingNamespace.ToDisplayString() == "System.Threading";
        var timer = new HandTimer(code, phases, creation);
        if (timer.Read(isThreading) is { } reason)
            return reason;
        if (timer.IsInfinite(timer.Period!) || code.ModelOf(creation).GetConstantValue(timer.Period!) is { HasValue: true, Value: 0 or 0L or 0.0 })
            return $"{timer.Field.Name} runs once and not again: start the work where it is due, with RunSupervised and RestartPolicy.Once";
        if (timer.IsInfinite(timer.Due!))
            return $"{timer.Field.Name} is made without a time to begin at: set it going where the agent starts";
        var anchor = AnchorOf(code, timer);
        if (anchor is null || phases.Of(anchor) != Phase.Start)
            return $"{timer.Field.Name} is not set going by the start of the agent, and the runtime's rounds begin with it";
        if (AgentSyntax.FunctionAround(anchor) is ConstructorDeclarationSyntax && timer.Going is null && code.Agent.Type.InstanceConstructors.Any(constructor => constructor.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompatibilityConstructorAttribute")))
            return "the constructor sets it going, and callers that make the agent by hand never start the agent: set it going in Start";

        var text = anchor.SyntaxTree.GetText();
        var style = SourceStyle.Of(anchor.FirstAncestorOrSelf<TypeDeclarationSyntax>()!, text);
        var indent = SourceStyle.IndentOf(text, anchor.SpanStart);
        var round = new RoundMethod(code, draft).Write(timer.Callback!, indent, style, out var why);
        if (round is null)
            return why;
        var name = names.Take(round.EndsWith("}", StringComparison.Ordinal) ? timer.Field.Name : round);
        var period = PeriodText.Of(timer.Period!, code.ModelOf(creation));
        var due = PeriodText.Of(timer.Due!, code.ModelOf(creation));
        var before = string.Empty;
        if (due == period && period.Length > "TimeSpan.FromMilliseconds(00000)".Length)
        {
            var variable = LoopNames.Camel(name) + "Period";
            (before, period, due) = ($"var {variable} = {period};{style.NewLine}{indent}", variable, variable);
        }

        draft.Replace(anchor.SyntaxTree, anchor.Span, $"{before}RunPeriodically(\"{name}\", {period}, {round}{(due is "TimeSpan.Zero" ? string.Empty : $", firstAfter: {due}")});");
        draft.AddUsing(anchor.SyntaxTree, "System", nameof(TimeSpan));
        foreach (var dead in timer.Dead.Append(timer.Making).Append(timer.Going).OfType<ExpressionStatementSyntax>().Where(statement => statement != anchor))
            removals.Add(dead);
        fields.Add(timer.Field);
        return null;
    }

    // Where it is set going, unless its times are only known where it is made: rounds that are given early begin with the agent all the same.
    private static ExpressionStatementSyntax? AnchorOf(AgentSyntax code, HandTimer timer)
    {
        if (timer.Making is not { } making || timer.Going is not { } going)
            return timer.Going ?? timer.Making;
        return new[] { timer.Period!, timer.Due! }.All(time => going.Contains(time) || time.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().All(name => code.ModelOf(name).GetSymbolInfo(name).Symbol is not (ILocalSymbol or IParameterSymbol)))
            ? going
            : making;
    }
}
