namespace AgentLift.Generators.AgentRegistration;

/// <summary>What came of reading the class of one agent.</summary>
/// <param name="Agent">The agent; <see langword="null"/> where it cannot be registered.</param>
/// <param name="Named">Its name and where it stands; <see langword="null"/> where it cannot be registered.</param>
/// <param name="Problems">What keeps it, or its options, out.</param>
internal sealed record ReadAgent(RegisteredAgent? Agent, NamedAgent? Named, EquatableArray<Problem> Problems);

/// <summary>An agent: all that is needed to register it, and nothing that moves when lines move.</summary>
/// <param name="TypeName">Its class as emitted code names it.</param>
/// <param name="DisplayName">Its class as a fleet manifest names it.</param>
/// <param name="Name">Its name in configuration, logs and metrics.</param>
/// <param name="IsPublic">Whether other assemblies see it.</param>
/// <param name="Lineage">Metadata names of the classes whose endpoints are its own: the class and its bases in this assembly; none where one of them has listen methods of its own.</param>
/// <param name="ExperimentalId">The diagnostic that using the class earns; <see langword="null"/> where it is no experiment.</param>
/// <param name="Options">Its options; <see langword="null"/> where it takes none that can be bound.</param>
internal sealed record RegisteredAgent(
    string TypeName,
    string DisplayName,
    string Name,
    bool IsPublic,
    EquatableArray<string> Lineage,
    string? ExperimentalId,
    BoundOptions? Options);

/// <summary>The name of an agent, and where it stands.</summary>
internal sealed record NamedAgent(string Name, string DisplayName, string SimpleName, SourcePlace Place);

/// <summary>The options of an agent that are bound to its section.</summary>
/// <param name="TypeName">Their class as emitted code names it.</param>
/// <param name="SimpleName">The name of their class alone.</param>
/// <param name="Section">The key of the section.</param>
/// <param name="Properties">What is bound, in the order of the names.</param>
internal sealed record BoundOptions(string TypeName, string SimpleName, string Section, EquatableArray<BoundProperty> Properties);

/// <summary>A property that is read from the section.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">How its text is read.</param>
/// <param name="TypeName">What its text is read as, as emitted code names it.</param>
/// <param name="Rules">Expressions for the validation attributes that hold for it.</param>
internal sealed record BoundProperty(string Name, SettingKind Kind, string TypeName, EquatableArray<string> Rules);

/// <summary>How the text of a setting becomes a value.</summary>
internal enum SettingKind
{
    Text = 0,
    Parsed = 1,
    Constant = 2,
    Address = 3,
}
