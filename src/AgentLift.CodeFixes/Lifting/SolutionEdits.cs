using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>The edits of all agents by document. An agent's edits are taken together or not at all.</summary>
internal sealed class SolutionEdits(Solution solution)
{
    private readonly Dictionary<DocumentId, DocumentEdits> documents = [];

    /// <summary>Whether nothing was taken.</summary>
    public bool IsEmpty => documents.Count == 0;

    /// <summary>Takes an agent's edits, unless one of them crosses an edit of another agent.</summary>
    /// <param name="draft">The agent's edits.</param>
    /// <param name="newLine">The line ending for files that have none.</param>
    /// <param name="files">The files that they change.</param>
    public bool TryTake(AgentDraft draft, string newLine, out ImmutableArray<string> files)
    {
        files = [];
        var parts = draft.Finish().Select(part => (Document: solution.GetDocumentId(part.Tree), part.Tree, part.Changes, part.Usings)).ToList();
        if (parts.Any(part => !CanEdit(part.Document) || (documents.TryGetValue(part.Document!, out var other) && other.Cross(part.Changes))))
            return false;
        foreach (var (document, tree, changes, usings) in parts)
        {
            if (!documents.TryGetValue(document!, out var edits))
                documents[document!] = edits = new DocumentEdits(tree, NewLineOf(tree) ?? newLine);
            edits.Add(changes, usings);
        }

        files = [.. parts.Select(part => part.Tree.FilePath)];
        return true;
    }

    public async Task<Solution> ApplyAsync(CancellationToken cancellationToken)
    {
        var edited = solution;
        foreach (var pair in documents)
        {
            var text = await solution.GetDocument(pair.Key)!.GetTextAsync(cancellationToken).ConfigureAwait(false);
            edited = edited.WithDocumentText(pair.Key, pair.Value.ApplyTo(text));
        }

        // Who asks for the compilation would parse one file after the other.
        await Task.WhenAll(documents.Keys.Select(id => Task.Run(() => edited.GetDocument(id)!.GetSyntaxRootAsync(cancellationToken), cancellationToken))).ConfigureAwait(false);
        return edited;
    }

    private bool CanEdit(DocumentId? id) => solution.GetDocument(id) is { } document && !GeneratedDocument.Is(document);

    // A caller's file may break its lines in another way than the agent's.
    private static string? NewLineOf(SyntaxTree tree)
    {
        var first = tree.GetText().Lines[0];
        return tree.GetText().ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak)) is { Length: > 0 } used ? used : null;
    }

    private sealed class DocumentEdits(SyntaxTree tree, string newLine)
    {
        private readonly List<TextChange> changes = [];
        private readonly HashSet<string> usings = new(StringComparer.Ordinal);

        public bool Cross(List<TextChange> others) =>
            others.Any(other => changes.Any(change => change.Span.Crosses(other.Span)));

        public void Add(List<TextChange> added, IReadOnlyCollection<string> names)
        {
            // Two agents within one type both make it partial.
            changes.AddRange(added.Where(change => change.NewText != AgentDraft.Partial || !changes.Contains(change)));
            usings.UnionWith(names);
        }

        public SourceText ApplyTo(SourceText text)
        {
            // Insertions at one place become one, in the order in which they were asked for: what stands at a place comes behind what is put before it.
            var all = UsingDirectives.Add(tree, usings, newLine).Concat(changes).ToList();
            var merged = all.Where(change => change.Span.IsEmpty).GroupBy(change => change.Span.Start)
                .Select(group => new TextChange(group.First().Span, string.Concat(group.Select(change => change.NewText))))
                .Concat(all.Where(change => !change.Span.IsEmpty))
                .OrderBy(change => change.Span.Start).ThenBy(change => change.Span.End);
            return text.WithChanges(merged);
        }
    }
}
