namespace AgentLift.Runtime;

/// <summary>
/// Marks a partial class as a manager of models. It becomes a <see cref="ModelManager"/> whose partial <see cref="ModelHandle{T}"/> properties,
/// marked <see cref="ModelAttribute"/>, are generated; those of a models file are added. Register it with <c>AddModelManager</c>.
/// </summary>
/// <param name="modelsFile">
/// The name or the end of the path of a JSON file among the additional files of the project, such as <c>vision.models.json</c>; <see langword="null"/> for none.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModelManagerAttribute(string? modelsFile = null) : Attribute
{
    /// <summary>The models file among the additional files of the project, or <see langword="null"/>.</summary>
    public string? ModelsFile { get; } = modelsFile;

    /// <summary>The manager's name in configuration, logs and metrics; the name of the class where <see langword="null"/>.</summary>
    public string? Name { get; init; }
}
