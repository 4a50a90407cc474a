using System.Collections.Immutable;
using AgentLift.Core.Data;
using AgentLift.Core.Manifest;
using AgentLift.Core.Settings;
using AgentLift.Migration.Assessment;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Migration.Planning;

/// <summary>Which agents need which: what the fleet manifest says, and the references that their code makes.</summary>
internal static class AgentDependencies
{
    /// <summary>For each agent, the agents of the fleet that it depends on.</summary>
    public static async Task<ImmutableDictionary<AssessedAgent, ImmutableHashSet<AssessedAgent>>> OfAsync(
        Solution solution, ImmutableArray<AssessedAgent> agents, DataFile? manifest, CancellationToken cancellationToken)
    {
        var found = agents.ToDictionary(agent => agent, _ => new HashSet<AssessedAgent>());
        foreach (var (agent, other) in await DeclaredAsync(solution, agents, manifest, cancellationToken).ConfigureAwait(false))
            found[agent].Add(other);
        foreach (var project in solution.Projects.Where(project => project.Language == LanguageNames.CSharp))
        {
            foreach (var (agent, other) in await ReferredToAsync(project, agents, cancellationToken).ConfigureAwait(false))
                found[agent].Add(other);
        }

        return found.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.Where(other => other != pair.Key).ToImmutableHashSet());
    }

    private static async Task<List<(AssessedAgent, AssessedAgent)>> DeclaredAsync(
        Solution solution, ImmutableArray<AssessedAgent> agents, DataFile? given, CancellationToken cancellationToken)
    {
        var files = new List<DataFile>();
        if (given is not null)
            files.Add(given);
        foreach (var document in solution.Projects.SelectMany(project => project.AdditionalDocuments).Where(document => FleetManifestReader.IsManifest(document.FilePath ?? document.Name)).DistinctBy(document => document.FilePath))
            files.Add(new DataFile(document.FilePath ?? document.Name, (await document.GetTextAsync(cancellationToken).ConfigureAwait(false)).ToString()));

        var byName = agents.ToLookup(agent => agent.Name, StringComparer.Ordinal);
        return
        [
            .. from file in files.Take(given is null ? files.Count : 1)
               from entry in EntriesOf(file)
               from agent in byName[entry.Name]
               from name in entry.DependsOn
               from other in byName[name]
               select (agent, other),
        ];
    }

    // A manifest that cannot be read is an error of the assessment already.
    private static ImmutableArray<ManifestAgent> EntriesOf(DataFile file)
    {
        try
        {
            return FleetManifestReader.Read(file).Agents;
        }
        catch (DataException)
        {
            return [];
        }
    }

    private static async Task<List<(AssessedAgent, AssessedAgent)>> ReferredToAsync(Project project, ImmutableArray<AssessedAgent> agents, CancellationToken cancellationToken)
    {
        var found = new List<(AssessedAgent, AssessedAgent)>();
        if (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation)
            return found;
        var simpleNames = agents.ToLookup(agent => SimpleName(agent.Type), StringComparer.Ordinal);
        foreach (var agent in agents)
        {
            foreach (var part in TypeOf(compilation, agent)?.DeclaringSyntaxReferences ?? [])
            {
                var syntax = await part.GetSyntaxAsync(cancellationToken).ConfigureAwait(false);
                foreach (var name in syntax.DescendantNodes().OfType<SimpleNameSyntax>().Where(name => simpleNames.Contains(name.Identifier.ValueText)))
                {
                    var type = compilation.GetSemanticModel(name.SyntaxTree).GetSymbolInfo(name, cancellationToken).Symbol as INamedTypeSymbol;
                    found.AddRange(simpleNames[name.Identifier.ValueText].Where(other => other.Type == type?.ToDisplayString(AgentReport.FullName)).Select(other => (agent, other)));
                }
            }
        }

        return found;
    }

    private static INamedTypeSymbol? TypeOf(Compilation compilation, AssessedAgent agent) => compilation
        .GetSymbolsWithName(SimpleName(agent.Type), SymbolFilter.Type).OfType<INamedTypeSymbol>()
        .FirstOrDefault(type => type.ToDisplayString(AgentReport.FullName) == agent.Type);

    private static string SimpleName(string type)
    {
        var name = type.Split('<')[0];
        return name[(name.LastIndexOf('.') + 1)..];
    }
}
