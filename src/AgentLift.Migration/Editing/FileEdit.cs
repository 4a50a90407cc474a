using Microsoft.CodeAnalysis.Text;

namespace AgentLift.Migration.Editing;

/// <summary>What a lift makes of one file.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Before">Its text before; <see langword="null"/> for a new file.</param>
/// <param name="After">Its text afterwards; <see langword="null"/> for a deletion.</param>
internal sealed record FileEdit(string Path, SourceText? Before, SourceText? After);
