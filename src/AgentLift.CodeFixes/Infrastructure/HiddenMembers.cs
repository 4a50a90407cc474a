using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure;

/// <summary>Members of the agent that bear a name of BaseAgent's: they get <c>new</c>, so that what they mean today stays what they mean.</summary>
internal static class HiddenMembers
{
    /// <summary>What BaseAgent lets its heirs see.</summary>
    public static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "Name", "State", "Failure", "Loops", "Endpoints", "ActiveOperations", "Context", "Logger", "StartAsync", "StopAsync", "DisposeAsync",
        "OnStartingAsync", "OnStartedAsync", "OnDrainingAsync", "OnStoppedAsync", "CheckHealthAsync", "RunSupervised", "RunPeriodically", "RunOnThread", "RunQueue",
        "ListenLines", "ListenFrames", "ListenMessages", "ListenDatagrams", "ListenHttp", "ListenConnections", "ConnectTo", "Own", "BeginOperation",
        "DeclareDependencies", "DeclareDependency", "EnsureDependenciesLoadedAsync", "RequestStop",
    };

    /// <param name="agent">The agent.</param>
    /// <param name="draft">Its edits.</param>
    /// <param name="renamed">Members that get another name.</param>
    public static void Mark(AgentCode agent, AgentDraft draft, IReadOnlyCollection<ISymbol> renamed)
    {
        var baseAgent = agent.Compilation.GetTypeByMetadataName("AgentLift.Runtime.BaseAgent");
        foreach (var member in agent.Type.GetMembers().Where(member => !member.IsImplicitlyDeclared && Names.Contains(member.Name) && !renamed.Contains(member, SymbolEqualityComparer.Default)))
        {
            if (member is IMethodSymbol method && baseAgent?.GetMembers(member.Name) is { Length: > 0 } known && !known.Any(other => Hides(method, other)))
                continue;
            foreach (var part in member.DeclaringSyntaxReferences)
            {
                var declaration = part.GetSyntax().FirstAncestorOrSelf<MemberDeclarationSyntax>()!;
                if (declaration.Modifiers.Any(SyntaxKind.NewKeyword) || declaration is BaseFieldDeclarationSyntax { Declaration.Variables.Count: > 1 })
                    continue;
                var position = declaration.Modifiers.Count > 0 && !IsBehind(declaration.Modifiers[0])
                    ? declaration.Modifiers[0].Span.End
                    : -1;
                if (position >= 0)
                    draft.Insert(declaration.SyntaxTree, position, " new");
                else
                    draft.Insert(declaration.SyntaxTree, FirstTokenAfterAttributes(declaration).SpanStart, "new ");
            }
        }
    }

    // A method hides one of the same parameters, and whatever is no method.
    private static bool Hides(IMethodSymbol method, ISymbol known) =>
        known is not IMethodSymbol other
        || (other.Arity == method.Arity && other.Parameters.Select(parameter => parameter.Type.ToDisplayString()).SequenceEqual(method.Parameters.Select(parameter => parameter.Type.ToDisplayString())));

    private static bool IsBehind(SyntaxToken modifier) => modifier.Kind() is not
        (SyntaxKind.PublicKeyword or SyntaxKind.PrivateKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.InternalKeyword);

    private static SyntaxToken FirstTokenAfterAttributes(MemberDeclarationSyntax declaration) =>
        declaration.AttributeLists.Count == 0 ? declaration.GetFirstToken() : declaration.AttributeLists.Last().GetLastToken().GetNextToken();
}
