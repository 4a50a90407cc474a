using AgentLift.CodeFixes.Lifting;
using AgentLift.CodeFixes.Lifting.Searching;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.HeavyLoads;

/// <summary>The places that make the agent by hand.</summary>
internal sealed class Makers
{
    /// <summary>What a constructor that loads may throw, and one that does not will not.</summary>
    private static readonly HashSet<string> OfLoads = new(StringComparer.Ordinal)
    {
        "FileNotFoundException", "DirectoryNotFoundException", "IOException", "InvalidDataException", "EndOfStreamException", "FormatException", "JsonException",
        "DllNotFoundException", "BadImageFormatException", "EntryPointNotFoundException", "ExternalException", "TypeInitializationException", "OutOfMemoryException",
    };

    private readonly IReadOnlyList<SyntaxNode> places;

    private Makers(IReadOnlyList<SyntaxNode> places) => this.places = places;

    public static async Task<Makers> FindAsync(AgentCode agent, CancellationToken cancellationToken) =>
        new(await References.MakersOfAsync(agent.Type, agent.Solution, cancellationToken).ConfigureAwait(false));

    /// <summary>There is at most one instance at a time, as far as the code shows.</summary>
    public bool MakeOne => places.Count == 0 || (places.Count == 1 && !places[0].Ancestors().Any(ancestor =>
        ancestor is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax or AnonymousFunctionExpressionSyntax));

    /// <summary>An exception that somebody expects of the load when making the agent; <see langword="null"/> where nobody does.</summary>
    public string? Expected => places
        .SelectMany(place => place.Ancestors().OfType<TryStatementSyntax>().Where(attempt => attempt.Block.Span.Contains(place.Span)))
        .SelectMany(attempt => attempt.Catches)
        .SelectMany(clause => clause.DescendantNodes(node => node is not BlockSyntax).OfType<SimpleNameSyntax>())
        .Select(name => name.Identifier.ValueText)
        .FirstOrDefault(OfLoads.Contains);
}
