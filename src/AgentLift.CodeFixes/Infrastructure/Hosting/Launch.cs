using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>One agent that a program makes deeper than in its body: in a branch, or in a function of its own.</summary>
/// <param name="Type">The agent's class.</param>
/// <param name="TypeText">The class as the program writes it.</param>
/// <param name="Value">What makes it: a construction, or a choice between some of one class.</param>
/// <param name="Local">The variable that holds it; <see langword="null"/> where none does.</param>
internal sealed record Launch(INamedTypeSymbol Type, string TypeText, ExpressionSyntax Value, ILocalSymbol? Local)
{
    /// <summary>The statements that make it, set it up, start it, and hand it or its stop out, one after the other; none where it is one of a choice.</summary>
    public IReadOnlyList<StatementSyntax> Statements { get; init; } = [];

    /// <summary>Those of them that set it up.</summary>
    public IReadOnlyList<StatementSyntax> SetUp { get; init; } = [];

    /// <summary>The function or table that it stands in; <see langword="null"/> in the body of the program.</summary>
    public LaunchSource? Source { get; init; }

    /// <summary>The loop that it stands in, within its function.</summary>
    public ForEachStatementSyntax? Loop { get; init; }

    /// <summary>Where it stands.</summary>
    public SyntaxNode Place => Statements.Count > 0 ? Statements[0] : Value;

    /// <summary>The return that hands it, or its stop, to the caller.</summary>
    public ReturnStatementSyntax? Return => Statements[Statements.Count - 1] as ReturnStatementSyntax;

    /// <summary>The constructions in it.</summary>
    public IEnumerable<BaseObjectCreationExpressionSyntax> Creations => AgentChoice.CreationsIn(Value)!;
}

/// <summary>A call of a function of the program, or of a factory in a table, that makes agents.</summary>
/// <param name="Statement">The statement that it is, with what becomes of its result; <see langword="null"/> where it is a part of a choice.</param>
/// <param name="Call">The call.</param>
/// <param name="Source">The function or table.</param>
/// <param name="Loop">The loop that it stands in.</param>
internal sealed record LaunchCall(StatementSyntax? Statement, InvocationExpressionSyntax Call, LaunchSource Source, ForEachStatementSyntax? Loop);
