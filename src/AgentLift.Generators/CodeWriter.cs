using System.Text;

namespace AgentLift.Generators;

/// <summary>Writes indented lines.</summary>
internal sealed class CodeWriter
{
    private const int IndentSize = 4;
    private readonly StringBuilder text = new();
    private int depth;

    /// <summary>Writes a line, or each line of a text, at the current depth.</summary>
    public CodeWriter Line(string lines = "")
    {
        foreach (var line in lines.Split('\n'))
        {
            if (line.Length > 0)
                text.Append(' ', depth * IndentSize).Append(line);
            text.Append('\n');
        }

        return this;
    }

    public CodeWriter Open(string head)
    {
        Line(head).Line("{");
        depth++;
        return this;
    }

    public CodeWriter Close()
    {
        depth--;
        return Line("}");
    }

    /// <summary>Lines that go on from the one before.</summary>
    public CodeWriter Continue(params IEnumerable<string> lines)
    {
        depth++;
        foreach (var line in lines)
            Line(line);
        depth--;
        return this;
    }

    public override string ToString() => text.ToString();
}
