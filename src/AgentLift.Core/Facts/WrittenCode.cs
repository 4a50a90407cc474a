using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentLift.Core.Facts;

/// <summary>Which files a person wrote, as the compiler tells an analyzer: what .editorconfig says by <c>generated_code</c>, else what name and header say. Safe from any thread.</summary>
internal sealed class WrittenCode(AnalyzerConfigOptionsProvider options)
{
    private readonly ConcurrentDictionary<SyntaxTree, bool> known = new();

    public bool Contains(SyntaxTree tree) => known.GetOrAdd(
        tree,
        file => options.GetOptions(file).TryGetValue("generated_code", out var said) && bool.TryParse(said, out var isGenerated) ? !isGenerated : HandWritten.Contains(file));
}
