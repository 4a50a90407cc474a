using AgentLift.Core.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.Supervision;

/// <summary>One place that starts work by hand, read as far as it takes to let the runtime start it.</summary>
/// <param name="Evidence">The finding.</param>
/// <param name="Statement">The statement that the call of the runtime takes the place of.</param>
/// <param name="Target">What runs.</param>
internal sealed record Work(Evidence Evidence, StatementSyntax Statement, WorkTarget Target)
{
    /// <summary>The field or local that holds the thread or task.</summary>
    public ISymbol? Holder { get; init; }

    /// <summary>The list that the thread is added to, where it is there for nothing else.</summary>
    public IFieldSymbol? Crew { get; init; }

    /// <summary>Statements of the thread's life that have no meaning afterwards.</summary>
    public IReadOnlyList<SyntaxNode> Dead { get; init; } = [];

    /// <summary>Reads of whether the thread lives, that the loop answers from now on.</summary>
    public IReadOnlyList<ExpressionSyntax> LifeReads { get; init; } = [];

    /// <summary>Statements that give the thread what the runtime does not give it, to be run on it first.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>The name that the thread was given, where it is a plain text.</summary>
    public string? ThreadName { get; init; }

    /// <summary>Whether the work is for one occasion, such as a connection, and not for as long as the agent runs.</summary>
    public bool IsOnce { get; set; }

    /// <summary>The loop's name within the agent.</summary>
    public string Name { get; set; } = string.Empty;
}

/// <summary>What a piece of work runs: a method that it calls, or a lambda.</summary>
/// <param name="Method">The method or local function; <see langword="null"/> for a lambda with code of its own.</param>
/// <param name="Lambda">The lambda; <see langword="null"/> where a method is all that runs.</param>
internal sealed record WorkTarget(IMethodSymbol? Method, AnonymousFunctionExpressionSyntax? Lambda)
{
    /// <summary>What the method is called on, with the dot; empty for the agent's own.</summary>
    public string Receiver { get; init; } = string.Empty;

    /// <summary>The method's arguments, as they are written.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The connection that the work serves and that must be closed for it to end: an expression.</summary>
    public string? Connection { get; init; }

    /// <summary>The name of the method from now on.</summary>
    public string? NewName { get; set; }

    /// <summary>Whether it returns a task.</summary>
    public bool IsAsync { get; init; }
}
