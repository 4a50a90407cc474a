namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>What a statement of a program is to its agents.</summary>
internal enum StatementRole
{
    /// <summary>Nothing: it stays.</summary>
    Other,

    /// <summary>It makes an agent.</summary>
    Make,

    /// <summary>It starts an agent, and may make it too.</summary>
    Start,

    /// <summary>It starts agents deeper in it, or by a function of the program: it stays, and registers them.</summary>
    Launch,

    /// <summary>It waits for the end.</summary>
    Wait,

    /// <summary>It stops an agent.</summary>
    Stop,

    /// <summary>It keeps how agents are stopped: the host knows.</summary>
    Gather,

    /// <summary>It learns of the end, or holds what is waited for: the host does.</summary>
    Signal,

    /// <summary>It tells a person how to end the wait.</summary>
    Prompt,
}
