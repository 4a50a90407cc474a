using Microsoft.CodeAnalysis;

namespace AgentLift.Migration.Editing;

/// <summary>Keeps what several projects, or several target frameworks of one, read from the same file the same.</summary>
internal static class SharedFiles
{
    /// <summary>Gives each changed text to all documents of its file.</summary>
    /// <returns><see langword="null"/> where two projects would have the file differently.</returns>
    public static async Task<Solution?> SpreadAsync(Solution before, Solution after, CancellationToken cancellationToken)
    {
        var edits = await SolutionEdit.BetweenAsync(before, after, cancellationToken).ConfigureAwait(false);
        foreach (var edit in edits)
        {
            if (edit is not { Before: not null, After: { } text })
                continue;
            foreach (var id in after.GetDocumentIdsWithFilePath(edit.Path))
            {
                if (after.GetDocument(id) is not { } document)
                    continue;
                var present = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
                if (present.ContentEquals(text))
                    continue;
                if (!present.ContentEquals(edit.Before))
                    return null;
                after = after.WithDocumentText(id, text);
            }
        }

        return after;
    }
}
