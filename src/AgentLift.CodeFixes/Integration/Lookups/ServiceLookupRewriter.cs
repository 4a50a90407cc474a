using System.Collections.Immutable;
using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.CoreLogic.Waiting;
using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.CodeFixes.Lifting.Searching;
using AgentLift.Core.Findings;
using AgentLift.Core.Obstacles.Addresses;
using Microsoft.CodeAnalysis;

namespace AgentLift.CodeFixes.Integration.Lookups;

/// <summary>
/// AGL1006: who looks an agent up in a table of its own asks the directory first, then the settings, and the table for whoever is in neither. While nobody has
/// entered itself, and nobody sets anything, all is as it was. Assisted: the names in the table must be those that the agents have in the directory. It runs in the
/// stage of integration, when loops can await.
/// </summary>
internal sealed class ServiceLookupRewriter : IRewriter
{
    public ImmutableArray<string> RuleIds { get; } = [Core.Rules.RuleIds.HandRolledServiceLookup];

    public string Title => "Look agents up for '{0}' in the directory first, and in its table where they are not there";

    public bool Concerns(AgentSigns agent) => agent.Shows(RuleIds);

    public async Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        var found = agent.EvidenceOf(Core.Rules.RuleIds.HandRolledServiceLookup).ToList();
        if (!agent.Options.IncludeAssisted || found.Count == 0)
            return;
        if (!agent.IsOnBaseAgent)
        {
            found.ForEach(evidence => draft.Refuse(evidence, "the agent has no directory to ask until it derives from BaseAgent"));
            return;
        }

        var source = new AgentSource(agent);
        var code = new AgentSyntax(agent);
        var loops = RuntimeLoop.Of(code);
        var enumerated = new EnumeratedLookup(source);
        var tables = new List<LookedUpTable>();
        foreach (var evidence in draft.Fixable(found))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await ReadAsync(source, new LookupPlaces(source, code, loops, enumerated), evidence, cancellationToken).ConfigureAwait(false) is var (table, reason) && table is not null)
                tables.Add(table);
            else
                draft.Refuse(evidence, reason!);
        }

        var writer = new LookupWriter(source, code, draft);
        foreach (var table in tables)
            writer.Write(table, isOnly: found.Count == 1);
    }

    private static async Task<(LookedUpTable? Table, string? Reason)> ReadAsync(AgentSource source, LookupPlaces places, Evidence evidence, CancellationToken cancellationToken)
    {
        var member = evidence.Symbol;
        if (AddressTable.Read(source, member, out var reason) is not { } table)
            return (null, reason);
        if (member.DeclaredAccessibility != Accessibility.Private)
        {
            if (source.Agent.IsPublished && member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal)
                return (null, $"users of the library see {member.Name}: make it private first");
            foreach (var reference in await References.FindOutsideAsync(member, source.Agent.Solution, cancellationToken).ConfigureAwait(false))
            {
                if (reference.Locations.Any(place => !source.Parts.Any(part => part.SyntaxTree == place.Location.SourceTree && part.Span.Contains(place.Location.SourceSpan))))
                    return (null, $"others than the agent use {member.Name}, and would not ask the directory");
            }
        }

        return places.Read(table, out reason) is { } read ? (read, null) : (null, reason);
    }
}
