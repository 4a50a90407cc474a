using System.Collections.Immutable;

namespace AgentLift.Generators.ModelManagers;

/// <summary>An enumeration of the runtime that an option of a model takes its values from. A test holds it against the runtime.</summary>
/// <param name="Type">Its name.</param>
/// <param name="Members">Its members.</param>
/// <param name="IsFlags">Whether values may be joined.</param>
internal sealed record ModelEnumeration(string Type, ImmutableArray<(string Name, int Value)> Members, bool IsFlags = false)
{
    private static readonly ImmutableDictionary<string, ModelEnumeration> ByOption = new Dictionary<string, ModelEnumeration>
    {
        ["Precision"] = new("ModelPrecision", [("AsStored", 0), ("Half", 1), ("BFloat16", 2)]),
        ["Fallback"] = new("ModelFallback", [("None", 0), ("HalfPrecision", 1), ("Cpu", 2)], IsFlags: true),
        ["Warmup"] = new("LazyWarmup", [("None", 0), ("AfterReady", 1)]),
    }.ToImmutableDictionary();

    public static IEnumerable<ModelEnumeration> All => ByOption.Values;

    public static ModelEnumeration Of(string option) => ByOption[option];

    /// <summary>A member as models files name it: <c>half-precision</c> for <c>HalfPrecision</c>.</summary>
    public static string NameInFiles(string member) => member == "BFloat16" ? "bfloat16" : string.Concat(member.Select((letter, i) =>
        (char.IsUpper(letter) && i > 0 ? "-" : string.Empty) + char.ToLowerInvariant(letter)));

    /// <summary>The members that make up a value; <see langword="null"/> where it is none.</summary>
    public IReadOnlyList<string>? MembersOf(int value)
    {
        if (!IsFlags || value == 0)
            return Members.Where(member => member.Value == value).Select(member => member.Name).ToList() is { Count: > 0 } named ? named : null;
        var parts = Members.Where(member => member.Value != 0 && (value & member.Value) == member.Value).ToList();
        return parts.Sum(member => member.Value) == value ? [.. parts.Select(member => member.Name)] : null;
    }
}
