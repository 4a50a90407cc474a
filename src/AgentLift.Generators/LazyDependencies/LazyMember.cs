namespace AgentLift.Generators.LazyDependencies;

/// <summary>What came of reading one marked member: the member, or why it cannot be used.</summary>
internal sealed record ReadMember(LazyMember? Member, EquatableArray<Problem> Problems);

/// <summary>A lazy member: all that is needed to write its code.</summary>
/// <param name="Agent">The class that it stands in.</param>
/// <param name="File">The file that it stands in: members are written file by file.</param>
/// <param name="Modifiers">Its modifiers as written, with <c>partial</c>.</param>
/// <param name="Name">Its name, as an identifier.</param>
/// <param name="Type">What is loaded.</param>
/// <param name="Form">How it is asked for.</param>
/// <param name="Token">The name of its parameter, as an identifier; <see langword="null"/> where it has none.</param>
/// <param name="Field">The name of the field behind it.</param>
/// <param name="DependencyName">An expression for the dependency's name.</param>
/// <param name="Load">An expression for the delegate that loads it; <see langword="null"/> for a registered service.</param>
/// <param name="Options">What differs from the default options, as initialisers.</param>
internal sealed record LazyMember(
    PartialClass Agent,
    string File,
    string Modifiers,
    string Name,
    string Type,
    LazyForm Form,
    string? Token,
    string Field,
    string DependencyName,
    string? Load,
    EquatableArray<string> Options);

/// <summary>How a lazy member is asked for.</summary>
internal enum LazyForm
{
    Property = 0,
    ValueTask = 1,
    Task = 2,
}

/// <summary>An agent with lazy members, and the file that is written for it.</summary>
internal sealed record LazyAgent(PartialClass Class, string HintName, EquatableArray<LazyMember> Members);
