namespace AgentLift.CodeFixes.Lifting;

/// <summary>Turns the evidence of a rule into edits. A function: it reads the agent's code and adds to the draft, and holds nothing.</summary>
internal interface IRewriter
{
    /// <summary>Adds the edits for all evidence of its rule, and says of each piece that it leaves why.</summary>
    Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken);
}
