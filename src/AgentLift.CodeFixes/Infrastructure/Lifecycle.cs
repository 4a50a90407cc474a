using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Infrastructure;

/// <summary>
/// Start becomes OnStartingAsync, and Stop, or Dispose where there is no Stop, becomes OnStoppedAsync. A method that the class itself calls, or that bears
/// another name, stays, and the phase calls it. Callers from outside reach Start and Stop through extension methods of the runtime.
/// </summary>
internal static class Lifecycle
{
    private const string Token = "cancellationToken";
    private static readonly string[] OtherEnds = ["Shutdown", "Halt", "End"];

    /// <summary>Why the methods cannot be mapped; <see langword="null"/> where they can.</summary>
    public static string? Obstacle(AgentCode agent)
    {
        var start = StartOf(agent);
        var stop = StopOf(agent);
        if (start is null && Entries(agent).FirstOrDefault() is { } entry)
            return $"{entry.Name} runs the agent, and no Start without parameters does: make it Start, and its end Stop";
        foreach (var method in new[] { start, stop }.OfType<IMethodSymbol>())
        {
            if (Shape(agent, method) is { } reason)
                return reason;
        }

        if (stop is not null && DisposeOf(agent) is { } dispose && !SymbolEqualityComparer.Default.Equals(dispose, stop))
            return $"{agent.Type.Name} has both {stop.Name} and Dispose: merge them first, so that it is clear what ends the agent";
        return start is not null && Blocks(agent, start) ? $"{start.Name} does not return while the agent runs: give its loop to a thread or a task first" : null;
    }

    public static async Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        if (StartOf(agent) is { } start)
            await MapAsync(agent, draft, start, "OnStartingAsync", cancellationToken).ConfigureAwait(false);
        if (StopOf(agent) is { } stop)
            await MapAsync(agent, draft, stop, "OnStoppedAsync", cancellationToken).ConfigureAwait(false);
        else if (DisposeOf(agent) is { } dispose)
            AddPhase(agent, draft, "OnStoppedAsync", dispose.Name);
    }

    private static async Task MapAsync(AgentCode agent, AgentDraft draft, IMethodSymbol method, string phase, CancellationToken cancellationToken)
    {
        var declaration = (MethodDeclarationSyntax)method.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken);
        var calledInside = false;
        foreach (var reference in await SymbolFinder.FindReferencesAsync(method, agent.Solution, cancellationToken).ConfigureAwait(false))
        {
            foreach (var place in reference.Locations)
            {
                if (IsInside(agent, place.Location))
                    calledInside = true;
                else if (method.Name is "Start" or "Stop")
                    draft.AddUsing(place.Location.SourceTree!, "AgentLift.Runtime", "LegacyCallers");
            }
        }

        if (method.Name is not ("Start" or "Stop"))
        {
            AddPhase(agent, draft, phase, method.Name);
        }
        else if (calledInside)
        {
            ReplaceAccess(draft, declaration);
            AddPhase(agent, draft, phase, method.Name);
        }
        else
        {
            Override(agent, draft, declaration, phase);
        }
    }

    private static void Override(AgentCode agent, AgentDraft draft, MethodDeclarationSyntax method, string phase)
    {
        var tree = method.SyntaxTree;
        var isAsync = method.Modifiers.Any(SyntaxKind.AsyncKeyword);
        ReplaceModifiers(draft, method, isAsync ? "protected override async" : "protected override");
        draft.Replace(tree, method.ReturnType.Span, "ValueTask");
        draft.Replace(tree, method.Identifier.Span, phase);
        draft.Insert(tree, method.ParameterList.OpenParenToken.Span.End, $"CancellationToken {TokenNameIn(method)}");
        draft.AddUsing(tree, "System.Threading", nameof(CancellationToken));
        draft.AddUsing(tree, "System.Threading.Tasks", "ValueTask");
        if (isAsync)
            return;
        var style = SourceStyle.Of((TypeDeclarationSyntax)method.Parent!, tree.GetText());
        if (method.ExpressionBody is { } arrow)
        {
            draft.Replace(tree, TextSpan.FromBounds(method.ParameterList.Span.End, arrow.Expression.SpanStart), $"{style.NewLine}{style.MemberIndent}{{{style.NewLine}{style.MemberIndent}{style.Unit}");
            draft.Insert(tree, method.SemicolonToken.Span.End, $"{style.NewLine}{style.MemberIndent}{style.Unit}return ValueTask.CompletedTask;{style.NewLine}{style.MemberIndent}}}");
            return;
        }

        var body = method.Body!;
        foreach (var exit in body.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>())
            draft.Insert(tree, exit.ReturnKeyword.Span.End, " ValueTask.CompletedTask");
        if (agent.ModelOf(body).AnalyzeControlFlow(body) is { Succeeded: true, EndPointIsReachable: false })
            return;
        var text = tree.GetText();
        var line = text.Lines.GetLineFromPosition(body.CloseBraceToken.SpanStart);
        if (string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(line.Start, body.CloseBraceToken.SpanStart))))
            draft.Insert(tree, line.Start, $"{style.MemberIndent}{style.Unit}return ValueTask.CompletedTask;{style.NewLine}");
        else
            draft.Insert(tree, body.CloseBraceToken.SpanStart, "return ValueTask.CompletedTask; ");
    }

    // Token by token, so that a comment between two of them stays where it is.
    private static void ReplaceModifiers(AgentDraft draft, MethodDeclarationSyntax method, string modifiers)
    {
        if (method.Modifiers.Count == 0)
        {
            draft.Insert(method.SyntaxTree, method.ReturnType.SpanStart, modifiers + " ");
            return;
        }

        draft.Replace(method.SyntaxTree, method.Modifiers[0].Span, modifiers);
        foreach (var modifier in method.Modifiers.Skip(1))
        {
            var end = modifier.TrailingTrivia.All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)) ? modifier.FullSpan.End : modifier.Span.End;
            draft.Replace(method.SyntaxTree, TextSpan.FromBounds(modifier.SpanStart, end), string.Empty);
        }
    }

    // The extension methods of the runtime must be what callers from outside find.
    private static void ReplaceAccess(AgentDraft draft, MethodDeclarationSyntax method)
    {
        foreach (var modifier in method.Modifiers.Where(modifier => modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword))
            draft.Replace(method.SyntaxTree, modifier.Span, "private");
    }

    private static void AddPhase(AgentCode agent, AgentDraft draft, string phase, string method)
    {
        draft.AddUsing(agent.Declaration.SyntaxTree, "System.Threading", nameof(CancellationToken));
        draft.AddUsing(agent.Declaration.SyntaxTree, "System.Threading.Tasks", "ValueTask");
        draft.AddMember(Phase(phase, method));
    }

    private static string Phase(string phase, string method) =>
        $"protected override ValueTask {phase}(CancellationToken {Token})\n{{\n    {method}();\n    return ValueTask.CompletedTask;\n}}";

    private static string TokenNameIn(MethodDeclarationSyntax method) =>
        method.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == Token) ? "phaseToken" : Token;

    // Under another name it stays what callers call, and the phase calls it too.
    private static IMethodSymbol? StartOf(AgentCode agent) =>
        MethodOf(agent, "Start") ?? Entries(agent).ToList() switch
        {
            { Count: 1 } entries when entries[0] is { Parameters.IsEmpty: true, IsStatic: false, ReturnsVoid: true } only => only,
            _ => null,
        };

    private static IMethodSymbol? StopOf(AgentCode agent) =>
        MethodOf(agent, "Stop") ?? OtherEnds.Select(name => MethodOf(agent, name)).OfType<IMethodSymbol>().FirstOrDefault(method => method is { DeclaredAccessibility: Accessibility.Public, ReturnsVoid: true });

    private static IMethodSymbol? MethodOf(AgentCode agent, string name) => agent.Type.GetMembers(name).OfType<IMethodSymbol>()
        .FirstOrDefault(method => method is { IsStatic: false, MethodKind: MethodKind.Ordinary, Parameters.IsEmpty: true, IsGenericMethod: false });

    private static IMethodSymbol? DisposeOf(AgentCode agent) =>
        agent.Type.AllInterfaces.Any(contract => contract.SpecialType == SpecialType.System_IDisposable) ? MethodOf(agent, "Dispose") : null;

    private static IEnumerable<IMethodSymbol> Entries(AgentCode agent) => agent.Type.GetMembers().OfType<IMethodSymbol>().Where(method =>
        method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public }
        && method.Name is "Run" or "RunAsync" or "StartAsync" or "Execute" or "ExecuteAsync" or "Main" or "Start" or "Launch" or "Begin" or "Open" or "Serve");

    private static string? Shape(AgentCode agent, IMethodSymbol method)
    {
        if (agent.Type.GetMembers(method.Name).Length > 1)
            return $"{method.Name} has overloads";
        if (method.IsVirtual || method.IsOverride || method.IsAbstract)
            return $"{method.Name} is virtual";
        if (method.DeclaringSyntaxReferences.Length != 1 || method.PartialImplementationPart is not null || method.PartialDefinitionPart is not null)
            return $"{method.Name} is partial";
        if (agent.Type.AllInterfaces.SelectMany(contract => contract.GetMembers()).Any(member => SymbolEqualityComparer.Default.Equals(agent.Type.FindImplementationForInterfaceMember(member), method))
            && method.Name != "Dispose")
        {
            return $"{method.Name} implements an interface: let a BaseAgent own the agent";
        }

        return method switch
        {
            { ReturnsVoid: true, IsAsync: true } => $"{method.Name} is async void, so that nobody can wait for it: make it return a Task first",
            { ReturnsVoid: true } => null,
            { IsAsync: true, ReturnType.Name: "Task" or "ValueTask" } when method.ReturnType is INamedTypeSymbol { IsGenericType: false } => null,
            _ => $"{method.Name} returns {method.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}",
        };
    }

    private static bool Blocks(AgentCode agent, IMethodSymbol start) =>
        !start.IsAsync && agent.Facts.Loops.Any(loop => SymbolEqualityComparer.Default.Equals(loop.Scope.Function, start) && LongLoop.IsLong(agent.Facts, loop));

    private static bool IsInside(AgentCode agent, Location place) => agent.Type.DeclaringSyntaxReferences.Any(part =>
        part.SyntaxTree == place.SourceTree && part.Span.Contains(place.SourceSpan));
}
