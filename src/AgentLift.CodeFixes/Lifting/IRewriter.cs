using System.Collections.Immutable;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>Turns the evidence of a rule into edits. A function: it reads the agent's code and adds to the draft, and holds nothing.</summary>
internal interface IRewriter
{
    /// <summary>The rules whose evidence it removes.</summary>
    ImmutableArray<string> RuleIds { get; }

    /// <summary>What it does to an agent, for the title of a fix. {0} is the agent's name.</summary>
    string Title { get; }

    /// <summary>Whether an agent has anything for it, as far as can be seen from afar; else it is not asked.</summary>
    bool Concerns(AgentSigns agent);

    /// <summary>Adds the edits for all evidence of its rules, and says of each piece that it leaves why.</summary>
    Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken);
}
