using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.HeavyLoads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.HeavyLoads;

/// <summary>A statement that does nothing but log values.</summary>
/// <param name="Loaded">The lazy members of the agent that it tells of.</param>
/// <param name="Others">Its other members that it tells of.</param>
internal sealed record LogLine(IReadOnlyList<ISymbol> Loaded, IReadOnlyList<ISymbol> Others)
{
    /// <summary>The statement as such a line; <see langword="null"/> where it is none, tells of nothing that is loaded, or works something out.</summary>
    public static LogLine? Of(AgentCode agent, StatementSyntax statement, Func<ISymbol, bool> isLazy)
    {
        if (statement.ContainsDirectives || statement is not ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } || !Logs(agent, call))
            return null;
        var (loaded, others) = (new List<ISymbol>(), new List<ISymbol>());
        foreach (var argument in call.ArgumentList.Arguments)
        {
            foreach (var node in argument.Expression.DescendantNodesAndSelf())
            {
                if (!IsPlain(agent, node, isLazy))
                    return null;
                if (node is not SimpleNameSyntax name || agent.ModelOf(name).GetSymbolInfo(name).Symbol?.OriginalDefinition is not { } symbol)
                    continue;
                if (isLazy(symbol))
                    loaded.Add(symbol);
                else if (!IsPart(agent, name, isLazy) && !IsFixed(agent, name, symbol, others))
                    return null;
            }
        }

        return loaded.Count > 0 ? new LogLine(loaded, others) : null;
    }

    private static bool Logs(AgentCode agent, InvocationExpressionSyntax call) =>
        agent.ModelOf(call).GetSymbolInfo(call).Symbol is IMethodSymbol method
        && (method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "LoggerMessageAttribute")
            ? call.Expression is IdentifierNameSyntax && SymbolEqualityComparer.Default.Equals(method.ContainingType.OriginalDefinition, agent.Type)
            : method.ContainingType is { Name: "LoggerExtensions" } type && type.ContainingNamespace.ToDisplayString() == "Microsoft.Extensions.Logging"
                && call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Logger" } });

    private static bool IsPlain(AgentCode agent, SyntaxNode node, Func<ISymbol, bool> isLazy) => node switch
    {
        SimpleNameSyntax or ThisExpressionSyntax or LiteralExpressionSyntax or ParenthesizedExpressionSyntax or CastExpressionSyntax or PredefinedTypeSyntax or BinaryExpressionSyntax => true,
        InterpolatedStringExpressionSyntax or InterpolatedStringContentSyntax or InterpolationAlignmentClauseSyntax or InterpolationFormatClauseSyntax => true,
        MemberAccessExpressionSyntax => true,
        ArgumentListSyntax { Arguments.Count: 0 } => true,
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name: var name } } => IsPart(agent, name, isLazy),
        _ => false,
    };

    // Count of _table.Count, or of _table.Rows.Count.
    private static bool IsPart(AgentCode agent, SimpleNameSyntax name, Func<ISymbol, bool> isLazy)
    {
        ExpressionSyntax owner = name;
        while (true)
        {
            switch (owner)
            {
                case SimpleNameSyntax { Parent: MemberAccessExpressionSyntax access } part when access.Name == part:
                    owner = access.Expression;
                    break;
                case MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax } access:
                    owner = access.Expression;
                    break;
                case InvocationExpressionSyntax call:
                    owner = call.Expression;
                    break;
                default:
                    return owner != name && agent.ModelOf(owner).GetSymbolInfo(owner).Symbol?.OriginalDefinition is { } symbol && isLazy(symbol);
            }
        }
    }

    private static bool IsFixed(AgentCode agent, SimpleNameSyntax name, ISymbol symbol, List<ISymbol> others)
    {
        switch (symbol)
        {
            case INamedTypeSymbol or IFieldSymbol { IsConst: true }:
                return true;
            case IFieldSymbol or IPropertySymbol when SymbolEqualityComparer.Default.Equals(symbol.ContainingType.OriginalDefinition, agent.Type):
                others.Add(symbol);
                return Captures.NeverChanges(TypeOf(symbol)) || (IsOptions(agent, symbol) && name.Parent is MemberAccessExpressionSyntax access && access.Expression == name);
            case IPropertySymbol { ContainingAssembly.Name: "AgentLift.Runtime" }:
                return Captures.NeverChanges(TypeOf(symbol));
            case IPropertySymbol:
                return Captures.NeverChanges(TypeOf(symbol)) && name.Parent is MemberAccessExpressionSyntax { Expression: var owner } && agent.ModelOf(owner).GetSymbolInfo(owner).Symbol is { } options && IsOptions(agent, options);
            default:
                return false;
        }
    }

    // _options = options.Value; is what the host has bound, once.
    private static bool IsOptions(AgentCode agent, ISymbol symbol) =>
        symbol is IFieldSymbol { IsReadOnly: true, Type: INamedTypeSymbol type }
        && SymbolEqualityComparer.Default.Equals(symbol.ContainingType.OriginalDefinition, agent.Type)
        && agent.Type.InstanceConstructors.SelectMany(constructor => constructor.Parameters)
            .Any(parameter => parameter.Type is INamedTypeSymbol { Name: "IOptions", TypeArguments: [var bound] } && SymbolEqualityComparer.Default.Equals(bound, type));

    private static ITypeSymbol TypeOf(ISymbol symbol) => symbol is IFieldSymbol field ? field.Type : ((IPropertySymbol)symbol).Type;
}
