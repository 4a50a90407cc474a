using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Integration.Lookups;

/// <summary>
/// A place that asks for names and addresses at once. The names are still asked of the table; the address is looked up where it is needed: in the only place that
/// reads it, or in a variable.
/// </summary>
/// <param name="Names">The edits after which the place asks for names only.</param>
/// <param name="Key">The name to look up, as code.</param>
/// <param name="Variable">What the address goes into, with its type; empty where it needs none.</param>
internal sealed record SplitLookup(IReadOnlyList<TextChange> Names, string Key, string Variable)
{
    /// <summary>The only place that reads the address, where the look-up can stand there.</summary>
    public ExpressionSyntax? Inline { get; init; }

    /// <summary>The statement before which the variable is declared.</summary>
    public StatementSyntax? Before { get; init; }

    /// <summary>The statement behind which the variable is declared.</summary>
    public StatementSyntax? Behind { get; init; }

    /// <summary>Where the look-up is to stand; <see langword="null"/> where nobody reads the address.</summary>
    public SyntaxNode? Place => Inline ?? (SyntaxNode?)Before ?? Behind;
}
