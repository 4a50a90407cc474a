using System.Collections.Immutable;
using AgentLift.Core;
using AgentLift.Core.Facts;
using AgentLift.Core.Settings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>
/// The agents that a lift is about. They are searched for once; later passes look them up by name in the code as it is then, those that changed and those that
/// the pass concerns.
/// </summary>
internal sealed class LiftScope(LiftOptions options)
{
    private readonly Dictionary<AgentKey, AgentSigns> signs = [];
    private readonly Dictionary<ILiftPass, PassResult> idle = [];
    private Dictionary<ILiftPass, ImmutableArray<PassedAgent>> before = [];
    private Dictionary<ILiftPass, ImmutableArray<PassedAgent>> now = [];
    private ImmutableArray<AgentKey>? agents;
    private (Solution Solution, Dictionary<AgentKey, AgentCode> Agents)? last;

    public LiftOptions Options { get; } = options;

    /// <summary>A scope of some of its agents, with what it has read of them; <see langword="null"/> where it has not read them all in this code.</summary>
    public LiftScope? Narrow(Solution solution, LiftOptions fewer)
    {
        if (agents is null || last is not { } reading || reading.Solution != solution || !agents.Value.All(reading.Agents.ContainsKey))
            return null;
        if (agents.Value.All(agent => fewer.Wanted(reading.Agents[agent].Type)))
            return this;
        var narrow = new LiftScope(fewer) { agents = [.. agents.Value.Where(agent => fewer.Wanted(reading.Agents[agent].Type))], now = now };
        narrow.last = (solution, narrow.agents.Value.ToDictionary(agent => agent, agent => reading.Agents[agent]));
        foreach (var agent in narrow.agents.Value)
            narrow.signs[agent] = signs[agent];
        return narrow;
    }

    /// <summary>Begins a lift. Where the one before ended in this code and had come through the first of these passes, it goes on from there.</summary>
    public void Begin(ImmutableArray<ILiftPass> passes, Solution solution)
    {
        before = last?.Solution == solution && now.Count < passes.Length && passes.Take(now.Count).All(now.ContainsKey) ? now : [];
        now = [];
    }

    /// <summary>Lets the next lift begin with its first pass, whatever the one before has come through.</summary>
    public void StartOver() => now = [];

    /// <summary>Applies a pass, unless the lift before has just come through it, or it had nothing to do in the very same code: then it still has not.</summary>
    public async Task<PassResult> ApplyAsync(ILiftPass pass, Solution solution, CancellationToken cancellationToken)
    {
        if (before.TryGetValue(pass, out var passed))
        {
            now[pass] = passed;
            return new PassResult(solution, passed);
        }

        var result = await ApplyAnewAsync(pass, solution, cancellationToken).ConfigureAwait(false);
        now[pass] = [.. result.Agents.Select(agent => new PassedAgent(agent.Agent, false, agent.Obstacles))];
        return result;
    }

    private async Task<PassResult> ApplyAnewAsync(ILiftPass pass, Solution solution, CancellationToken cancellationToken)
    {
        if (idle.TryGetValue(pass, out var known) && known.Solution == solution)
            return known;
        var result = await pass.ApplyAsync(solution, this, cancellationToken).ConfigureAwait(false);
        if (result.Solution == solution)
            idle[pass] = result;
        else
            idle.Clear();
        return result;
    }

    /// <summary>All agents in the code as it is now, by project and file.</summary>
    public Task<IReadOnlyList<AgentCode>> ReadAsync(Solution solution, CancellationToken cancellationToken) => ReadAsync(solution, static (_, _) => true, cancellationToken);

    /// <summary>Some of the agents in the code as it is now, by project and file.</summary>
    /// <param name="solution">The code.</param>
    /// <param name="concerns">Which of them, by their signs; asked without signs of one whose code has changed, which must be read to know them.</param>
    /// <param name="cancellationToken">Stops between agents.</param>
    public async Task<IReadOnlyList<AgentCode>> ReadAsync(Solution solution, Func<AgentKey, AgentSigns?, bool> concerns, CancellationToken cancellationToken)
    {
        var known = await KnownInAsync(solution).ConfigureAwait(false);
        last = (solution, known);
        if (agents is null)
        {
            var found = ImmutableArray.CreateBuilder<AgentKey>();
            foreach (var project in solution.Projects.Where(project => Options.OnlyProject is null || Options.OnlyProject == project.Id).OrderBy(project => project.Name, StringComparer.Ordinal))
                found.AddRange(await ReadAsync(project, compilation => Classes(compilation, cancellationToken).Where(Options.Wanted), known, cancellationToken).ConfigureAwait(false));
            agents = found.ToImmutable();
        }
        else
        {
            var missing = agents.Value.Where(agent => !known.ContainsKey(agent) && concerns(agent, signs.TryGetValue(agent, out var before) && before.HoldIn(solution) ? before : null));
            foreach (var project in missing.ToLookup(agent => agent.Project, agent => agent.Name))
                await ReadAsync(solution.GetProject(project.Key)!, compilation => project.Select(compilation.Assembly.GetTypeByMetadataName).OfType<INamedTypeSymbol>(), known, cancellationToken).ConfigureAwait(false);
        }

        return [.. agents.Value.Where(agent => known.ContainsKey(agent) && concerns(agent, signs[agent])).Select(agent => known[agent])];
    }

    // What was read of an agent in the code before holds where no file has changed that can tell.
    private async Task<Dictionary<AgentKey, AgentCode>> KnownInAsync(Solution solution)
    {
        if (last is not var (before, known))
            return [];
        if (before == solution)
            return known;
        var holding = new Dictionary<AgentKey, AgentCode>();
        foreach (var pair in known.Where(pair => signs[pair.Key].HoldIn(solution)))
        {
            if (await pair.Value.HoldsInAsync(solution).ConfigureAwait(false))
                holding[pair.Key] = pair.Value;
        }

        return holding;
    }

    private async Task<IReadOnlyList<AgentKey>> ReadAsync(
        Project project, Func<Compilation, IEnumerable<INamedTypeSymbol>> typesOf, Dictionary<AgentKey, AgentCode> known, CancellationToken cancellationToken)
    {
        if (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation)
            return [];
        var data = FleetData.Read(project.AnalyzerOptions.AdditionalFiles, SettingsOverrides.None, static _ => { }, cancellationToken);
        var reader = new Lazy<AgentReader>(() => new AgentReader(compilation, new WrittenCode(project.AnalyzerOptions.AnalyzerConfigOptionsProvider), data, cancellationToken));
        var assessed = Options.Readings?.Take(compilation);
        var found = new List<AgentKey>();
        var types = typesOf(compilation).ToList();
        var read = new AgentCode?[types.Count];
        Parallel.For(0, types.Count, new ParallelOptions { CancellationToken = cancellationToken }, i => read[i] = Read(types[i]));
        foreach (var agent in read.OfType<AgentCode>())
        {
            found.Add(agent.Key);
            known[agent.Key] = agent;
            signs[agent.Key] = agent.Signs;
        }

        return found;

        AgentCode? Read(INamedTypeSymbol type)
        {
            var declaration = DeclarationOf(type, cancellationToken);
            var reading = assessed is not null
                ? assessed(type)
                : reader.Value.Read(type, AgentSettings.Read(project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GetOptions(declaration.SyntaxTree)), cancellationToken);
            return reading is var (findings, facts)
                ? new AgentCode(project, compilation, findings, facts, declaration, Options)
                : null;
        }
    }

    /// <summary>Each class once, in the order of the first parts that a person wrote.</summary>
    private static IEnumerable<INamedTypeSymbol> Classes(Compilation compilation, CancellationToken cancellationToken)
    {
        var seen = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var tree in compilation.SyntaxTrees.OrderBy(tree => tree.FilePath, StringComparer.Ordinal).Where(HandWritten.Contains))
        {
            SemanticModel? model = null;
            foreach (var declaration in tree.GetRoot(cancellationToken).DescendantNodes(node => node is not (MemberDeclarationSyntax and not (TypeDeclarationSyntax or BaseNamespaceDeclarationSyntax))).OfType<ClassDeclarationSyntax>())
            {
                model ??= compilation.GetSemanticModel(tree);
                if (model.GetDeclaredSymbol(declaration, cancellationToken) is INamedTypeSymbol type && seen.Add(type))
                    yield return type;
            }
        }
    }

    // New members and the marker go to the part that a person wrote in the file named like the class, else to the first.
    private static ClassDeclarationSyntax DeclarationOf(INamedTypeSymbol type, CancellationToken cancellationToken) => type.DeclaringSyntaxReferences
        .Where(part => HandWritten.Contains(part.SyntaxTree))
        .OrderBy(part => Path.GetFileNameWithoutExtension(part.SyntaxTree.FilePath) == type.Name ? 0 : 1)
        .ThenBy(part => part.SyntaxTree.FilePath, StringComparer.Ordinal).ThenBy(part => part.Span.Start)
        .Select(part => part.GetSyntax(cancellationToken)).OfType<ClassDeclarationSyntax>().First();
}
