using System.Collections.Immutable;

namespace AgentLift.FleetGenerator.Emission;

/// <summary>Damages files as an edit in progress does.</summary>
internal static class Damage
{
    public static ImmutableArray<GeneratedFile> Apply(ImmutableArray<GeneratedFile> files, int seed)
    {
        var random = new Random(unchecked(seed * 31 + 17));
        return [.. files.Select(file => file.Path.Contains('/', StringComparison.Ordinal) && random.Next(3) == 0 ? file with { Text = Spoil(file.Text, random) } : file)];
    }

    private static string Spoil(string text, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                return text[..random.Next(text.Length)];
            case 1:
                var brace = text.IndexOfAny(['{', '}', ';', '('], random.Next(text.Length / 2));
                return brace < 0 ? text : text.Remove(brace, 1);
            case 2:
                var from = random.Next(text.Length);
                return text.Remove(from, Math.Min(random.Next(1, 200), text.Length - from));
            default:
                return text.Insert(random.Next(text.Length), " public class async { => new ");
        }
    }
}
