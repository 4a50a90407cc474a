using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Editing;

/// <summary>The files in which two states of a solution differ. A file that several projects share is one file.</summary>
internal static class SolutionEdit
{
    public static async Task<ImmutableArray<FileEdit>> BetweenAsync(Solution before, Solution after, CancellationToken cancellationToken)
    {
        var edits = new SortedDictionary<string, FileEdit>(StringComparer.Ordinal);
        foreach (var project in after.GetChanges(before).GetProjectChanges())
        {
            foreach (var id in project.GetChangedDocuments().Concat(project.GetChangedAdditionalDocuments()))
                await AddAsync(TextOf(before, id), TextOf(after, id)).ConfigureAwait(false);
            foreach (var id in project.GetAddedDocuments().Concat(project.GetAddedAdditionalDocuments()))
                await AddAsync(null, TextOf(after, id)).ConfigureAwait(false);
            foreach (var id in project.GetRemovedDocuments().Concat(project.GetRemovedAdditionalDocuments()))
                await AddAsync(TextOf(before, id), null).ConfigureAwait(false);
        }

        return [.. edits.Values];

        async Task AddAsync(TextDocument? one, TextDocument? other)
        {
            if ((other ?? one) is not { FilePath: { } path } document || GeneratedDocument.Is(document) || edits.ContainsKey(path))
                return;
            var (from, to) = (
                one is null ? null : await one.GetTextAsync(cancellationToken).ConfigureAwait(false),
                other is null ? null : await other.GetTextAsync(cancellationToken).ConfigureAwait(false));
            if (from is null || to is null || !from.ContentEquals(to))
                edits.Add(path, new FileEdit(path, from, to));
        }
    }

    private static TextDocument? TextOf(Solution solution, DocumentId id) => solution.GetDocument(id) ?? solution.GetAdditionalDocument(id);
}
