using System.Collections.Immutable;
using System.Globalization;
using AgentLift.Core.Data;
using AgentLift.Core.Rules;
using AgentLift.Core.Settings;

namespace AgentLift.Core.Accepted;

/// <summary>Reads and validates the list of exceptions.</summary>
internal static class AcceptedFindingsReader
{
    private const string FileName = "agentlift.exceptions.json";

    public static bool IsExceptions(string path) => string.Equals(Path.GetFileName(path), FileName, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="DataException">The file breaks a rule; the problem names the line.</exception>
    public static ImmutableArray<AcceptedEntry> Read(DataFile file)
    {
        var root = DataDocument.Read(file);
        root.AllowKeys("$schema", "exceptions");
        return [.. root.Get("exceptions").Items().Select(ReadEntry)];
    }

    private static AcceptedEntry ReadEntry(DataNode node)
    {
        node.AllowKeys("agent", "reason", "review", "rules");
        node.Get("reason").Text();
        var review = node.Get("review");
        if (!DateTime.TryParseExact(review.Text(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            throw review.Error($"'{review.Text()}' is no date", "write the day of the next look as yyyy-mm-dd");
        var rules = node.TextsOrEmpty("rules");
        if (node.Find("rules") is { } list && rules.IsEmpty)
            throw list.Error("the list of rules is empty", "name rules, or leave the key out for an agent that stays legacy as a whole");
        if (rules.FirstOrDefault(id => !RuleTable.All.Any(rule => rule.Id == id)) is { } unknown)
            throw node.Get("rules").Error($"no rule is called '{unknown}'", "correct the id");
        return new AcceptedEntry(node.Get("agent").Text(), rules);
    }
}
