using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Migration.Editing;

/// <summary>Turns edited text back into the bytes of its file: same encoding, same byte order mark. Line endings are part of the text.</summary>
internal static class SourceBytes
{
    private static readonly Encoding PlainUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The bytes of an edited file.</summary>
    /// <param name="before">The text that was read from <paramref name="bytes"/>.</param>
    /// <param name="bytes">The file as it is.</param>
    /// <param name="after">The edited text.</param>
    /// <returns><see langword="null"/> where the bytes are not those that the text was read from, or their encoding cannot be told.</returns>
    public static byte[]? Edit(SourceText before, ReadOnlySpan<byte> bytes, SourceText after)
    {
        var text = before.ToString();
        foreach (var encoding in new[] { before.Encoding, PlainUtf8, Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.Latin1 }.OfType<Encoding>())
        {
            foreach (var mark in new[] { encoding.Preamble.ToArray(), [] })
            {
                if (bytes.SequenceEqual(Encode(text, encoding, mark)))
                    return Encode(after.ToString(), encoding, mark);
            }
        }

        return null;
    }

    /// <summary>The bytes of a new file: UTF-8 without a mark, unless the text says otherwise.</summary>
    public static byte[] New(SourceText text) => text.Encoding is { } encoding ? Encode(text.ToString(), encoding, encoding.Preamble.ToArray()) : Encode(text.ToString(), PlainUtf8, []);

    private static byte[] Encode(string text, Encoding encoding, byte[] mark) => [.. mark, .. encoding.GetBytes(text)];
}
