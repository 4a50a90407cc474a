using System.Text;

namespace AgentLift.Generators.AgentRegistration;

/// <summary>What the generated class and its methods are called: by the assembly, so that a host can register the agents of several.</summary>
internal static class RegistrationNames
{
    /// <summary>The namespace of <c>AddAgent</c>, which whoever registers agents uses already.</summary>
    public const string Namespace = "AgentLift.Runtime";

    public const string ClassSuffix = "Registration";

    /// <summary><c>Fleet.Platform</c> gives <c>FleetPlatformRegistration</c>.</summary>
    public static string ClassOf(string assembly) => Stem(assembly) + ClassSuffix;

    /// <summary><c>Fleet.Platform</c> and <c>Fleet.Platform.Agents</c> give <c>AddFleetPlatformAgents</c>.</summary>
    public static string MethodOf(string assembly)
    {
        var stem = Stem(assembly);
        var noun = stem.EndsWith("Agents", StringComparison.Ordinal) ? string.Empty : "Agents";
        return $"Add{stem}{noun}";
    }

    private static string Stem(string assembly)
    {
        var stem = new StringBuilder();
        var isStart = true;
        foreach (var letter in assembly)
        {
            if (char.IsLetterOrDigit(letter) || letter == '_')
                stem.Append(isStart ? char.ToUpperInvariant(letter) : letter);
            isStart = !char.IsLetterOrDigit(letter);
        }

        if (stem.Length == 0 || char.IsDigit(stem[0]))
            stem.Insert(0, '_');
        return stem.ToString();
    }
}
