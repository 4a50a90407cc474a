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

    /// <summary>Why the names would mean something else in an heir of BaseAgent: the agent uses one that is declared around it, and an inherited member comes first.</summary>
    public static string? Obstacle(AgentCode agent)
    {
        foreach (var name in agent.Type.DeclaringSyntaxReferences.SelectMany(part => part.GetSyntax().DescendantNodes()).OfType<SimpleNameSyntax>())
        {
            if (Names.Contains(name.Identifier.ValueText) && agent.Type.GetMembers(name.Identifier.ValueText).IsEmpty && IsAround(agent, name))
                return $"{agent.Type.Name} uses {name}, which would become BaseAgent's: write its full name first";
        }

        return null;
    }

    /// <summary>Writes the full names of types that are used by a name of BaseAgent's, such as a static Logger.</summary>
    public static void Qualify(AgentCode agent, AgentDraft draft)
    {
        foreach (var name in agent.Type.DeclaringSyntaxReferences.SelectMany(part => part.GetSyntax().DescendantNodes()).OfType<IdentifierNameSyntax>())
        {
            if (!Names.Contains(name.Identifier.ValueText) || !agent.Type.GetMembers(name.Identifier.ValueText).IsEmpty || !IsAround(agent, name) || agent.ModelOf(name).GetSymbolInfo(name).Symbol is not INamedTypeSymbol type)
                continue;
            var full = type.ToDisplayString(Full);
            var found = agent.ModelOf(name).GetSpeculativeSymbolInfo(name.SpanStart, SyntaxFactory.ParseExpression(full), SpeculativeBindingOption.BindAsExpression).Symbol;
            var isFound = !type.ContainingNamespace.IsGlobalNamespace && SymbolEqualityComparer.Default.Equals(found, type);
            draft.TryReplace(name.SyntaxTree, name.Span, isFound ? full : type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));
        }
    }

    private static readonly SymbolDisplayFormat Full = SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

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

    private static bool IsAround(AgentCode agent, SimpleNameSyntax name)
    {
        if (name.Parent is MemberAccessExpressionSyntax access && access.Name == name || name.Parent is MemberBindingExpressionSyntax or QualifiedNameSyntax or AliasQualifiedNameSyntax or NameColonSyntax or NameEqualsSyntax)
            return false;
        return agent.ModelOf(name).GetSymbolInfo(name).Symbol switch
        {
            // Where only a type can stand, members are not asked.
            INamespaceOrTypeSymbol => name.Parent is MemberAccessExpressionSyntax,
            ILocalSymbol or IParameterSymbol or IRangeVariableSymbol or IMethodSymbol { MethodKind: MethodKind.LocalFunction } or null => false,
            { IsStatic: true } or { ContainingType: null } => true,
            var member => Outer(agent.Type).Contains(member.ContainingType, SymbolEqualityComparer.Default) && name.Parent?.Parent is not InitializerExpressionSyntax,
        };
    }

    private static IEnumerable<ISymbol> Outer(INamedTypeSymbol type)
    {
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            yield return outer;
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
