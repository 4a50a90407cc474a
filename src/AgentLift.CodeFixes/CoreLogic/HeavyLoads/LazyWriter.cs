using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.HeavyLoads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.CoreLogic.HeavyLoads;

/// <summary>Writes the lazy members of an agent: all of them, or nothing.</summary>
internal sealed class LazyWriter
{
    private readonly AgentCode agent;
    private readonly IReadOnlyList<LazyPlan> plans;
    private readonly EmptiedFunctions emptied;
    private readonly KeptValues kept;
    private readonly UseEdits uses;
    private readonly LoadMethodText loads;
    private readonly List<(SyntaxTree Tree, TextChange Change)> edits = [];

    public LazyWriter(AgentCode agent, MemberUses memberUses, IReadOnlyList<LazyPlan> plans)
    {
        this.agent = agent;
        this.plans = plans;
        kept = new KeptValues(agent, plans);
        emptied = new EmptiedFunctions(agent, memberUses, plans, kept);
        uses = new UseEdits(agent, memberUses, plans, kept);
        loads = new LoadMethodText(agent, uses);
    }

    /// <returns>Whether it was written; not where a comment or directive would be lost, or another edit is in the way.</returns>
    public bool Write(AgentDraft draft)
    {
        foreach (var plan in plans)
            WriteDeclaration(plan);
        foreach (var plan in plans)
        {
            PlaceApart(plan);
            RemoveOrigin(plan);
            foreach (var companion in plan.Companions)
                WriteCompanion(plan, companion);
            foreach (var field in plan.SetFields)
                OpenField((FieldDeclarationSyntax)field.DeclaringSyntaxReferences[0].GetSyntax().Parent!.Parent!, field, keepsInitial: true);
            foreach (var gate in plan.Gates)
                edits.Add(GateText.Of(plan, gate, StyleOf(gate)));
        }

        foreach (var function in emptied.Functions)
            WriteEmptied(function);
        MergeRemovals();
        var cut = edits.Where(edit => !edit.Change.Span.IsEmpty).ToList();
        foreach (var plan in plans)
            edits.AddRange(uses.InPlace(plan).Where(use => !cut.Any(other => other.Tree == use.Tree && other.Change.Span.Contains(use.Change.Span))));
        if (!draft.TryReplaceAll(edits))
            return false;
        foreach (var tree in plans.Where(plan => plan.Form == LazyForm.Member).Select(plan => plan.Declaration.SyntaxTree).Distinct())
            draft.AddUsing(tree, "AgentLift.Runtime", "LazyDependencyAttribute");
        foreach (var tree in plans.Where(plan => plan.Form == LazyForm.Static).Select(plan => plan.Declaration.SyntaxTree).Distinct())
            draft.AddUsing(tree, "System", "Lazy");
        if (plans.Any(plan => plan.Form == LazyForm.Member))
            MakePartial(draft);
        return true;
    }

    // Two statements with an empty line between them both take it along, and together they may leave one behind them.
    private void MergeRemovals()
    {
        var removals = edits.Where(edit => edit.Change.NewText!.Length == 0).OrderBy(edit => edit.Tree.FilePath, StringComparer.Ordinal).ThenBy(edit => edit.Change.Span.Start).ToList();
        for (var i = 1; i < removals.Count; i++)
        {
            var (one, other) = (removals[i - 1], removals[i]);
            if (one.Tree != other.Tree || !one.Change.Span.IntersectsWith(other.Change.Span))
                continue;
            edits.Remove(one);
            edits.Remove(other);
            var both = TextSpan.FromBounds(one.Change.Span.Start, Math.Max(one.Change.Span.End, other.Change.Span.End));
            removals[i] = (one.Tree, new TextChange(MovedText.WholeLines(one.Tree.GetText(), both), string.Empty));
            edits.Add(removals[i]);
        }
    }

    // A static field with an initialiser only gets a lambda around it.
    private static bool IsLambdaInPlace(LazyPlan plan) => plan.Form == LazyForm.Static && plan.Assigning is null && plan.Existing is null && plan.Holder is null && plan.IsExpression;

    private void WriteDeclaration(LazyPlan plan)
    {
        var declaration = (MemberDeclarationSyntax)plan.Declaration;
        var tree = declaration.SyntaxTree;
        if (IsLambdaInPlace(plan))
        {
            WriteLambda(plan, (FieldDeclarationSyntax)declaration);
            return;
        }

        var style = StyleOf(declaration);
        var start = declaration.Modifiers.Count > 0 ? declaration.Modifiers[0].SpanStart : plan.TypeSyntax.SpanStart;
        var fields = kept.FieldsOf(plan).ToList();
        var lines = fields.Concat(fields.Count > 0 && plan.Form == LazyForm.Member ? [string.Empty] : []).Concat(Declared(plan)).ToList();
        edits.Add((tree, new TextChange(TextSpan.FromBounds(start, declaration.Span.End), style.Write(string.Join("\n", lines), style.MemberIndent).TrimStart())));
        var method = emptied.HoldsLoadOf(plan) || !NeedsMethod(plan) || plan.Value.SyntaxTree != tree ? null : loads.Of(plan, style);
        Place(declaration, style, method, lines.Count > 1 || method is not null);
    }

    private static bool NeedsMethod(LazyPlan plan) => plan.Form != LazyForm.Getter && plan.Existing is null && !plan.IsPlainConstruction;

    private void WriteLambda(LazyPlan plan, FieldDeclarationSyntax field)
    {
        var tree = field.SyntaxTree;
        if (!field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword))
            edits.Add((tree, new TextChange(new TextSpan(plan.TypeSyntax.SpanStart, 0), "readonly ")));
        edits.Add((tree, new TextChange(plan.TypeSyntax.Span, $"Lazy<{plan.TypeText}>")));
        edits.Add((tree, new TextChange(new TextSpan(plan.Value.SpanStart, 0), "new(() => ")));
        edits.Add((tree, new TextChange(new TextSpan(plan.Value.Span.End, 0), ")")));
    }

    private IEnumerable<string> Declared(LazyPlan plan)
    {
        var access = Access(plan);
        switch (plan.Form)
        {
            case LazyForm.Member:
                yield return $"[LazyDependency({(plan.IsPlainConstruction ? string.Empty : $"nameof({plan.LoadName}), ")}Warmup = LazyWarmup.AfterReady{(plan.RunsOnce ? ", KeepFailure = true" : string.Empty)})]";
                yield return $"{access} partial {plan.TypeText} {plan.Name} {{ get; }}";
                break;
            case LazyForm.Getter:
                yield return $"{access} {(plans.Any(other => other.Member.Equals(plan.Target.From!.Member, SymbolEqualityComparer.Default) && other.Form == LazyForm.Static) ? "static " : string.Empty)}{plan.TypeText} {plan.Name} => {uses.TextOf(plan, plan.Value.SyntaxTree, plan.Value.Span)};";
                break;
            case LazyForm.Static when plan.Holder is null:
                yield return $"{access} static readonly Lazy<{plan.TypeText}> {plan.Name} = new({plan.LoadName});";
                break;
            default:
                yield return $"{access} static {plan.TypeText} {plan.Name} => {plan.Holder}.Value;";
                yield return string.Empty;
                yield return $"private static readonly Lazy<{plan.TypeText}> {plan.Holder} = new({plan.LoadName});";
                break;
        }
    }

    private static string Access(LazyPlan plan)
    {
        var modifiers = ((MemberDeclarationSyntax)plan.Declaration).Modifiers
            .Where(modifier => modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.PrivateKeyword or SyntaxKind.NewKeyword or SyntaxKind.UnsafeKeyword)
            .Select(modifier => modifier.Text).ToList();
        return modifiers.Count == 0 ? "private" : string.Join(" ", modifiers);
    }

    /// <summary>Puts the load method behind the member, and empty lines around what takes more than one line.</summary>
    private void Place(MemberDeclarationSyntax declaration, SourceStyle style, string? method, bool isLong)
    {
        var tree = declaration.SyntaxTree;
        var text = tree.GetText();
        var line = text.Lines.GetLineFromPosition(declaration.Span.End);
        var next = declaration.GetLastToken().GetNextToken();
        var isLast = next.SpanStart > line.End;
        if (isLong && text.Lines.GetLineFromPosition(MovedText.WithComments(declaration).Start) is { LineNumber: > 0 } first
            && text.Lines[first.LineNumber - 1] is var before && !MovedText.IsBlank(text, before) && !before.ToString().TrimEnd().EndsWith("{", StringComparison.Ordinal)
            && !IsDirective(before))
        {
            edits.Add((tree, new TextChange(new TextSpan(first.Start, 0), style.NewLine)));
        }

        if (method is not null && isLast)
            edits.Add((tree, new TextChange(new TextSpan(line.End, 0), style.NewLine + style.NewLine + style.MemberIndent + method)));
        else if (method is not null)
            edits.Add((tree, new TextChange(new TextSpan(declaration.Span.End, 0), style.NewLine + style.NewLine + style.MemberIndent + method + style.NewLine + style.MemberIndent)));
        if (isLong && isLast && line.LineNumber + 1 < text.Lines.Count && text.Lines[line.LineNumber + 1] is var after && !MovedText.IsBlank(text, after)
            && !IsDirective(after) && !after.ToString().TrimStart().StartsWith("}", StringComparison.Ordinal) && !plans.Any(plan => IsLongAt(plan, next)))
        {
            edits.Add((tree, new TextChange(new TextSpan(line.End, 0), style.NewLine)));
        }
    }

    private static bool IsDirective(TextLine line) => line.ToString().TrimStart().StartsWith("#", StringComparison.Ordinal);

    private static bool IsLongAt(LazyPlan plan, SyntaxToken first) =>
        (!IsLambdaInPlace(plan) && plan.Declaration.GetFirstToken() == first && (plan.Form == LazyForm.Member || NeedsMethod(plan)))
        || plan.Companions.Any(companion => companion.Declaration.GetFirstToken() == first);

    /// <summary>The load of a member that another part declares stands behind the function that it comes from, among the usings that it needs.</summary>
    private void PlaceApart(LazyPlan plan)
    {
        if (!NeedsMethod(plan) || emptied.HoldsLoadOf(plan) || plan.Value.SyntaxTree == plan.Declaration.SyntaxTree)
            return;
        var function = plan.Value.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>()!;
        var style = StyleOf(function);
        var line = function.SyntaxTree.GetText().Lines.GetLineFromPosition(function.Span.End);
        var end = function.GetLastToken().GetNextToken().SpanStart > line.End ? line.End : function.Span.End;
        edits.Add((function.SyntaxTree, new TextChange(new TextSpan(end, 0), style.NewLine + style.NewLine + style.MemberIndent + loads.Of(plan, style))));
    }

    /// <summary>Takes away what filled the member and what released it.</summary>
    private void RemoveOrigin(LazyPlan plan)
    {
        foreach (var statement in plan.Moved.Where(statement => !emptied.Contains(statement)))
        {
            var text = statement.SyntaxTree.GetText();
            var keeps = kept.StatementsAt(plan, statement);
            var span = MovedText.WithComments(statement);
            edits.Add((statement.SyntaxTree, keeps.Length > 0 ? new TextChange(span, keeps) : new TextChange(MovedText.Whole(text, span), string.Empty)));
        }

        if (plan.Assigning is ArrowExpressionClauseSyntax arrow && !emptied.Contains(arrow))
            EmptyBody(arrow);
        foreach (var released in plan.Released)
        {
            if (released is ArrowExpressionClauseSyntax body)
                EmptyBody(body);
            else
                edits.Add((released.SyntaxTree, new TextChange(MovedText.HasComments(released) ? released.Span : MovedText.Whole(released.SyntaxTree.GetText(), released.Span), string.Empty)));
        }
    }

    /// <summary>The field stays for the load to set; what reads it loads first.</summary>
    private void WriteCompanion(LazyPlan plan, Companion companion)
    {
        var declaration = companion.Declaration;
        var tree = declaration.SyntaxTree;
        var style = StyleOf(declaration);
        OpenField(declaration, companion.Field, keepsInitial: false);
        Place(declaration, style, CompanionText.Of(plan, companion, style), isLong: true);
    }

    /// <summary>Lets a load set the field, which is null until then, whatever its type says.</summary>
    private void OpenField(FieldDeclarationSyntax declaration, IFieldSymbol field, bool keepsInitial)
    {
        var tree = declaration.SyntaxTree;
        foreach (var modifier in declaration.Modifiers.Where(modifier => modifier.IsKind(SyntaxKind.ReadOnlyKeyword)))
            edits.Add((tree, new TextChange(TextSpan.FromBounds(modifier.SpanStart, modifier.GetNextToken().SpanStart), string.Empty)));
        var variable = declaration.Declaration.Variables[0];
        var isNotNull = field.Type.IsReferenceType && field.NullableAnnotation == NullableAnnotation.NotAnnotated;
        if (variable.Initializer is null ? isNotNull : !keepsInitial)
            edits.Add((tree, new TextChange(TextSpan.FromBounds(variable.Identifier.Span.End, variable.Span.End), isNotNull ? " = null!" : string.Empty)));
    }

    private void EmptyBody(ArrowExpressionClauseSyntax arrow)
    {
        var style = StyleOf((MemberDeclarationSyntax)arrow.Parent!);
        var start = arrow.GetFirstToken().GetPreviousToken().Span.End;
        edits.Add((arrow.SyntaxTree, new TextChange(TextSpan.FromBounds(start, arrow.Parent!.Span.End), $"{style.NewLine}{style.MemberIndent}{{{style.NewLine}{style.MemberIndent}}}")));
    }

    private void WriteEmptied(EmptiedFunction function)
    {
        var declaration = function.Declaration;
        var tree = declaration.SyntaxTree;
        var style = StyleOf(declaration);
        var methods = function.Loads.Where(NeedsMethod).Select(plan => loads.Of(plan, style)).ToList();
        edits.Add(methods.Count > 0
            ? (tree, new TextChange(declaration.Span, string.Join(style.NewLine + style.NewLine + style.MemberIndent, methods)))
            : (tree, new TextChange(MovedText.Whole(tree.GetText(), declaration.Span), string.Empty)));
        foreach (var call in function.Calls)
        {
            if (call is ArrowExpressionClauseSyntax arrow)
                EmptyBody(arrow);
            else
                edits.Add((call.SyntaxTree, new TextChange(MovedText.HasComments(call) ? call.Span : MovedText.Whole(call.SyntaxTree.GetText(), call.Span), string.Empty)));
        }
    }

    private void MakePartial(AgentDraft draft)
    {
        foreach (var type in agent.Declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword)))
            draft.Insert(type.SyntaxTree, type.Keyword.SpanStart, AgentDraft.Partial);
    }

    private static SourceStyle StyleOf(MemberDeclarationSyntax member) => SourceStyle.Of((TypeDeclarationSyntax)member.Parent!, member.SyntaxTree.GetText());
}
