using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Logging;

/// <summary>Names log methods after what they say, and values after where they come from.</summary>
internal static class LogNames
{
    private const int MostWords = 5;
    private static readonly Regex Word = new("[A-Za-z][A-Za-z0-9]*", RegexOptions.CultureInvariant);
    private static readonly HashSet<string> SayNothing = new(StringComparer.Ordinal) { "Count", "Length", "Message", "Name", "Value", "Id", "Key", "ToString", "Total", "Type" };

    // Readers and records name their methods after what they return, which says nothing of the value.
    private static readonly HashSet<string> Types = new(Enum.GetNames(typeof(TypeCode)), StringComparer.Ordinal) { "Float", "Guid", "Value", "RawText" };

    /// <summary>Such as <c>LogTutorListeningOn</c> for "tutor listening on {Port}".</summary>
    public static string MethodFor(string words, IReadOnlyList<string> holes)
    {
        var said = Word.Matches(words).Cast<Match>().Select(match => Pascal(match.Value)).Take(MostWords).ToList();
        return "Log" + (said.Count > 0 ? string.Concat(said) : holes.Count > 0 ? Pascal(holes[0]) : "Message");
    }

    /// <summary>Such as <c>port</c> for <c>_port</c>, and <c>lessonsCount</c> for <c>_lessons.Count</c>.</summary>
    public static string ParameterFor(ExpressionSyntax value)
    {
        var name = NameOf(value) is { Length: > 0 } found && !Types.Contains(found) ? found : "value";
        return char.ToLowerInvariant(name[0]) + name.Substring(1);
    }

    /// <summary>A name as it may stand in code.</summary>
    public static string Escaped(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    private static string NameOf(ExpressionSyntax value) => value switch
    {
        IdentifierNameSyntax identifier => Bare(identifier.Identifier.ValueText),
        MemberAccessExpressionSyntax member => Member(member),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } when SayNothing.Contains(called.Name.Identifier.ValueText) => NameOf(called.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } => Without("Get", Bare(called.Name.Identifier.ValueText)),
        InvocationExpressionSyntax { Expression: SimpleNameSyntax called } => Without("Get", Bare(called.Identifier.ValueText)),
        ElementAccessExpressionSyntax element => NameOf(element.Expression),
        ParenthesizedExpressionSyntax inner => NameOf(inner.Expression),
        CastExpressionSyntax cast => NameOf(cast.Expression),
        AwaitExpressionSyntax awaited => NameOf(awaited.Expression),
        PostfixUnaryExpressionSyntax suffix => NameOf(suffix.Operand),
        ConditionalAccessExpressionSyntax conditional => NameOf(conditional.Expression),
        BinaryExpressionSyntax binary => NameOf(binary.Left),
        _ => string.Empty,
    };

    private static string Member(MemberAccessExpressionSyntax member)
    {
        var last = Bare(member.Name.Identifier.ValueText);
        return SayNothing.Contains(last) && NameOf(member.Expression) is { Length: > 2 } owner ? owner + Pascal(last) : last;
    }

    private static string Bare(string name)
    {
        var bare = name.TrimStart('_');
        if (bare.StartsWith("m_", StringComparison.Ordinal) || bare.StartsWith("s_", StringComparison.Ordinal))
            bare = bare.Substring(2);
        return bare.Length > 0 && char.IsLetter(bare[0]) ? bare : string.Empty;
    }

    private static string Without(string prefix, string name) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length && char.IsUpper(name[prefix.Length]) ? name.Substring(prefix.Length) : name;
}
