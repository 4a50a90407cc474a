using System.Text;

namespace AgentLift.Generators.AgentRegistration;

/// <summary>Writes agents as a fleet manifest, in the format that the tool and the analyzers read.</summary>
internal static class ManifestWriter
{
    /// <returns>The lines of the file.</returns>
    public static IEnumerable<string> Write(EquatableArray<FleetAgent> agents)
    {
        yield return "{";
        yield return "  \"agents\": [";
        var left = agents.Items.Length;
        foreach (var agent in agents)
            yield return $"    {{ {string.Join(", ", Fields(agent))} }}{(--left > 0 ? "," : string.Empty)}";
        yield return "  ]";
        yield return "}";
    }

    private static IEnumerable<string> Fields(FleetAgent agent)
    {
        yield return $"\"name\": {Text(agent.Agent.Name)}";
        yield return $"\"type\": {Text(agent.Agent.DisplayName)}";
        if (!agent.Endpoints.Items.IsEmpty)
            yield return $"\"endpoints\": [{string.Join(", ", agent.Endpoints.Select(Text))}]";
    }

    private static string Text(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var letter in value)
        {
            if (letter is '"' or '\\')
                text.Append('\\').Append(letter);
            else if (char.IsControl(letter) || char.IsSurrogate(letter) || letter is '\u2028' or '\u2029')
                text.Append("\\u").Append(((int)letter).ToString("x4"));
            else
                text.Append(letter);
        }

        return text.Append('"').ToString();
    }
}
