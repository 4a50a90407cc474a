namespace AgentLift.FleetGenerator;

/// <summary>What fleet to generate. Equal options give equal bytes.</summary>
/// <param name="Seed">Seed of every choice; any number.</param>
/// <param name="Agents">Number of agents, 1 or more. Types that are no agents come on top.</param>
/// <param name="TargetLines">
/// Lines of all files together, met within 5 %; null for the size that the pieces give (some 130 lines an agent).
/// Fewer than about 60 lines an agent, plus 400 for the stand-ins, cannot be reached.
/// </param>
/// <param name="Compilable">
/// False damages a third of the agents' files (text cut off, braces and words lost), for tests that an analyzer survives
/// such input. The ground truth is then that of the intact fleet and cannot be asserted.
/// </param>
/// <param name="PlainCode">
/// Whether agents also hold code that shows no pattern, as real ones do. Without it they are patterns and decoys only, and the lines are not met where these run out.
/// </param>
/// <param name="DecoyTypes">Whether types that look like agents and are none are added, about one for six agents.</param>
public sealed record FleetOptions(int Seed, int Agents, int? TargetLines = null, bool Compilable = true, bool PlainCode = true, bool DecoyTypes = true);
