using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>
/// Programs that make, start and stop lifted agents by hand become hosts that run them. A program of which one statement cannot be mapped stays as it is, on
/// the constructors that were kept for it.
/// </summary>
internal sealed class HostRegistrationPass : ILiftPass
{
    private const string Runtime = "AgentLift.Runtime.AgentHostingExtensions";
    private const string Host = "Microsoft.Extensions.Hosting.Host";

    public async Task<PassResult> ApplyAsync(Solution solution, LiftScope scope, CancellationToken cancellationToken)
    {
        var edits = new SolutionEdits(solution);
        var outcomes = new Dictionary<AgentCode, List<Obstacle>>();
        var edited = new Dictionary<AgentCode, ImmutableArray<string>>();
        var programs = new Dictionary<SyntaxNode, (EntryPoint Entry, List<AgentCode> Agents)>();
        foreach (var agent in await scope.ReadAsync(solution, static (_, signs) => signs?.KeepsOldConstructor != false, cancellationToken).ConfigureAwait(false))
        {
            var places = await CompatibilityConstructors.CallersAsync(agent, cancellationToken).ConfigureAwait(false);
            if (places.Count == 0)
                continue;
            outcomes[agent] = [];
            foreach (var place in places)
            {
                var model = await solution.GetDocument(place.SyntaxTree)!.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
                if (EntryPoint.Around(place, model!, cancellationToken) is { } entry)
                    AddTo(programs, entry, agent);
                else
                    outcomes[agent].Add(OfCaller(place.GetLocation(), $"{NameOf(place)} makes {agent.Type.Name} by hand: let it ask the host for it, so that the constructor for it can go"));
            }
        }

        foreach (var (entry, agents) in programs.Values.OrderBy(program => program.Entry.Tree.FilePath, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reason = Rewrite(entry, agents[0], edits, out var files);
            foreach (var agent in agents)
            {
                if (reason is null)
                    edited[agent] = edited.TryGetValue(agent, out var others) ? others.AddRange(files) : files;
                else
                    outcomes[agent].Add(OfCaller(entry.Place, $"the program stays as it is and makes {agent.Type.Name} by hand: {reason}"));
            }
        }

        return new PassResult(
            await edits.ApplyAsync(cancellationToken).ConfigureAwait(false),
            [.. outcomes.Select(outcome => edited.TryGetValue(outcome.Key, out var files)
                ? new PassedAgent(outcome.Key.Key, true, [.. outcome.Value.Distinct()]) { Edited = files }
                : new PassedAgent(outcome.Key.Key, false, [.. outcome.Value.Distinct()]))]);
    }

    private static Obstacle OfCaller(Location place, string reason) => new(string.Empty, place, reason) { IsOfCaller = true };

    private static void AddTo(Dictionary<SyntaxNode, (EntryPoint Entry, List<AgentCode> Agents)> programs, EntryPoint entry, AgentCode agent)
    {
        var key = entry.Main ?? entry.Tree.GetRoot();
        if (!programs.TryGetValue(key, out var program))
            programs[key] = program = (entry, []);
        if (!program.Agents.Contains(agent))
            program.Agents.Add(agent);
    }

    /// <returns>Why the program stays; <see langword="null"/> where it becomes a host.</returns>
    private static string? Rewrite(EntryPoint entry, AgentCode agent, SolutionEdits edits, out ImmutableArray<string> files)
    {
        files = [];
        if (entry.Model.Compilation.GetTypeByMetadataName(Runtime) is null || entry.Model.Compilation.GetTypeByMetadataName(Host) is null)
            return "its project references neither AgentLift.Runtime nor the Generic Host";
        var program = HostProgram.Read(entry);
        if (program.Obstacle is { } obstacle)
            return obstacle;
        if (program.FirstStart < 0)
            return "it makes the agent where its body does not come by";
        var draft = new AgentDraft(agent);
        if (HostWriter.Write(program, draft) is { } reason)
            return reason;
        return draft.IsBroken || !edits.TryTake(draft, agent.Style.NewLine, out files) ? "a comment or directive stands where code must change: move it first" : null;
    }

    private static string NameOf(SyntaxNode place) => place.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax constructor => "the constructor of " + constructor.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        FieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        _ => "other code",
    };
}
