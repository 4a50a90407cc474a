namespace AgentLift.Core.Rules;

/// <summary>The names of the rule families, by the first digit of a rule id (SPEC section 2).</summary>
public static class RuleFamilies
{
    private static readonly string[] Names =
        ["Risk", "Infrastructure", "Concurrency", "Communication", "HeavyDependencies", "Data", "Gpu"];

    /// <summary>The number of families.</summary>
    public static int Count => Names.Length;

    /// <summary>The name of a family, used as diagnostic category.</summary>
    public static string NameOf(int family) => Names[family];
}
