using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Logging;

/// <summary>A line of output as text and holes, from any of the ways in which C# puts one together.</summary>
internal sealed class MessageTemplate
{
    private readonly List<(string? Text, TemplateHole? Hole)> parts = [];

    private MessageTemplate()
    {
    }

    public IEnumerable<TemplateHole> Holes => parts.Select(part => part.Hole).OfType<TemplateHole>();

    /// <summary>The text without its holes, for a name.</summary>
    public string Words => string.Join(" ", parts.Select(part => part.Text).OfType<string>());

    public bool EndsLine => parts.Count > 0 && parts[parts.Count - 1].Text?.EndsWith("\n", StringComparison.Ordinal) == true;

    /// <summary>Reads what is written by one expression.</summary>
    public static MessageTemplate Of(ExpressionSyntax expression, SemanticModel model)
    {
        var template = new MessageTemplate();
        template.Add(expression, model, null, null);
        return template;
    }

    /// <summary>Reads a composite format and its arguments.</summary>
    /// <returns><see langword="null"/> where the format is not constant, or names an argument that is not there.</returns>
    public static MessageTemplate? OfFormat(ExpressionSyntax format, IReadOnlyList<ExpressionSyntax> arguments, SemanticModel model)
    {
        if (model.GetConstantValue(format) is not { HasValue: true, Value: string text })
            return null;
        var template = new MessageTemplate();
        for (var i = 0; i < text.Length;)
        {
            if (text[i] is '{' or '}' && i + 1 < text.Length && text[i + 1] == text[i])
            {
                template.AddText(text[i].ToString());
                i += 2;
            }
            else if (text[i] == '{')
            {
                var end = text.IndexOf('}', i);
                if (end < 0 || !template.AddPlaceholder(text.Substring(i + 1, end - i - 1), arguments, model))
                    return null;
                i = end + 1;
            }
            else
            {
                template.AddText(text[i++].ToString());
            }
        }

        return template;
    }

    /// <summary>Takes a hole out: what it shows is told in another way. Punctuation that led to it goes with it.</summary>
    public void Remove(TemplateHole hole)
    {
        var index = parts.FindIndex(part => part.Hole == hole);
        parts.RemoveAt(index);
        if (index == parts.Count && index > 0 && parts[index - 1].Text is { } text)
            parts[index - 1] = (text.TrimEnd(' ', ':', '-', ','), null);
    }

    /// <summary>Ends the line with a text.</summary>
    public void Say(string text) => AddText(text);

    /// <summary>The template, with its holes named.</summary>
    public string Write(Func<TemplateHole, string> nameOf)
    {
        var text = new StringBuilder();
        foreach (var (literal, hole) in parts)
        {
            if (hole is null)
                text.Append(literal!.Replace("{", "{{").Replace("}", "}}"));
            else
                text.Append('{').Append(nameOf(hole)).Append(hole.Alignment is null ? string.Empty : "," + hole.Alignment).Append(hole.Format is null ? string.Empty : ":" + hole.Format).Append('}');
        }

        return text.ToString().TrimEnd('\r', '\n');
    }

    private void Add(ExpressionSyntax expression, SemanticModel model, string? alignment, string? format)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax inner when alignment is null && format is null:
                Add(inner.Expression, model, null, null);
                break;
            case LiteralExpressionSyntax literal when literal.Kind() is SyntaxKind.StringLiteralExpression or SyntaxKind.CharacterLiteralExpression && alignment is null:
                AddText(literal.Token.ValueText);
                break;
            case InterpolatedStringExpressionSyntax interpolated when alignment is null:
                foreach (var content in interpolated.Contents)
                    Add(content, model);
                break;
            case BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression) && alignment is null && model.GetTypeInfo(sum).Type?.SpecialType == SpecialType.System_String:
                Add(sum.Left, model, null, null);
                Add(sum.Right, model, null, null);
                break;
            default:
                parts.Add((null, new TemplateHole(expression, alignment, format)));
                break;
        }
    }

    private void Add(InterpolatedStringContentSyntax content, SemanticModel model)
    {
        if (content is InterpolatedStringTextSyntax text)
            AddText(text.TextToken.ValueText);
        else if (content is InterpolationSyntax hole)
            Add(hole.Expression, model, hole.AlignmentClause?.Value.ToString(), hole.FormatClause?.FormatStringToken.ValueText);
    }

    private bool AddPlaceholder(string placeholder, IReadOnlyList<ExpressionSyntax> arguments, SemanticModel model)
    {
        var colon = placeholder.IndexOf(':');
        var comma = placeholder.IndexOf(',');
        var end = comma >= 0 && (colon < 0 || comma < colon) ? comma : colon >= 0 ? colon : placeholder.Length;
        if (!int.TryParse(placeholder.Substring(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= arguments.Count)
            return false;
        var alignment = end == comma ? placeholder.Substring(comma + 1, (colon < 0 ? placeholder.Length : colon) - comma - 1).Trim() : null;
        Add(arguments[index], model, alignment, colon < 0 ? null : placeholder.Substring(colon + 1));
        return true;
    }

    private void AddText(string text)
    {
        if (parts.Count > 0 && parts[parts.Count - 1].Text is { } before)
            parts[parts.Count - 1] = (before + text, null);
        else
            parts.Add((text, null));
    }
}
