using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>Adds missing using directives where the file keeps its own, in their order.</summary>
internal static class UsingDirectives
{
    public static IEnumerable<TextChange> Add(SyntaxTree tree, IEnumerable<string> names, string newLine)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot();
        var list = Where(root);
        var plain = list.Where(directive => directive is { Alias: null, Name: not null } && directive.StaticKeyword.IsKind(SyntaxKind.None) && directive.GlobalKeyword.IsKind(SyntaxKind.None)).ToList();
        var known = new HashSet<string>(root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<UsingDirectiveSyntax>()
            .Where(directive => directive.Name is not null).Select(directive => directive.Alias is { } alias ? $"{alias.Name} = {directive.Name}" : directive.Name!.ToString()), StringComparer.Ordinal);
        foreach (var group in names.Where(name => !known.Contains(name)).GroupBy(name => PositionFor(name, root, list, plain)))
            yield return new TextChange(new TextSpan(group.Key.Position, 0), string.Concat(group.OrderBy(name => name, Comparer).Select(name => $"{group.Key.Before}using {name};{(group.Key.IsWithinLine ? string.Empty : newLine)}")) + (list.Count == 0 ? newLine : string.Empty));
    }

    private static SyntaxList<UsingDirectiveSyntax> Where(CompilationUnitSyntax root)
    {
        var inNamespace = root.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault(part => part.Usings.Count > 0);
        return root.Usings.Count == 0 && inNamespace is not null ? inNamespace.Usings : root.Usings;
    }

    private static (int Position, string Before, bool IsWithinLine) PositionFor(string name, CompilationUnitSyntax root, SyntaxList<UsingDirectiveSyntax> list, List<UsingDirectiveSyntax> plain)
    {
        var text = root.SyntaxTree.GetText();
        if (list.Count == 0)
            return (text.Lines.GetLineFromPosition(root.GetFirstToken(includeZeroWidth: true).SpanStart).Start, string.Empty, false);
        var indent = SourceStyle.IndentOf(text, list[0].SpanStart);

        // A directive among the usings may begin a region or a condition: what is added goes behind all of them, or before where there is none.
        var next = IsAlias(name) ? null : plain.FirstOrDefault(directive => Comparer.Compare(directive.Name!.ToString(), name) > 0 && !directive.ContainsDirectives);
        if (next is not null && !list.Any(directive => directive.ContainsDirectives))
            return (text.Lines.GetLineFromPosition(next.SpanStart).Start, indent, false);
        var last = plain.Count > 0 && !IsAlias(name) ? plain[plain.Count - 1] : list[list.Count - 1];
        var line = text.Lines.GetLineFromPosition(last.Span.End);
        var isFollowed = last.GetLastToken().GetNextToken() is { RawKind: not (int)SyntaxKind.None } following && following.SpanStart < line.End;
        return isFollowed ? (last.Span.End, " ", true) : (line.EndIncludingLineBreak, indent, false);
    }

    /// <summary>System first, then by name.</summary>
    private static Comparer<string> Comparer { get; } = Comparer<string>.Create((one, other) =>
    {
        var byForm = IsAlias(one).CompareTo(IsAlias(other));
        if (byForm != 0)
            return byForm;
        var bySystem = IsSystem(other).CompareTo(IsSystem(one));
        return bySystem != 0 ? bySystem : string.CompareOrdinal(one, other);
    });

    private static bool IsAlias(string name) => name.Contains(" = ");

    private static bool IsSystem(string name) => name == "System" || name.StartsWith("System.", StringComparison.Ordinal);
}
