using System.Collections.Immutable;
using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Endpoints;

/// <summary>AGL3004: a host, port, address or connection string in code becomes a setting of the agent, with the value that stood there as its default.</summary>
internal sealed class HardCodedEndpointRewriter : IRewriter
{
    public ImmutableArray<string> RuleIds { get; } = [Core.Rules.RuleIds.HardCodedEndpoint];

    public string Title => "Read the endpoints of '{0}' from its settings, with today's values as defaults";

    public bool Concerns(AgentSigns agent) => agent.Shows(RuleIds);

    public Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        var found = agent.EvidenceOf(Core.Rules.RuleIds.HardCodedEndpoint).ToList();
        if (found.Count == 0)
            return Task.CompletedTask;
        var source = new AgentSource(agent);
        var literals = new EndpointLiterals(source, draft, agent.IsOnBaseAgent ? found.Where(evidence => !IsField(evidence)).Select(evidence => evidence.Node) : []);
        foreach (var evidence in draft.Fixable(found))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!agent.IsOnBaseAgent)
                draft.Refuse(evidence, "the agent has no settings until it derives from BaseAgent");
            else if (IsField(evidence))
                EndpointField.Rewrite(source, draft, (IFieldSymbol)evidence.Symbol);
            else if (literals.Rewrite(evidence.Node) is { } reason)
                draft.Refuse(evidence, reason);
        }

        return Task.CompletedTask;
    }

    private static bool IsField(Evidence evidence) => evidence.Symbol is IFieldSymbol field && field.Locations.Any(place => place.SourceTree == evidence.Location.SourceTree && place.SourceSpan.Contains(evidence.Location.SourceSpan));

    /// <summary>The call that reads a setting.</summary>
    public static string Read(string name, ExpressionSyntax value) => $"Context.Setting(\"{name}\", {value.WithoutTrivia()})";
}
