using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.CoreLogic.Waiting;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Facts;
using AgentLift.Core.Obstacles;
using AgentLift.Core.Obstacles.Supervision;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.CoreLogic.Supervision;

/// <summary>Writes the loops of the runtime, and takes out what the agent did for them by hand.</summary>
internal sealed class SupervisionWriter(AgentSyntax code, AgentDraft draft, TokenFlow tokens, Waits waits, Phases phases, Func<ISymbol, bool> isUsedOutside, IReadOnlyList<Work> works)
{
    private const string Stopped = ".IsCancellationRequested";
    private readonly StatementRemovals removals = new(draft);
    private readonly FieldRemovals fields = new(draft);
    private readonly HashSet<SyntaxNode> delayed = [];

    public void Write()
    {
        foreach (var dead in works.SelectMany(work => work.Dead))
            removals.Add(dead);
        var flags = new StopFlags(code, tokens, phases, removals, isUsedOutside);
        flags.Read();
        WriteFlags(flags);
        WriteGates(flags);
        var names = new LoopNames(code);
        AsyncVoid.Name(code, draft, works);
        foreach (var work in works)
        {
            work.Name = names.Take(work.Target.Method?.Name, work.Holder?.Name, work.ThreadName, FirstCalled(work));
            new WorkWriter(code, draft, tokens, work).Write();
            WriteHolder(work);
        }

        AsyncVoid.Rewrite(code, draft, works);
        WriteDelays();
        OwnedSockets.Rewrite(code, draft, phases, removals, waits.Owned);
        WriteWakes();
        WriteParameters();
        fields.Apply(removals);
        removals.Apply();
    }

    private string? FirstCalled(Work work) => work.Target.Lambda?.DescendantNodes().OfType<IdentifierNameSyntax>().FirstOrDefault(name => AgentSyntax.CallOf(name) is not null && code.SymbolOf(name) is IMethodSymbol method && code.IsOwn(method))?.Identifier.ValueText;

    private void WriteFlags(StopFlags flags)
    {
        foreach (var pair in flags.Reads.Where(pair => !removals.Covers(pair.Key)))
            draft.Replace(pair.Key.SyntaxTree, pair.Key.Span, pair.Value);
        foreach (var field in flags.Gone)
            fields.Add(field);
        VolatileFlags.Rewrite(code, draft, [.. flags.Gone], read => flags.Reads.ContainsKey(read) || flags.Reads.Keys.Any(other => other.SyntaxTree == read.SyntaxTree && other.Span.Contains(read.Span)));
    }

    private void WriteGates(StopFlags flags)
    {
        var facts = code.Agent.Facts;
        foreach (var loop in facts.Loops)
        {
            var syntax = loop.Operation.Syntax;
            if (tokens.At(syntax) is not { } token || removals.Covers(syntax) || !(LongLoop.IsEndless(loop.Operation) || LongLoop.IsLong(facts, loop)))
                continue;
            var asked = LongLoop.ExitGuards(facts, loop.Operation).Select(guard => guard.Condition.Syntax).Append(LongLoop.ConditionOf(loop.Operation)?.Syntax).OfType<SyntaxNode>();
            if (asked.Any(condition => flags.Reads.Keys.Any(read => read.SyntaxTree == condition.SyntaxTree && read.Span.IntersectsWith(condition.Span)) || AsksToken(condition, token)))
                continue;
            var isReported = code.Agent.EvidenceOf(RuleIds.UnstoppableLoop).Any(evidence => evidence.Location.SourceTree == syntax.SyntaxTree && evidence.Location.SourceSpan.Start == syntax.SpanStart);
            var isInner = syntax.Ancestors().TakeWhile(node => !AgentSyntax.IsFunction(node)).Any(node => facts.Loops.Any(outer => outer.Operation.Syntax == node && (LongLoop.IsEndless(outer.Operation) || LongLoop.IsLong(facts, outer))));
            if (isReported || !isInner)
                WriteGate(loop.Operation, token);
        }
    }

    private static bool AsksToken(SyntaxNode condition, string token) => condition.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>().Any(access =>
        access is { Name.Identifier.ValueText: "IsCancellationRequested", Expression: IdentifierNameSyntax name } && name.Identifier.ValueText == token);

    private void WriteGate(ILoopOperation loop, string token)
    {
        var asked = $"!{token}{Stopped}";
        switch (loop.Syntax)
        {
            case WhileStatementSyntax loopWhile:
                Gate(loopWhile.Condition, LongLoop.IsEndless(loop), asked);
                break;
            case DoStatementSyntax loopDo:
                Gate(loopDo.Condition, LongLoop.IsEndless(loop), asked);
                break;
            case ForStatementSyntax { Condition: { } condition }:
                Gate(condition, LongLoop.IsEndless(loop), asked);
                break;
            case ForStatementSyntax { Declaration: null, Initializers.Count: 0, Incrementors.Count: 0 } bare when PlainCode.IsPlain(bare.WithStatement(SyntaxFactory.EmptyStatement())):
                draft.Replace(bare.SyntaxTree, TextSpan.FromBounds(bare.ForKeyword.SpanStart, bare.CloseParenToken.Span.End), $"while ({asked})");
                break;
            case ForStatementSyntax counted:
                draft.Insert(counted.SyntaxTree, counted.FirstSemicolonToken.Span.End, " " + asked);
                break;
        }
    }

    private void Gate(ExpressionSyntax condition, bool isEndless, string asked)
    {
        if (isEndless)
        {
            draft.Replace(condition.SyntaxTree, condition.Span, asked);
            return;
        }

        var isLoose = condition is AssignmentExpressionSyntax or ConditionalExpressionSyntax || condition.Kind() is SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression;
        draft.Insert(condition.SyntaxTree, condition.SpanStart, asked + (isLoose ? " && (" : " && "));
        if (isLoose)
            draft.Insert(condition.SyntaxTree, condition.Span.End, ")");
    }

    private void WriteHolder(Work work)
    {
        if (work.Crew is { } crew)
            fields.Add(crew);
        if (work.LifeReads.Count == 0)
        {
            if (work.Holder is IFieldSymbol field)
                fields.Add(field);
            return;
        }

        var declaration = (VariableDeclarationSyntax)work.Holder!.DeclaringSyntaxReferences[0].GetSyntax().Parent!;
        draft.Replace(declaration.SyntaxTree, declaration.Type.Span, declaration.Type is NullableTypeSyntax ? "SupervisedLoop?" : "SupervisedLoop");
        foreach (var read in work.LifeReads)
        {
            var thread = ((MemberAccessExpressionSyntax)read).Expression;
            var alive = $"{thread}.State == LoopState.Running";
            var isWhole = read.Parent is ArgumentSyntax or EqualsValueClauseSyntax or AssignmentExpressionSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or IfStatementSyntax
                || (read.Parent is BinaryExpressionSyntax && read.Parent.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression);
            draft.Replace(read.SyntaxTree, read.Span, isWhole ? alive : $"({alive})");
        }
    }

    // The signal that Stop gave is given when the token is cancelled: the agent's stop code runs after its loops have ended.
    private void WriteWakes()
    {
        foreach (var pair in waits.Wakes.OrderBy(pair => pair.Key.SpanStart))
        {
            if (removals.Covers(pair.Key))
                continue;
            removals.Add(pair.Key);
            var signal = pair.Key.Expression;
            var text = signal is InvocationExpressionSyntax call && code.ModelOf(call).GetSymbolInfo(call).Symbol is IMethodSymbol { ReturnsVoid: true } ? call.Expression.ToString() : $"() => {signal}";
            foreach (var function in pair.Value.OrderBy(function => function.SpanStart))
                InsertFirst(function, $"using var {FreeName(function, "waking")} = {tokens.Of(function)}.Register({text});");
        }
    }

    private void InsertFirst(SyntaxNode function, string statement)
    {
        var body = Waits.BodyOf(function)!;
        var text = body.SyntaxTree.GetText();
        var style = SourceStyle.Of(body.FirstAncestorOrSelf<TypeDeclarationSyntax>()!, text);
        draft.Insert(body.SyntaxTree, body.OpenBraceToken.Span.End, $"{style.NewLine}{SourceStyle.IndentOf(text, body.CloseBraceToken.SpanStart)}{style.Unit}{statement}");
    }

    private static string FreeName(SyntaxNode function, string wanted)
    {
        var name = wanted;
        for (var i = 2; AgentSyntax.Mentions(function, name); i++)
            name = wanted + i;
        return name;
    }

    private void WriteParameters()
    {
        foreach (var (function, method) in tokens.New)
        {
            var name = tokens.Of(function)!;
            var list = function is LocalFunctionStatementSyntax local ? local.ParameterList : ((BaseMethodDeclarationSyntax)function).ParameterList;
            draft.Insert(list.SyntaxTree, list.CloseParenToken.SpanStart, (list.Parameters.Count > 0 ? ", " : string.Empty) + $"CancellationToken {name}");
            draft.AddUsing(list.SyntaxTree, "System.Threading", nameof(CancellationToken));
            foreach (var call in code.ReferencesTo(method).Select(AgentSyntax.CallOf).OfType<InvocationExpressionSyntax>())
            {
                if (tokens.At(call) is not { } given || IsStarted(call))
                    continue;
                var arguments = call.ArgumentList.Arguments;
                var isNamed = arguments.Any(argument => argument.NameColon is not null);
                draft.Insert(call.SyntaxTree, call.ArgumentList.CloseParenToken.SpanStart, (arguments.Count > 0 ? ", " : string.Empty) + (isNamed ? $"{name}: {given}" : given));
            }
        }
    }

    // await Task.Delay(1000); in a loop ends with the token.
    private void WriteDelays()
    {
        foreach (var loop in code.Agent.Facts.Loops.Where(loop => !removals.Covers(loop.Operation.Syntax)))
        {
            foreach (var call in loop.Operation.Syntax.DescendantNodes(node => !AgentSyntax.IsFunction(node)).OfType<InvocationExpressionSyntax>())
            {
                if (call is { Parent: AwaitExpressionSyntax { Parent: ExpressionStatementSyntax }, ArgumentList.Arguments: { Count: 1 } time } && call.Expression.ToString() == "Task.Delay"
                    && tokens.At(call) is { } token && time[0].NameColon is null && !SleepRewriter.IsSwallowed(code, call) && delayed.Add(call))
                {
                    draft.Insert(call.SyntaxTree, call.ArgumentList.CloseParenToken.SpanStart, ", " + token);
                    if (SleepRewriter.LeavesWork(call))
                        draft.Insert(call.SyntaxTree, call.Span.End, SleepRewriter.Quietly);
                }
            }
        }
    }

    // The call in a lambda that a piece of work was read from is written anew, with its statement.
    private bool IsStarted(InvocationExpressionSyntax call) => works.Any(work => work.Target.Lambda is null && work.Statement.SyntaxTree == call.SyntaxTree && work.Statement.Span.Contains(call.Span));
}
