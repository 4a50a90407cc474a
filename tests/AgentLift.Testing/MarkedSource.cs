using System.Collections.Immutable;
using System.Text;

namespace AgentLift.Testing;

/// <summary>A place where a rule must be reported.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Start">Where the finding must start, in characters from the start of the text.</param>
public readonly record struct Mark(string RuleId, int Start);

/// <summary>A source file whose text says where findings belong: <c>[|new Thread(Loop)|]</c> for one rule, <c>{|AGL2001:new Thread(Loop)|}</c> for any.</summary>
/// <param name="Path">The path that the compilation sees.</param>
/// <param name="Text">The text without its marks.</param>
/// <param name="Marks">Its marks, in the order of the text.</param>
public sealed record MarkedSource(string Path, string Text, ImmutableArray<Mark> Marks)
{
    /// <summary>Reads a marked text. Marks may nest, so that two findings may start at one place.</summary>
    public static MarkedSource Parse(string path, string marked, string ruleId)
    {
        var text = new StringBuilder(marked.Length);
        var marks = ImmutableArray.CreateBuilder<Mark>();
        var open = new Stack<char>();
        for (var i = 0; i < marked.Length; i++)
        {
            var pair = i + 1 < marked.Length ? marked.Substring(i, 2) : string.Empty;
            if (pair == "[|")
            {
                marks.Add(new Mark(ruleId, text.Length));
                open.Push(']');
                i++;
            }
            else if (pair == "{|")
            {
                var colon = marked.IndexOf(':', i);
                marks.Add(new Mark(marked[(i + 2)..colon], text.Length));
                open.Push('}');
                i = colon;
            }
            else if (pair is "|]" or "|}" && open.TryPeek(out var closing) && closing == pair[1])
            {
                open.Pop();
                i++;
            }
            else
            {
                text.Append(marked[i]);
            }
        }

        return open.Count == 0
            ? new MarkedSource(path, text.ToString(), marks.ToImmutable())
            : throw new ArgumentException($"A mark in {path} is not closed.", nameof(marked));
    }
}
