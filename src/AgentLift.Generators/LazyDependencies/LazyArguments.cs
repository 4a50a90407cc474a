using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.LazyDependencies;

/// <summary>What the attribute of a member is given.</summary>
/// <param name="Load">The name of the load method; <see langword="null"/> where it names none.</param>
/// <param name="Named">The named arguments, in their order.</param>
internal sealed record LazyArguments(string? Load, IReadOnlyList<LazyArgument> Named)
{
    /// <summary>Whether the member is a registered service.</summary>
    public bool IsService => Named.Any(argument => argument is { Key: "FromServices", Value: true });

    /// <summary>The name that the dependency is given; <see langword="null"/> where it has that of its member.</summary>
    public string? Name => Named.FirstOrDefault(argument => argument.Key == "Name").Value as string;

    public static LazyArguments Of(AttributeData attribute) => new(
        attribute.ConstructorArguments.Select(argument => argument.Value).FirstOrDefault() as string,
        [.. attribute.NamedArguments.Select(argument => new LazyArgument(argument.Key, argument.Value.Value, argument.Value.Type))]);
}

/// <summary>A named argument of the attribute.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Value">Its constant value.</param>
/// <param name="Type">Its type, which alone tells the names of the constants of an enumeration.</param>
internal readonly record struct LazyArgument(string Key, object? Value, ITypeSymbol? Type);
