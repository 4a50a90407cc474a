namespace AgentLift.Generators.ModelManagers;

/// <summary>What came of reading one marked class: the manager, or why it cannot be one.</summary>
internal sealed record ReadManager(Manager? Manager, EquatableArray<Problem> Problems);

/// <summary>A manager of models, as its class says.</summary>
/// <param name="Class">The class.</param>
/// <param name="Name">Its name, for messages.</param>
/// <param name="Constructor">The modifier and name of the constructor to write; <see langword="null"/> where the class has one.</param>
/// <param name="TakenNames">Names that its members and those of its base bear.</param>
/// <param name="Models">The models of its properties.</param>
/// <param name="File">The models file that it names, or <see langword="null"/>.</param>
internal sealed record Manager(
    PartialClass Class,
    string Name,
    string? Constructor,
    EquatableArray<string> TakenNames,
    EquatableArray<Model> Models,
    NamedFile? File);

/// <summary>A models file as a manager names it.</summary>
/// <param name="Name">Its name, or the end of its path.</param>
/// <param name="Place">Where it is named.</param>
internal sealed record NamedFile(string Name, SourcePlace Place);

/// <summary>A model: all that is needed to write its code.</summary>
/// <param name="Name">Its name within the manager.</param>
/// <param name="Property">The name of its property, without <c>@</c>.</param>
/// <param name="Modifiers">The modifiers of its property.</param>
/// <param name="File">The name of the models file that it stands in; <see langword="null"/> where its property is declared.</param>
/// <param name="Type">Its type.</param>
/// <param name="Options">What differs from the defaults, as initialisers of its definition.</param>
/// <param name="Loading">How it is loaded.</param>
internal sealed record Model(
    string Name,
    string Property,
    string Modifiers,
    string? File,
    string Type,
    EquatableArray<string> Options,
    ModelLoading Loading);

/// <summary>How a model is loaded.</summary>
/// <param name="Loader">An expression for its loader.</param>
/// <param name="WarmUp">An expression for what runs it once after each load; <see langword="null"/> for nothing.</param>
/// <param name="UsesTorchSharp">Whether the loader is one of those that are generated for TorchSharp.</param>
internal sealed record ModelLoading(string Loader, string? WarmUp, bool UsesTorchSharp);

/// <summary>A manager with the models of its properties and of its file, and what is wrong with the latter.</summary>
internal sealed record WholeManager(Manager Manager, EquatableArray<Model> Models, EquatableArray<Problem> Problems);
