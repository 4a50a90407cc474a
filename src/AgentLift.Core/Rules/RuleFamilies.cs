namespace AgentLift.Core.Rules;

/// <summary>The names of the rule families, by the first digit of a rule id (SPEC section 2).</summary>
public static class RuleFamilies
{
    /// <summary>The family of what the generators cannot use: reported by them, in no agent's evidence.</summary>
    public const int Generators = 7;

    private static readonly string[] Names =
        ["Risk", "Infrastructure", "Concurrency", "Communication", "HeavyDependencies", "Data", "Gpu", "Generators"];

    /// <summary>The name of a family, used as diagnostic category.</summary>
    public static string NameOf(int family) => Names[family];
}
