using System.Collections.Immutable;
using AgentLift.Core.Data;
using AgentLift.Core.Rules;

namespace AgentLift.Generators.ModelManagers.Files;

/// <summary>Reads one model of a models file.</summary>
internal sealed class ModelsFileEntry(ModelsFileReader file, DataNode entry)
{
    /// <summary>The keys of a model. The schema of models files, which a test holds against them, says what each means.</summary>
    internal static readonly ImmutableArray<string> Keys =
    [
        "name", "property", "type", "path", "estimatedBytes", "priority", "keepAliveSeconds", "pinned", "devices", "precision", "fallback", "warmup", "warmupMethod", "factory", "loader",
        "sharedAs", "loadTimeoutSeconds",
    ];

    private readonly ProblemList problems = file.At(entry);
    private readonly Dictionary<string, PlacedText> texts = [];

    /// <summary>The model; <see langword="null"/> where something is wrong with it, which is told.</summary>
    public FileModel? Read()
    {
        var before = problems.Count;
        PlacedText? name = null;
        file.Try(() => name = Placed(entry.Get("name")));
        if (name is null)
            return null;

        var options = new ModelOptions(name.Text);
        options.IsName("name", name.Text, problems.At(name.Place));
        foreach (var property in entry.Properties())
            file.Try(() => Add(options, property.Key, property.Value), $"'{property.Key}' of '{name.Text}': ");
        var accessor = PropertyOf(name);
        return problems.Count > before
            ? null
            : new FileModel(name.Text, accessor, name.Place, options.ToArray(), texts.ContainsKey("path"), TextOf("type"), TextOf("loader"), TextOf("factory"), TextOf("warmupMethod"));
    }

    private void Add(ModelOptions options, string key, DataNode value)
    {
        var own = file.At(value);
        switch (key)
        {
            case "name":
                break;
            case "type" or "loader" or "factory" or "warmupMethod" or "property":
                texts[key] = Placed(value);
                break;
            case "path" or "sharedAs":
                texts[key] = Placed(value);
                options.Text(key == "path" ? "Path" : "SharedAs", key, texts[key].Text, own);
                break;
            case "estimatedBytes":
                options.EstimatedBytes(key, Number(value), own);
                break;
            case "priority":
                options.Priority(key, Number(value), own);
                break;
            case "keepAliveSeconds":
                options.KeepAlive(key, Number(value), own);
                break;
            case "loadTimeoutSeconds":
                options.LoadTimeout(key, Number(value), own);
                break;
            case "pinned":
                options.Pinned(Truth(value));
                break;
            case "devices":
                options.Devices([.. value.Items().Select(device => (Text(device), file.At(device)))]);
                break;
            case "precision":
                options.Enumeration("Precision", key, OneOf("Precision", value), own);
                break;
            case "fallback":
                options.Enumeration("Fallback", key, value.Items().Aggregate(0, (all, one) => all | OneOf("Fallback", one)), own);
                break;
            case "warmup":
                options.Enumeration("Warmup", key, OneOf("Warmup", value), own);
                break;
            default:
                throw value.Error("the key is not known", "use one of: " + string.Join(", ", Keys));
        }
    }

    private string PropertyOf(PlacedText name)
    {
        var property = TextOf("property") ?? name with { Text = PropertyName.Of(name.Text) };
        if (!PropertyName.IsValid(property.Text))
            problems.At(property.Place).Add(RuleIds.ModelOptionOutOfRange, name.Text, "property", CSharpNames.Literal(property.Text), "a name that C# allows");
        return property.Text;
    }

    private PlacedText? TextOf(string key) => texts.TryGetValue(key, out var text) ? text : null;

    private PlacedText Placed(DataNode node) => new(Text(node), file.PlaceOf(node));

    private static string Text(DataNode node) => node.IsQuoted ? node.Text() : throw node.Error("a text is expected here", "write it in quotes");

    private static decimal Number(DataNode node) => node is { IsScalar: true, IsQuoted: false } ? node.Number() : throw node.Error("a number is expected here", "write it without quotes");

    private static bool Truth(DataNode node) => node is { IsScalar: true, IsQuoted: false } && node.Text() is "true" or "false"
        ? node.Text() == "true"
        : throw node.Error("true or false is expected here", "write it without quotes");

    /// <summary>A member of an enumeration by its name, in lower case with hyphens between its words.</summary>
    private static int OneOf(string option, DataNode node)
    {
        var members = ModelEnumeration.Of(option).Members;
        var name = Text(node);
        foreach (var member in members)
        {
            if (ModelEnumeration.NameInFiles(member.Name) == name)
                return member.Value;
        }

        throw node.Error($"'{name}' is not known", "use one of: " + string.Join(", ", members.Select(member => ModelEnumeration.NameInFiles(member.Name))));
    }
}
