using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Facts;

/// <summary>A semantic model for those who ask what code means, and not what may be null in it: that question costs as much as all others together.</summary>
internal static class MeaningModel
{
    public static SemanticModel GetMeaningModel(this Compilation compilation, SyntaxTree tree) =>
#pragma warning disable RSEXPERIMENTAL001 // The way to ask is new; it is what editors use.
        compilation.GetSemanticModel(tree, SemanticModelOptions.DisableNullableAnalysis);
#pragma warning restore RSEXPERIMENTAL001
}
