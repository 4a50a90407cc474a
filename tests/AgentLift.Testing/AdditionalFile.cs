using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Testing;

/// <summary>An additional file of a test.</summary>
/// <param name="path">The path that the compiler sees.</param>
/// <param name="text">Its text.</param>
public sealed class AdditionalFile(string path, string text) : AdditionalText
{
    /// <inheritdoc/>
    public override string Path { get; } = path;

    /// <inheritdoc/>
    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
