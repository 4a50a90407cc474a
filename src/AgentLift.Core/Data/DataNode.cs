using System.Collections.Immutable;
using System.Globalization;
using AgentLift.Core.Rules;

namespace AgentLift.Core.Data;

/// <summary>One value of a JSON or YAML document, with the line it stands on, so that every complaint can name it.</summary>
internal sealed class DataNode
{
    private readonly string file;
    private readonly string? scalar;
    private readonly ImmutableArray<DataNode> items;
    private readonly ImmutableArray<KeyValuePair<string, DataNode>> properties;

    private DataNode(
        string file,
        int line,
        string? scalar,
        ImmutableArray<DataNode> items,
        ImmutableArray<KeyValuePair<string, DataNode>> properties,
        bool isQuoted = false)
    {
        IsQuoted = isQuoted;
        this.file = file;
        Line = line;
        this.scalar = scalar;
        this.items = items;
        this.properties = properties;
    }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }

    /// <summary>It is a JSON string, as <c>"5"</c> and not <c>5</c>: for readers that tell them apart.</summary>
    public bool IsQuoted { get; }

    public static DataNode Scalar(string file, int line, string? text, bool isQuoted = false) => new(file, line, text, default, default, isQuoted);

    public static DataNode List(string file, int line, ImmutableArray<DataNode> items) => new(file, line, null, items, default);

    public static DataNode Map(string file, int line, ImmutableArray<KeyValuePair<string, DataNode>> properties)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in properties)
        {
            if (!names.Add(property.Key))
                throw property.Value.Error($"the key '{property.Key}' stands twice", "keep one of the two");
        }

        return new(file, line, null, default, properties);
    }

    /// <summary>A complaint about this value.</summary>
    public DataException Error(string message, string nextStep) => new(new DataProblem(file, Line, message, nextStep));

    /// <summary>Checks that this is a map and has no other keys than these.</summary>
    public void AllowKeys(params string[] keys)
    {
        RequireMap();
        foreach (var property in properties)
        {
            if (Array.IndexOf(keys, property.Key) < 0)
                throw property.Value.Error($"unknown key '{property.Key}'", "use one of: " + string.Join(", ", keys));
        }
    }

    public DataNode? Find(string key)
    {
        RequireMap();
        foreach (var property in properties)
        {
            if (property.Key == key)
                return property.Value;
        }

        return null;
    }

    public DataNode Get(string key) => Find(key) ?? throw Error($"the key '{key}' is missing", $"add \"{key}\"");

    public ImmutableArray<DataNode> Items() =>
        items.IsDefault ? throw Error("a list is expected here", "write it in square brackets") : items;

    /// <summary>It is one value, neither a list nor a map.</summary>
    public bool IsScalar => items.IsDefault && properties.IsDefault;

    /// <summary>The keys of a map with their values, in the order of the file.</summary>
    public ImmutableArray<KeyValuePair<string, DataNode>> Properties()
    {
        RequireMap();
        return properties;
    }

    public string Text() =>
        scalar is { } text && IsScalar ? text : throw Error("a text is expected here", "write one value");

    public string? TextOrNull(string key) => Find(key) is { scalar: not null } node ? node.Text() : null;

    public ImmutableArray<string> TextsOrEmpty(string key) =>
        Find(key) is { } node ? [.. node.Items().Select(item => item.Text())] : [];

    public bool BooleanOrFalse(string key) => Find(key) is { } node && node.Text() switch
    {
        "true" => true,
        "false" => false,
        var other => throw node.Error($"'{other}' is neither true nor false", "write true or false"),
    };

    public decimal Number() =>
        decimal.TryParse(Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Error($"'{Text()}' is not a number", "write a number");

    public int WholeNumber(int from, int to)
    {
        var number = Number();
        return number == decimal.Truncate(number) && number >= from && number <= to
            ? (int)number
            : throw Error($"{Text()} is not a whole number from {from} to {to}", $"write a whole number from {from} to {to}");
    }

    public TEnum OneOf<TEnum>()
        where TEnum : struct, Enum =>
        KebabCase.TryParse<TEnum>(Text(), out var value)
            ? value
            : throw Error(
                $"'{Text()}' is not known here",
                "use one of: " + string.Join(", ", Enum.GetValues(typeof(TEnum)).Cast<TEnum>().Select(member => member.ToKebabCase())));

    private void RequireMap()
    {
        if (properties.IsDefault)
            throw Error("an object with keys is expected here", "write it in curly braces");
    }
}
