using System.Text;
using DiffPlex;
using DiffPlex.Model;

namespace AgentLift.Migration.Snapshots;

/// <summary>One side of a change.</summary>
/// <param name="Bytes">The content.</param>
/// <param name="IsExecutable">Whether git keeps it as executable.</param>
public sealed record PatchSide(ReadOnlyMemory<byte> Bytes, bool IsExecutable = false);

/// <summary>
/// Writes the change of one file as a unified diff with git's headers. Bytes are read as Latin-1, in which each is one
/// character, so that what comes out holds them unchanged: no encoding is guessed, and line endings stay.
/// </summary>
public static class FilePatch
{
    private const int Context = 3;

    /// <summary>Writes the diff; nothing where both sides are the same.</summary>
    /// <param name="output">Where to write.</param>
    /// <param name="path">The file, relative and with slashes.</param>
    /// <param name="before">The former content, or <see langword="null"/> for a new file.</param>
    /// <param name="after">The new content, or <see langword="null"/> for a deletion.</param>
    public static void Write(Stream output, string path, PatchSide? before, PatchSide? after)
    {
        if (before is null ? after is null : after is not null && before.IsExecutable == after.IsExecutable && before.Bytes.Span.SequenceEqual(after.Bytes.Span))
            return;

        var text = new StringBuilder();
        text.Append($"diff --git {GitPath.Quoted("a/" + path)} {GitPath.Quoted("b/" + path)}\n");
        text.Append((before, after) switch
        {
            (null, { } added) => $"new file mode {ModeOf(added)}\n",
            ({ } removed, null) => $"deleted file mode {ModeOf(removed)}\n",
            ({ } one, { } other) when one.IsExecutable != other.IsExecutable => $"old mode {ModeOf(one)}\nnew mode {ModeOf(other)}\n",
            _ => string.Empty,
        });

        var hunks = Hunks(TextOf(before), TextOf(after));
        if (hunks.Length > 0)
        {
            text.Append($"--- {(before is null ? "/dev/null" : GitPath.Named("a/" + path))}\n");
            text.Append($"+++ {(after is null ? "/dev/null" : GitPath.Named("b/" + path))}\n");
            text.Append(hunks);
        }

        output.Write(Encoding.Latin1.GetBytes(text.ToString()));
    }

    private static string ModeOf(PatchSide side) => side.IsExecutable ? "100755" : "100644";

    private static string TextOf(PatchSide? side) => side is null ? string.Empty : Encoding.Latin1.GetString(side.Bytes.Span);

    private static StringBuilder Hunks(string before, string after)
    {
        var text = new StringBuilder();
        var diff = new Differ().CreateCustomDiffs(before, after, false, Lines);
        for (var first = 0; first < diff.DiffBlocks.Count;)
        {
            // Blocks whose contexts touch make one hunk.
            var last = first;
            while (last + 1 < diff.DiffBlocks.Count && diff.DiffBlocks[last + 1].DeleteStartA - EndOf(diff.DiffBlocks[last]) <= 2 * Context)
                last++;
            AppendHunk(text, diff, first, last);
            first = last + 1;
        }

        return text;
    }

    private static void AppendHunk(StringBuilder text, DiffResult diff, int first, int last)
    {
        var blocks = diff.DiffBlocks.Skip(first).Take(last - first + 1).ToList();
        var start = Math.Max(0, blocks[0].DeleteStartA - Context);
        var end = Math.Min(diff.PiecesOld.Length, EndOf(blocks[^1]) + Context);
        var newStart = blocks[0].InsertStartB - (blocks[0].DeleteStartA - start);
        var newCount = end - start + blocks.Sum(block => block.InsertCountB - block.DeleteCountA);
        text.Append($"@@ -{Range(start, end - start)} +{Range(newStart, newCount)} @@\n");

        var line = start;
        foreach (var block in blocks)
        {
            AppendLines(text, ' ', diff.PiecesOld.AsSpan(line, block.DeleteStartA - line));
            AppendLines(text, '-', diff.PiecesOld.AsSpan(block.DeleteStartA, block.DeleteCountA));
            AppendLines(text, '+', diff.PiecesNew.AsSpan(block.InsertStartB, block.InsertCountB));
            line = EndOf(block);
        }

        AppendLines(text, ' ', diff.PiecesOld.AsSpan(line, end - line));
    }

    private static int EndOf(DiffBlock block) => block.DeleteStartA + block.DeleteCountA;

    // An empty range is given by the line before it.
    private static string Range(int start, int count) => $"{(count == 0 ? start : start + 1)},{count}";

    private static void AppendLines(StringBuilder text, char sign, ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
        {
            text.Append(sign).Append(line);
            if (!line.EndsWith('\n'))
                text.Append("\n\\ No newline at end of file\n");
        }
    }

    // With their ends, and cut at line feeds alone, as git does: a last line with and one without an end differ.
    private static string[] Lines(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) + 1;
            if (end == 0)
                end = text.Length;
            lines.Add(text[start..end]);
            start = end;
        }

        return [.. lines];
    }
}
