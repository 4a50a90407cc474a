using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>Where a parameter or local is kept for a load: where a statement stood that needs it.</summary>
internal static class KeptPlaces
{
    /// <summary>The statement that gives way to the keeping; <see langword="null"/> where none that goes into the load needs the symbol.</summary>
    public static StatementSyntax? Of(LazyPlan plan, ISymbol symbol)
    {
        var first = plan.Moved.FirstOrDefault(statement => statement.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == symbol.Name));
        return first is not null && plan.Assigning is StatementSyntax assigning && assigning.Parent == first.Parent && assigning.SpanStart > first.SpanStart ? assigning : first;
    }
}
