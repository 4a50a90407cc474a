namespace AgentLift.Migration.Assessment;

/// <summary>Orders places by file, line and column.</summary>
internal sealed class SourcePlaceOrder : IComparer<SourcePlace>
{
    public static SourcePlaceOrder Instance { get; } = new();

    public int Compare(SourcePlace? x, SourcePlace? y) =>
        x is null || y is null
            ? (x is null ? 0 : 1) - (y is null ? 0 : 1)
            : string.CompareOrdinal(x.File, y.File) is not 0 and var byFile ? byFile
            : (x.Line, x.Column, x.EndLine, x.EndColumn).CompareTo((y.Line, y.Column, y.EndLine, y.EndColumn));
}
