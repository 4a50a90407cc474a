using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>What a program calls to get agents made: a function of its own, or a table of factories.</summary>
/// <param name="Symbol">The function, or the variable of the table.</param>
/// <param name="Node">Its declaration, in the file of the program.</param>
internal abstract record LaunchSource(ISymbol Symbol, SyntaxNode Node)
{
    /// <summary>The source that a call asks for an agent; <see langword="null"/> where it calls something else.</summary>
    public static LaunchSource? CalledBy(InvocationExpressionSyntax call, EntryPoint entry) => (LaunchSource?)LaunchFunction.Called(call, entry) ?? AgentTable.AskedBy(call, entry);

    /// <summary>Why it cannot register agents instead; <see langword="null"/> where its form allows it.</summary>
    public abstract string? Obstacle(EntryPoint entry);

    /// <summary>The value by which a call of a table chooses an agent.</summary>
    public virtual ExpressionSyntax? KeyOf(InvocationExpressionSyntax call, EntryPoint entry) => null;
}
