using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.HeavyLoads;

/// <summary>What a load takes from parameters and locals of the constructor is kept in fields.</summary>
internal static class Captures
{
    /// <returns>Why something cannot be kept; <see langword="null"/> where all can.</returns>
    public static string? Keep(TypeFacts agent, MemberUses uses, LazyPlan plan)
    {
        foreach (var local in FreeLocals(agent, plan))
            plan.Inputs.Outer[local.Key] = local.Value;
        foreach (var symbol in plan.Inputs.Outer.Keys.Where(symbol => !plan.Inputs.Kept.ContainsKey(symbol)).OrderBy(symbol => symbol.Name, StringComparer.Ordinal).ToList())
        {
            if (KeptPlaces.Of(plan, symbol)?.Parent is not BlockSyntax block)
                return $"{plan.Member.Name} is loaded with {symbol.Name}, which only the constructor knows";
            if (symbol is IParameterSymbol && FieldOf(agent, uses, symbol, block) is { } field)
            {
                plan.Inputs.Kept[symbol] = field;
                plan.Inputs.NeedsAgent = true;
                continue;
            }

            var type = symbol is IParameterSymbol parameter ? parameter.Type : ((ILocalSymbol)symbol).Type;
            if ((!NeverChanges(type) && !IsWholeDocument(agent, symbol)) || symbol is IParameterSymbol { RefKind: not RefKind.None })
                return $"{plan.Member.Name} is loaded with {symbol.Name}, which may have changed by the time it is first used";
            if (IsAssigned(agent, block, symbol))
                return $"{plan.Member.Name} is loaded with {symbol.Name}, which the constructor assigns again";
        }

        return null;
    }

    private static Dictionary<ISymbol, SimpleNameSyntax> FreeLocals(TypeFacts agent, LazyPlan plan)
    {
        var free = new Dictionary<ISymbol, SimpleNameSyntax>(SymbolEqualityComparer.Default);
        foreach (var name in plan.Moved.SelectMany(statement => statement.DescendantNodes()).OfType<IdentifierNameSyntax>())
        {
            if (agent.ModelOf(name).GetSymbolInfo(name).Symbol is ILocalSymbol local && !plan.Moved.Any(statement => statement.SyntaxTree == local.DeclaringSyntaxReferences[0].SyntaxTree && statement.Span.Contains(local.DeclaringSyntaxReferences[0].Span)))
                free[local] = name;
        }

        return free;
    }

    // _path = path; in the same constructor.
    private static string? FieldOf(TypeFacts agent, MemberUses uses, ISymbol parameter, BlockSyntax block) => block.Statements
        .OfType<ExpressionStatementSyntax>().Select(statement => statement.Expression).OfType<AssignmentExpressionSyntax>()
        .Where(assignment => assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && Same(agent.ModelOf(assignment).GetSymbolInfo(assignment.Right).Symbol, parameter))
        .Select(assignment => agent.ModelOf(assignment).GetSymbolInfo(assignment.Left).Symbol)
        .OfType<IFieldSymbol>()
        .FirstOrDefault(field => Same(field.ContainingType, agent.Type) && !field.IsStatic && Same(field.Type, ((IParameterSymbol)parameter).Type)
            && (field.IsReadOnly || field.DeclaredAccessibility == Accessibility.Private) && uses.Of(field).Count(use => use.Assignment is not null || use.IsByReference) == 1)
        ?.Name;

    private static bool IsAssigned(TypeFacts agent, BlockSyntax block, ISymbol symbol) => block.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Where(name => name.Identifier.ValueText == symbol.Name && Same(agent.ModelOf(name).GetSymbolInfo(name).Symbol, symbol))
        .Any(name => new MemberUse(name) is { } use && (use.Assignment is not null || use.IsByReference));

    /// <summary>A value of the type is the same whenever it is looked at, and nobody disposes it.</summary>
    public static bool NeverChanges(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_String or (>= SpecialType.System_Boolean and <= SpecialType.System_UIntPtr) || type.TypeKind == TypeKind.Enum
        || type.ToDisplayString() is "System.Uri" or "System.Type" or "System.TimeSpan" or "System.DateTime" or "System.DateTimeOffset" or "System.Guid" or "System.DateOnly" or "System.TimeOnly" or "System.Version";

    // JsonDocument.Parse(text).RootElement: nobody has the document to dispose it.
    private static bool IsWholeDocument(TypeFacts agent, ISymbol symbol) =>
        symbol is ILocalSymbol { Type: { Name: "JsonElement", ContainingNamespace.Name: "Json" } } local
        && local.DeclaringSyntaxReferences[0].GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value }
        && value switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "RootElement", Expression: InvocationExpressionSyntax parse } => agent.ModelOf(parse).GetSymbolInfo(parse).Symbol is IMethodSymbol { Name: "Parse", ContainingType.Name: "JsonDocument" },
            InvocationExpressionSyntax call => agent.ModelOf(call).GetSymbolInfo(call).Symbol is IMethodSymbol { Name: "Deserialize" or "SerializeToElement", ContainingType.Name: "JsonSerializer" } or IMethodSymbol { Name: "Clone", ContainingType.Name: "JsonElement" },
            _ => false,
        };

    private static bool Same(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one, other);
}
