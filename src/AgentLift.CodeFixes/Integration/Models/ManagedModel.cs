using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.CodeFixes.Integration.Models;

/// <summary>A model of the manager to be.</summary>
/// <param name="Kept">The model as the agent keeps it.</param>
/// <param name="Name">What the manager calls it.</param>
/// <param name="Property">The property of the manager.</param>
/// <param name="TypeText">Its type.</param>
/// <param name="Places">Where a lease is acquired for each use; <see langword="null"/> where the agent holds one while it runs.</param>
internal sealed record ManagedModel(KeptModel Kept, string Name, string Property, string TypeText, IReadOnlyList<LeasePlace>? Places)
{
    /// <summary>Its declaration, written with <c>\n</c> and four spaces a level.</summary>
    public string Text(string indent)
    {
        var options = new List<string> { SymbolDisplay.FormatLiteral(Name, quote: true), $"Path = {SymbolDisplay.FormatLiteral(Kept.Load.Path, quote: true)}" };
        if (Kept.Device is { } device)
            options.Add($"Devices = new[] {{ {SymbolDisplay.FormatLiteral(device, quote: true)} }}");
        var mark = "// AGENTLIFT AGL6003: it counts as many bytes as its file has; say otherwise in EstimatedBytes, and what models may take of a device in Models:Devices.\n";
        if (Kept.Device is null)
            mark += $"{indent}// AGENTLIFT AGL6001: it lies on any GPU, or on the CPU where there is none; inputs must go to the Device of its lease.\n";
        return $"{indent}{mark}{indent}[Model({string.Join(", ", options)})]\n{indent}public partial ModelHandle<{TypeText}> {Property} {{ get; }}";
    }
}
