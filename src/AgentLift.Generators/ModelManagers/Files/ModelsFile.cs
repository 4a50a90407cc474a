namespace AgentLift.Generators.ModelManagers.Files;

/// <summary>A models file as it was read.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Models">The models that can be used so far.</param>
/// <param name="Problems">What is wrong with the others.</param>
internal sealed record ModelsFile(string Path, EquatableArray<FileModel> Models, EquatableArray<Problem> Problems)
{
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Whether a manager means this file: by its name, or by the end of its path.</summary>
    public static bool IsNamed(string path, string name)
    {
        var full = "/" + path.Replace('\\', '/');
        return full.EndsWith("/" + name.Replace('\\', '/').TrimStart('/'), StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>A model of a models file. Which types and methods it names is found out later.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Property">The property that it is to get.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Options">What differs from the defaults, as initialisers of its definition.</param>
/// <param name="HasPath">Whether it has a file.</param>
/// <param name="Type">Its type, or <see langword="null"/>.</param>
/// <param name="Loader">The type of its loader, or <see langword="null"/>.</param>
/// <param name="Factory">The method that makes it, or <see langword="null"/>.</param>
/// <param name="WarmupMethod">The method that runs it once, or <see langword="null"/>.</param>
internal sealed record FileModel(
    string Name,
    string Property,
    SourcePlace Place,
    EquatableArray<string> Options,
    bool HasPath,
    PlacedText? Type,
    PlacedText? Loader,
    PlacedText? Factory,
    PlacedText? WarmupMethod);

/// <summary>A text, and where it stands.</summary>
internal sealed record PlacedText(string Text, SourcePlace Place);

/// <summary>A manager with the models file that it names, where there is one, or why there is none.</summary>
internal sealed record ManagerWithFile(Manager Manager, ModelsFile? File, EquatableArray<Problem> Problems);
