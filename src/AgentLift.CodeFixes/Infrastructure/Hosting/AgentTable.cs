using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>A table of factories of a program, such as <c>["tutor"] = () => new Tutor()</c> in a dictionary of <c>Func&lt;IWorker&gt;</c>.</summary>
/// <param name="Symbol">The variable or field.</param>
/// <param name="Node">Its declaration.</param>
internal sealed record AgentTable(ISymbol Symbol, SyntaxNode Node) : LaunchSource(Symbol, Node)
{
    /// <summary>The factories in it.</summary>
    public IReadOnlyList<ParenthesizedLambdaExpressionSyntax> Entries => [.. ((VariableDeclarationSyntax)Node).Variables[0].Initializer!.Value.DescendantNodes().OfType<ParenthesizedLambdaExpressionSyntax>()];

    /// <summary>The types of its factories, where they are written.</summary>
    public IEnumerable<GenericNameSyntax> FactoryTypes => Node.DescendantNodes().OfType<GenericNameSyntax>().Where(name => name is { Identifier.ValueText: "Func", TypeArgumentList.Arguments.Count: 1 });

    /// <summary>The table from which a call takes a factory, and calls it: <c>table[name]()</c>, or <c>make()</c> of what TryGetValue gave.</summary>
    public static AgentTable? AskedBy(InvocationExpressionSyntax call, EntryPoint entry)
    {
        if (call.ArgumentList.Arguments.Count > 0 || TableNamedBy(call, entry) is not { } named || entry.Model.GetSymbolInfo(named).Symbol is not (ILocalSymbol or IFieldSymbol) || entry.Model.GetSymbolInfo(named).Symbol is not { DeclaringSyntaxReferences: [var part] } symbol || part.SyntaxTree != entry.Tree)
            return null;
        return part.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax { Initializer: not null } value, Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration }
            && value.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>().Any(creation => entry.Model.AgentOf(creation) is not null) && entry.Model.GetTypeInfo(value).Type is { Name: "Dictionary" }
                ? new AgentTable(symbol, declaration)
                : null;
    }

    /// <inheritdoc/>
    public override string? Obstacle(EntryPoint entry)
    {
        if (Symbol is IFieldSymbol and not { IsStatic: true, IsReadOnly: true, DeclaredAccessibility: Accessibility.Private, ContainingType.DeclaringSyntaxReferences.Length: 1 })
            return $"{Symbol.Name} holds factories of agents and is no private static field that nothing changes";
        if (Entries.Any(factory => factory is not { ParameterList.Parameters.Count: 0, ExpressionBody: not null, AsyncKeyword.RawKind: 0 }) || !FactoryTypes.Any())
            return $"{Symbol.Name} holds factories of agents that a registration with the host cannot stand for";
        return entry.Tree.GetRoot().DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => entry.Model.IsName(name, Symbol)).All(name => IsAsked(name, entry))
            ? null
            : $"{Symbol.Name} holds factories of agents and is used other than to call one of them";
    }

    /// <inheritdoc/>
    public override ExpressionSyntax? KeyOf(InvocationExpressionSyntax call, EntryPoint entry) => call.Expression switch
    {
        ElementAccessExpressionSyntax { ArgumentList.Arguments: [var key] } => key.Expression,
        IdentifierNameSyntax name => FoundBy(name, entry)?.ArgumentList.Arguments[0].Expression,
        _ => null,
    };

    private static IdentifierNameSyntax? TableNamedBy(InvocationExpressionSyntax call, EntryPoint entry) => call.Expression switch
    {
        ElementAccessExpressionSyntax { Expression: IdentifierNameSyntax table, ArgumentList.Arguments.Count: 1 } => table,
        IdentifierNameSyntax name when FoundBy(name, entry) is { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax table } } => table,
        _ => null,
    };

    // table.TryGetValue(name, out var make)
    private static InvocationExpressionSyntax? FoundBy(IdentifierNameSyntax factory, EntryPoint entry) =>
        entry.Model.GetSymbolInfo(factory).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [var part] } && part.GetSyntax().FirstAncestorOrSelf<ArgumentSyntax>() is { Parent.Parent: InvocationExpressionSyntax found }
        && found is { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "TryGetValue" }, ArgumentList.Arguments: [_, { Expression: DeclarationExpressionSyntax { Type.IsVar: true } }] } ? found : null;

    private static bool IsAsked(IdentifierNameSyntax table, EntryPoint entry) => table.Parent switch
    {
        ElementAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } item => call.Expression == item,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Keys" or "Count" } => true,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ContainsKey" } => true,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "TryGetValue", Parent: InvocationExpressionSyntax { ArgumentList.Arguments: [_, { Expression: DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax made, Type.IsVar: true } }] } } =>
            entry.Model.GetDeclaredSymbol(made) is { } local && entry.Tree.GetRoot().DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => entry.Model.IsName(name, local)).All(name => name.Parent is InvocationExpressionSyntax call && call.Expression == name),
        _ => false,
    };
}
