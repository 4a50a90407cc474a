using System.Text;
using AgentLift.CodeFixes.CoreLogic.Reading;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Supervision;

/// <summary>Names loops after what runs in them: <c>review</c> for <c>ReviewLoop</c>.</summary>
internal sealed class LoopNames
{
    private static readonly string[] Endings = ["Async", "Loop", "Thread", "Task", "Timer"];
    private static readonly HashSet<string> Runs = new(StringComparer.Ordinal) { "RunSupervised", "RunPeriodically", "RunOnThread", "RunQueue" };
    private readonly HashSet<string> taken;

    public LoopNames(AgentSyntax code) => taken = new(
        code.Parts.SelectMany(part => part.DescendantNodes()).OfType<InvocationExpressionSyntax>()
            .Where(call => call.Expression is IdentifierNameSyntax name && Runs.Contains(name.Identifier.ValueText) && call.ArgumentList.Arguments.Count > 0)
            .Select(call => call.ArgumentList.Arguments[0].Expression).OfType<LiteralExpressionSyntax>().Select(name => name.Token.ValueText),
        StringComparer.Ordinal);

    /// <param name="names">What the loop may be named after, the best first.</param>
    public string Take(params IEnumerable<string?> names)
    {
        var wanted = names.OfType<string>().Select(Bare).FirstOrDefault(name => name.Length > 0) ?? "work";
        var name = wanted;
        for (var i = 2; !taken.Add(name); i++)
            name = $"{wanted}-{i}";
        return name;
    }

    public static string Bare(string name)
    {
        name = name.TrimStart('_');
        if (name.StartsWith("m_", StringComparison.Ordinal) || name.StartsWith("s_", StringComparison.Ordinal))
            name = name.Substring(2);
        if (name.Length > 0)
            name = char.ToUpperInvariant(name[0]) + name.Substring(1);
        while (Endings.FirstOrDefault(ending => name.EndsWith(ending, StringComparison.Ordinal)) is { } last)
            name = name.Substring(0, name.Length - last.Length);
        return Kebab(name);
    }

    /// <summary>A loop's name as that of a variable.</summary>
    public static string Camel(string name) => string.Concat(name.Split('-').Select((word, i) => i == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word.Substring(1)));

    private static string Kebab(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
                text.Append('-');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
