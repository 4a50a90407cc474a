using AgentLift.CodeFixes.Infrastructure.Hosting;
using AgentLift.CodeFixes.Integration.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Models;

/// <summary>Tells what runs while an agent is made, when it has no lease yet, and what runs once while it starts.</summary>
internal sealed class StartCode
{
    private static readonly string[] Phases = ["OnStartingAsync", "OnStartedAsync"];

    private readonly AgentSource source;
    private readonly HashSet<ISymbol> made;
    private readonly HashSet<ISymbol> started;

    public StartCode(AgentSource source)
    {
        this.source = source;
        var constructors = source.Agent.Type.InstanceConstructors.Concat(source.Agent.Type.StaticConstructors);
        made = source.Facts.Graph.Reach(constructors);
        started = source.Facts.Graph.Reach(constructors.Concat(source.Agent.Type.GetMembers().OfType<IMethodSymbol>().Where(method => method.IsOverride && Phases.Contains(method.Name))));
    }

    /// <summary>The code runs while the agent is made, or may do so.</summary>
    public bool IsWhileMade(SyntaxNode node) => AgentSource.MemberAround(node) switch
    {
        BaseFieldDeclarationSyntax or ConstructorDeclarationSyntax => true,
        PropertyDeclarationSyntax { Initializer: { } initializer } when initializer.Span.Contains(node.Span) => true,
        BasePropertyDeclarationSyntax property => source.ModelOf(property).GetDeclaredSymbol(property) is IPropertySymbol symbol && (IsReached(symbol.GetMethod) || IsReached(symbol.SetMethod)),
        MethodDeclarationSyntax method => IsReached(source.ModelOf(method).GetDeclaredSymbol(method)),
        _ => false,
    };

    /// <summary>The statement runs in any case, once, before or while the agent starts.</summary>
    public bool RunsOnce(StatementSyntax statement)
    {
        if (statement.Parent is not BlockSyntax { Parent: BaseMethodDeclarationSyntax function } || source.ModelOf(function).GetDeclaredSymbol(function) is not IMethodSymbol method)
            return false;
        if (function.DescendantNodes(node => node == function || !AgentSource.IsFunction(node)).OfType<ReturnStatementSyntax>().Any(exit => exit.SpanStart < statement.SpanStart))
            return false;
        if (method.MethodKind == MethodKind.Constructor)
            return source.Agent.Type.InstanceConstructors.Count(constructor => !AgentConstruction.IsCompatibility(constructor)) == 1;
        if (method.IsOverride)
            return Phases.Contains(method.Name);
        return method.DeclaredAccessibility == Accessibility.Private && source.ReferencesTo(method) is [var only]
            && AgentSource.MemberAround(only) is BaseMethodDeclarationSyntax around && source.ModelOf(around).GetDeclaredSymbol(around) is { } caller && started.Contains(caller)
            && only.Ancestors().TakeWhile(node => node != around).All(node => IsPassedOnce(node, only));
    }

    // A call in a row of statements, or what a supervised loop is given.
    private static bool IsPassedOnce(SyntaxNode node, SimpleNameSyntax name) => node switch
    {
        ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax => false,
        IfStatementSyntax or TryStatementSyntax or SwitchStatementSyntax or ConditionalExpressionSyntax or BinaryExpressionSyntax or ConditionalAccessExpressionSyntax => false,
        LocalFunctionStatementSyntax => false,
        AnonymousFunctionExpressionSyntax => IsLoop(node.Parent),
        ArgumentSyntax argument when argument.Expression == name || argument.Expression is MemberAccessExpressionSyntax access && access.Name == name => IsLoop(argument),
        _ => true,
    };

    private static bool IsLoop(SyntaxNode? argument) =>
        argument is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "RunSupervised" or "RunOnThread" } } };

    private bool IsReached(ISymbol? function) => function is not null && made.Contains(function);
}
