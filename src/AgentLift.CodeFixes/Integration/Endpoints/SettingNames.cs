namespace AgentLift.CodeFixes.Integration.Endpoints;

/// <summary>Names of settings, made from those of fields.</summary>
internal static class SettingNames
{
    // What the runtime reads from the agent's section itself.
    private static readonly string[] Taken = ["StartTimeout", "DrainTimeout", "StopTimeout", "OnFailure", "Endpoints", "Clients", "DependsOn"];

    /// <summary><c>_hubPort</c> is read from <c>HubPort</c>, <c>MANAGER_HOST</c> from <c>ManagerHost</c>.</summary>
    public static string For(string field)
    {
        var text = field.StartsWith("m_", StringComparison.Ordinal) || field.StartsWith("s_", StringComparison.Ordinal) ? field.Substring(2) : field.TrimStart('_');
        var words = text.Split('_').Where(word => word.Length > 0).ToList();
        var isUpper = text.All(letter => !char.IsLower(letter));
        var name = string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + (isUpper ? word.Substring(1).ToLowerInvariant() : word.Substring(1))));
        return Taken.Contains(name) ? name + "Setting" : name;
    }

    /// <summary>A name for the field behind a property.</summary>
    public static string FieldFor(string property)
    {
        var name = For(property);
        return (property.StartsWith("_", StringComparison.Ordinal) ? "_set" : "given") + name;
    }
}
