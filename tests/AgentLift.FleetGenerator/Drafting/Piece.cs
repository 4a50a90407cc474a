using System.Collections.Immutable;

namespace AgentLift.FleetGenerator.Drafting;

/// <summary>What a piece is for.</summary>
internal enum PieceRole
{
    /// <summary>Makes a class an agent by behaviour, whatever else it holds.</summary>
    Owner,

    /// <summary>Adds evidence.</summary>
    Pattern,

    /// <summary>Looks like evidence and is none.</summary>
    Decoy,
}

/// <summary>One thing that an agent does, written in one of several ways.</summary>
/// <param name="Name">Unique name, for messages.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Apply">Writes it into a draft.</param>
internal sealed record Piece(string Name, PieceRole Role, Action<AgentDraft> Apply)
{
    /// <summary>Traits that the agent has once the piece is in it.</summary>
    public ImmutableArray<string> Gives { get; init; } = [];

    /// <summary>Traits that the agent must have before.</summary>
    public ImmutableArray<string> Needs { get; init; } = [];

    /// <summary>Traits that the agent must neither have nor get.</summary>
    public ImmutableArray<string> Bars { get; init; } = [];

    /// <summary>Whether an agent that derives from BaseAgent may do this without it being a pattern.</summary>
    public bool IsNoPatternWhenLifted { get; init; }

    public bool Fits(AgentDraft agent) =>
        Needs.All(agent.Traits.Contains) && FitsApartFromNeeds(agent);

    public bool FitsApartFromNeeds(AgentDraft agent) =>
        !(IsNoPatternWhenLifted && agent.Lifted) && !Bars.Any(agent.Traits.Contains) && !Gives.Any(agent.Barred.Contains) && !agent.Applied.Contains(Name);
}

/// <summary>Traits through which pieces depend on each other or exclude each other.</summary>
internal static class Traits
{
    /// <summary>Owns a socket, listener, client or message-queue socket.</summary>
    public const string Socket = "socket";

    /// <summary>Uses a library that can use a GPU.</summary>
    public const string Gpu = "gpu";

    /// <summary>Picks a CUDA device or moves something to one.</summary>
    public const string Device = "device";

    /// <summary>Has a member whose name speaks of a budget or limit.</summary>
    public const string Budget = "budget";

    /// <summary>Counts GPU memory in a member of its own.</summary>
    public const string Vram = "vram";

    /// <summary>Has a method whose name speaks of health.</summary>
    public const string HealthMethod = "health-method";

    /// <summary>Compares requests with a health literal.</summary>
    public const string HealthLiteral = "health-literal";

    /// <summary>Uses a data store, of its own or handed in.</summary>
    public const string Store = "store";
}
