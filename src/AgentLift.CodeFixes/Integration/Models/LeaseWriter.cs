using AgentLift.CodeFixes.CoreLogic.HeavyLoads;
using AgentLift.CodeFixes.CoreLogic.Waiting;
using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Integration.Models;

/// <summary>Lets an agent run its models on leases, for each use or while it runs, instead of loading them.</summary>
internal sealed class LeaseWriter(AgentSource source, ManagerDependency dependency, PhaseEdits phases)
{
    private const string HeldMark = "// AGENTLIFT AGL6001: held while the agent runs; acquire it for each use where others need its room.";

    private readonly List<(SyntaxTree Tree, TextChange Change)> edits = [];
    private readonly List<(SyntaxTree Tree, TextSpan Span)> removals = [];
    private readonly HashSet<MethodDeclarationSyntax> awaiting = [];
    private readonly List<string> started = [];
    private readonly List<string> stopped = [];
    private bool isDeclared = !dependency.NeedsField;

    /// <returns>Whether it was written; not where a comment or directive would be lost.</returns>
    public bool Write(AgentDraft draft, IReadOnlyList<ManagedModel> models)
    {
        foreach (var model in models)
        {
            foreach (var statement in model.Kept.Prepared)
                Remove(statement);
            if (model.Kept.LoadMethod is { } method)
                Remove(method);
            if (model.Places is { } places)
                WriteForUses(model, places);
            else
                WriteForLife(model);
        }

        if (models.Any(model => model.Places is null) && phases.Start is { } start)
            Await(start);
        if (!draft.TryReplaceAll([.. dependency.Edits(), .. edits, .. Merged(), .. phases.StartWith(started), .. phases.StopWith(stopped)]))
            return false;
        phases.AddMissing(draft, started, stopped);
        dependency.Document(draft);
        foreach (var tree in edits.Select(edit => edit.Tree).Distinct())
            draft.AddUsing(tree, "AgentLift.Runtime", "ModelLease");
        return true;
    }

    private void WriteForUses(ManagedModel model, IReadOnlyList<LeasePlace> places)
    {
        var kept = model.Kept;
        if (isDeclared)
            Remove(kept.Declaration);
        else
            Replace(kept.Declaration.SyntaxTree, kept.Declaration.Span, DeclaredManager());
        isDeclared = true;
        foreach (var statement in kept.Released.Concat(kept.Assigning is { } assigning ? [assigning] : []))
            Remove(statement);
        foreach (var place in places)
        {
            var tree = place.Anchor.SyntaxTree;
            Await(place.Method);
            var lease = FreeName(place.Method, model.Property);
            var indent = SourceStyle.IndentOf(tree.GetText(), place.Anchor.SpanStart);
            Replace(tree, new TextSpan(place.Anchor.SpanStart, 0), $"using var {lease} = await {dependency.Field}.{model.Property}.AcquireAsync({place.Token});{source.Agent.Style.NewLine}{indent}");
            foreach (var use in place.Uses)
                Replace(tree, use.Expression.Span, lease + ".Model");
        }
    }

    private void WriteForLife(ManagedModel model)
    {
        var kept = model.Kept;
        var name = kept.Member.Name;
        var style = SourceStyle.Of((TypeDeclarationSyntax)kept.Declaration.Parent!, kept.Declaration.SyntaxTree.GetText());
        var lines = new List<string> { HeldMark, $"private ModelLease<{model.TypeText}> {name}{(kept.Member is IPropertySymbol ? " { get; set; }" : ";")}" };
        if (!isDeclared)
            lines.Add(DeclaredManager());
        isDeclared = true;
        Replace(kept.Declaration.SyntaxTree, kept.Declaration.Span, string.Join(style.NewLine + style.MemberIndent, lines));
        var acquired = $"await {dependency.Field}.{model.Property}.AcquireAsync({phases.StartToken})";
        if (kept.Assigning is { } inPlace && phases.IsInStart(inPlace))
        {
            Replace(inPlace.SyntaxTree, kept.Load.Value.Span, acquired);
        }
        else
        {
            started.Add($"{name} = {acquired};");
            if (kept.Assigning is { } elsewhere)
                Remove(elsewhere);
        }

        foreach (var released in kept.Released.Select(statement => statement.Expression).OfType<ConditionalAccessExpressionSyntax>())
            Replace(released.SyntaxTree, released.OperatorToken.Span, string.Empty);
        if (kept.Released.Count == 0)
            stopped.Add($"{name}.Dispose();");
        foreach (var use in kept.Uses)
            Replace(use.Tree, new TextSpan(use.Expression.Span.End, 0), ".Model");
    }

    private void Await(MethodDeclarationSyntax method)
    {
        if (awaiting.Add(method))
            edits.AddRange(AsynchronousMethod.Edits(method));
    }

    private string DeclaredManager() => $"private readonly {dependency.Manager} {dependency.Field};";

    private void Replace(SyntaxTree tree, TextSpan span, string text) => edits.Add((tree, new TextChange(span, text)));

    private void Remove(SyntaxNode node) => removals.Add((node.SyntaxTree, MovedText.Whole(node.SyntaxTree.GetText(), node.Span)));

    // Two neighbours with an empty line between them both take it along.
    private IEnumerable<(SyntaxTree Tree, TextChange Change)> Merged()
    {
        foreach (var tree in removals.GroupBy(removal => removal.Tree))
        {
            TextSpan? open = null;
            foreach (var span in tree.Select(removal => removal.Span).OrderBy(span => span.Start))
            {
                if (open is { } last && !last.OverlapsWith(span))
                    yield return (tree.Key, new TextChange(last, string.Empty));
                open = open is { } before && before.OverlapsWith(span) ? TextSpan.FromBounds(before.Start, Math.Max(before.End, span.End)) : span;
            }

            if (open is { } rest)
                yield return (tree.Key, new TextChange(rest, string.Empty));
        }
    }

    private string FreeName(MethodDeclarationSyntax method, string property)
    {
        var names = new HashSet<string>(method.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText), StringComparer.Ordinal);
        var wanted = char.ToLowerInvariant(property[0]) + property.Substring(1) + "Lease";
        var name = wanted;
        for (var i = 2; names.Contains(name) || source.Agent.Type.MemberNames.Contains(name); i++)
            name = wanted + i;
        return name;
    }
}
