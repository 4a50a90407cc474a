using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.Core.Facts;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Obstacles.Supervision;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Supervision;

/// <summary>
/// Which functions can have the agent's token: those that the runtime runs, and those of the agent's own that nothing else calls. A function gets it as a
/// parameter where it, or one that it calls, has to know of a stop.
/// </summary>
internal sealed class TokenFlow
{
    private static readonly string[] Names = ["token", "stop", "stopToken", "agentStop"];
    private readonly AgentSyntax code;
    private readonly IReadOnlyList<Work> works;
    private readonly Func<IMethodSymbol, bool> isUsedOutside;
    private readonly Dictionary<SyntaxNode, string> holders = [];
    private readonly Dictionary<SyntaxNode, IMethodSymbol> possible = [];

    public TokenFlow(AgentSyntax code, IReadOnlyList<Work> works, Func<IMethodSymbol, bool> isUsedOutside)
    {
        this.code = code;
        this.works = works;
        this.isUsedOutside = isUsedOutside;
        FindPossible();
        Hold();
    }

    /// <summary>Methods and local functions that get a new parameter.</summary>
    public List<(SyntaxNode Function, IMethodSymbol Method)> New { get; } = [];

    /// <summary>The name of the token where a node stands; <see langword="null"/> where there is none.</summary>
    public string? At(SyntaxNode node)
    {
        for (var function = AgentSyntax.IsFunction(node) ? node : AgentSyntax.FunctionAround(node); function is not null; function = AgentSyntax.FunctionAround(function))
        {
            if (holders.TryGetValue(function, out var name))
                return name;
            if (function is LocalFunctionStatementSyntax { Modifiers: var modifiers } && modifiers.Any(SyntaxKind.StaticKeyword)
                || function is AnonymousFunctionExpressionSyntax lambda && lambda.Modifiers.Any(SyntaxKind.StaticKeyword))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>The token of a function itself, not of one around it.</summary>
    public string? Of(SyntaxNode function) => holders.TryGetValue(function, out var name) ? name : null;

    /// <summary>A name for the token of a lambda at a place, which nothing around bears.</summary>
    public string NameAt(SyntaxNode place)
    {
        var member = place.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? place;
        var around = At(place);
        return Names.First(name => name != around && !AgentSyntax.Mentions(member, name) && !code.Agent.Type.MemberNames.Contains(name));
    }

    public static bool TakesToken(IMethodSymbol method) =>
        method.Parameters.Length > 0 && method.Parameters[method.Parameters.Length - 1].Type is { Name: nameof(CancellationToken) };

    // Nothing but the runtime and functions that have the token themselves may call it.
    private void FindPossible()
    {
        var open = new Stack<SyntaxNode>();
        foreach (var work in works)
        {
            if (work.Target.Lambda is { } lambda)
                open.Push(lambda);
            else if (work.Target.Receiver.Length == 0 && work.Target.Method is { } method)
                Add(method);
        }

        while (open.Count > 0)
        {
            foreach (var name in open.Pop().DescendantNodes().OfType<IdentifierNameSyntax>())
            {
                if (AgentSyntax.CallOf(name) is not null && code.SymbolOf(name) is IMethodSymbol called)
                    Add(called);
            }
        }

        var roots = new HashSet<SyntaxNode>(works.Select(work => work.Target.Lambda).OfType<SyntaxNode>());
        while (possible.FirstOrDefault(pair => !OnlyFrom(pair.Value, roots)) is { Key: { } wrong })
            possible.Remove(wrong);

        void Add(IMethodSymbol method)
        {
            if (method is { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction, IsStatic: false, IsOverride: false, IsVirtual: false } or { MethodKind: MethodKind.LocalFunction }
                && code.DeclarationOf(method) is { } declaration and not TypeDeclarationSyntax
                && (code.IsOwn(method) || method.MethodKind == MethodKind.LocalFunction)
                && !possible.ContainsKey(declaration)
                && !method.Parameters.Any(parameter => parameter.IsParams || parameter.IsOptional)
                && method.ExplicitInterfaceImplementations.IsEmpty
                && !isUsedOutside(method))
            {
                possible[declaration] = method;
                open.Push(declaration);
            }
        }
    }

    private bool OnlyFrom(IMethodSymbol method, HashSet<SyntaxNode> roots) => code.ReferencesTo(method).All(name =>
        works.Any(work => SymbolEqualityComparer.Default.Equals(work.Target.Method, method) && IsInDelegate(work, name))
        || (AgentSyntax.CallOf(name) is not null && AgentSyntax.FunctionAround(name) is { } caller && caller.AncestorsAndSelf().Any(node => possible.ContainsKey(node) || roots.Contains(node))));

    private static bool IsInDelegate(Work work, SyntaxNode name) =>
        (work.Evidence.Location.SourceTree == name.SyntaxTree && work.Evidence.Location.SourceSpan.Contains(name.Span))
        || (work.Target.Lambda is null && work.Statement.SyntaxTree == name.SyntaxTree && work.Statement.Span.Contains(name.Span));

    private void Hold()
    {
        var needy = new HashSet<SyntaxNode>(possible.Keys.Where(Needs));
        foreach (var work in works.Where(work => work.Target.Lambda is not null))
            holders[work.Target.Lambda!] = NameAt(work.Target.Lambda!);
        bool grew;
        do
        {
            grew = false;
            foreach (var function in possible.Keys.Where(function => !needy.Contains(function) && Calls(function).Any(needy.Contains)).ToList())
                grew |= needy.Add(function);
        }
        while (grew);
        foreach (var pair in possible.Where(pair => needy.Contains(pair.Key)))
        {
            if (TakesToken(pair.Value))
            {
                holders[pair.Key] = pair.Value.Parameters[pair.Value.Parameters.Length - 1].Name;
                continue;
            }

            holders[pair.Key] = Names.First(name => !AgentSyntax.Mentions(pair.Key, name) && !code.Agent.Type.MemberNames.Contains(name));
            New.Add((pair.Key, pair.Value));
        }
    }

    private IEnumerable<SyntaxNode> Calls(SyntaxNode function) => function.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Where(name => AgentSyntax.CallOf(name) is not null)
        .Select(name => code.SymbolOf(name)).OfType<IMethodSymbol>()
        .Select(code.DeclarationOf).OfType<SyntaxNode>().Where(possible.ContainsKey);

    private bool Needs(SyntaxNode function)
    {
        var facts = code.Agent.Facts;

        // What serves a connection ends with it.
        var serves = works.Any(work => work.Target.Connection is not null && SymbolEqualityComparer.Default.Equals(work.Target.Method, possible[function]));
        return TakesToken(possible[function])
            || facts.Loops.Any(loop => IsIn(loop.Operation) && (!serves || IsReported(loop.Operation)) && (LongLoop.IsEndless(loop.Operation) || LongLoop.IsLong(facts, loop)))
            || facts.Calls.Any(call => call.Type.Known == KnownType.Thread && call.Operation.TargetMethod.Name == "Sleep" && call.Scope.InLoop && IsIn(call.Operation))
            || StopFlags.Candidates(code).Any(flag => code.ReferencesTo(flag).Any(name => function.Span.Contains(name.Span) && function.SyntaxTree == name.SyntaxTree));

        bool IsReported(IOperation loop) => code.Agent.EvidenceOf(Core.Rules.RuleIds.UnstoppableLoop).Any(evidence =>
            evidence.Location.SourceTree == loop.Syntax.SyntaxTree && evidence.Location.SourceSpan.Start == loop.Syntax.SpanStart);

        bool IsIn(IOperation operation) => operation.Syntax.SyntaxTree == function.SyntaxTree && function.Span.Contains(operation.Syntax.Span);
    }
}
