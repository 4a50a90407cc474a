using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.ModelManagers;

/// <summary>What an attribute says of a model.</summary>
/// <param name="Name">The model's name; <see langword="null"/> where it is none.</param>
/// <param name="Options">What differs from the defaults.</param>
/// <param name="Loading">What it says of its loading.</param>
internal sealed record ModelAttributeText(string? Name, EquatableArray<string> Options, LoadingText Loading);

/// <summary>Reads the attribute <c>[Model]</c>.</summary>
internal static class ModelAttributeReader
{
    public static ModelAttributeText Read(AttributeData attribute, string member, ProblemList problems)
    {
        var options = new ModelOptions(member);
        var arguments = attribute.NamedArguments.ToDictionary(argument => argument.Key, argument => argument.Value);
        foreach (var argument in attribute.NamedArguments)
            Add(options, argument.Key, argument.Value, problems);

        var name = attribute.ConstructorArguments.Select(argument => argument.Value as string).FirstOrDefault();
        return new ModelAttributeText(
            name is not null && options.IsName("its name", name, problems) ? name : null,
            options.ToArray(),
            new LoadingText(
                arguments.TryGetValue("Loader", out var loader) ? loader.Value as ITypeSymbol : null,
                TextOf("Factory"),
                TextOf("WarmupMethod"),
                !string.IsNullOrWhiteSpace(TextOf("Path"))));

        string? TextOf(string key) => arguments.TryGetValue(key, out var value) ? value.Value as string : null;
    }

    private static void Add(ModelOptions options, string key, TypedConstant constant, ProblemList problems)
    {
        switch (key, constant.Kind == TypedConstantKind.Array ? null : constant.Value)
        {
            case ("Path" or "SharedAs", string text):
                options.Text(key, key, text, problems);
                break;
            case ("EstimatedBytes", long bytes):
                options.EstimatedBytes(key, bytes, problems);
                break;
            case ("Priority", int priority):
                options.Priority(key, priority, problems);
                break;
            case ("KeepAliveSeconds", int seconds):
                options.KeepAlive(key, seconds, problems);
                break;
            case ("LoadTimeoutSeconds", int seconds):
                options.LoadTimeout(key, seconds, problems);
                break;
            case ("Pinned", bool pinned):
                options.Pinned(pinned);
                break;
            case ("Precision" or "Fallback" or "Warmup", int value):
                options.Enumeration(key, key, value, problems);
                break;
            case ("Devices", null) when constant.Kind == TypedConstantKind.Array && !constant.IsNull:
                options.Devices([.. constant.Values.Select(device => (device.Value as string ?? string.Empty, problems))]);
                break;
        }
    }
}
