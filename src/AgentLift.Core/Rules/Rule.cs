using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Rules;

/// <summary>One rule: its identity, what it says, and what a fix for it promises.</summary>
/// <param name="Id"><c>AGL</c> and four digits; the first digit is the family.</param>
/// <param name="Name">The one name of the rule in identifiers, detector, fix, tests and page.</param>
/// <param name="Title">A short sentence about the pattern.</param>
/// <param name="Message">Format of the message: names the symbol and says what to do. {0} is the symbol.</param>
/// <param name="Stage">The stage that removes the pattern.</param>
/// <param name="Fix">The label of the fix, where nothing about a place stands against it (<see cref="Findings.Evidence.Fix"/>).</param>
/// <param name="Severity">The severity without any configuration.</param>
public sealed record Rule(
    string Id,
    string Name,
    string Title,
    string Message,
    MigrationStage Stage,
    FixKind Fix,
    DiagnosticSeverity Severity = DiagnosticSeverity.Info)
{
    private const string PageFolder = "https://github.com/agentlift/agentlift/blob/main/rules/";

    /// <summary>The pattern family: 0 risk, 1 infrastructure, 2 concurrency, 3 communication, 4 heavy dependencies, 5 data, 6 GPU, 7 generators.</summary>
    public int Family => Id[3] - '0';

    /// <summary>The category under which hosts group the rule.</summary>
    public string Category => RuleFamilies.NameOf(Family);

    /// <summary>The page of the rule under rules/.</summary>
    public string HelpLink => PageFolder + Id + ".md";

    /// <summary>What a fix of one place promises: what the rule does, unless something stands against it there.</summary>
    /// <param name="obstacle">What stands against it; <see langword="null"/> where nothing does.</param>
    public FixKind FixUnless(string? obstacle) => obstacle is null ? Fix : FixKind.None;

    /// <summary>The rule as the compiler knows it.</summary>
    public DiagnosticDescriptor ToDescriptor() => new(
        Id,
        Title,
        Message,
        Category,
        Severity,
        isEnabledByDefault: true,
        description: Description,
        helpLinkUri: HelpLink,
        customTags: Tags);

    private string Description => Stage == MigrationStage.None
        ? $"{Title}."
        : $"{Title}. The stage {Stage.ToKebabCase()} removes it; its fix is {FixPhrase}.";

    private string FixPhrase => Fix switch
    {
        FixKind.None => "left to a person",
        FixKind.Safe => "safe, unless a finding says why not",
        _ => Fix.ToKebabCase(),
    };

    // Comparing agents needs the whole compilation; hosts must know that such a rule does not run live.
    private string[] Tags => Id == RuleIds.DuplicateModelLoad ? [WellKnownDiagnosticTags.CompilationEnd] : [];
}
