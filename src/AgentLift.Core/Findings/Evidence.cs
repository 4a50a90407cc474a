using System.Collections.Immutable;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Findings;

/// <summary>One place in the code that shows a pattern.</summary>
/// <param name="Rule">The rule that the place breaks.</param>
/// <param name="Location">The smallest span that shows the pattern.</param>
/// <param name="Symbol">The symbol that the message names.</param>
/// <param name="MessageArguments">Arguments of <see cref="Rule.Message"/>; the first is the symbol's name or the text shown.</param>
public sealed record Evidence(Rule Rule, Location Location, ISymbol Symbol, ImmutableArray<string> MessageArguments)
{
    private readonly Lazy<string?>? obstacle;

    /// <summary>The finished message.</summary>
    public string Message => string.Format(Rule.Message, MessageArguments.ToArray<object>());

    /// <summary>Why nothing sound can be written here, although the rule has a fix; <see langword="null"/> where nothing is known against it.</summary>
    /// <remarks>Worked out when first asked for: a build reports findings and asks nothing about their fixes.</remarks>
    public string? FixObstacle => obstacle?.Value;

    /// <summary>How to find out what <see cref="FixObstacle"/> says; from any thread.</summary>
    internal Func<string?> FindObstacle
    {
        init => obstacle = new Lazy<string?>(value);
    }

    /// <summary>What a fix of this place promises: what the rule does, unless something stands against it.</summary>
    public FixKind Fix => Rule.FixUnless(FixObstacle);

    /// <summary>The node that the finding stands at.</summary>
    internal SyntaxNode Node => Location.SourceTree!.GetRoot().FindNode(Location.SourceSpan, getInnermostNodeForTie: true);

    /// <summary>Facts that a fix needs, by name; empty where the place says all.</summary>
    public ImmutableDictionary<string, string?> Properties { get; init; } = ImmutableDictionary<string, string?>.Empty;
}
