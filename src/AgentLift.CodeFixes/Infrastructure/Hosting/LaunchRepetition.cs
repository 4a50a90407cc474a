using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>Tells whether a program may start one agent more than once, and whether it may start more than one agent.</summary>
internal static class LaunchRepetition
{
    /// <summary>Why an agent may be started twice; <see langword="null"/> where each is started at most once.</summary>
    public static string? Obstacle(EntryPoint entry, IReadOnlyList<Launch> launches, IReadOnlyList<LaunchCall> calls)
    {
        foreach (var launch in launches)
        {
            if (launch.Loop is { } loop && !IsChosenBy(entry, launch, loop, entry.Model.GetDeclaredSymbol(loop)!, loop.Expression))
                return Twice(launch, loop);
            if (launch.Source is not { } source)
                continue;
            var callers = calls.Where(call => call.Source == source).ToList();
            if (launch.Loop is not null && (callers.Count > 1 || callers.Any(call => call.Loop is not null)))
                return Twice(launch, callers[0].Call);
            if (callers.Any(call => call.Loop is not null) || callers.Count > 1)
            {
                var chosen = SelectorOf(entry, launch.Place, source.Node) as IParameterSymbol;
                if (!AreChosenOnce(entry, callers, callers.ConvertAll(caller => chosen is null ? source.KeyOf(caller.Call, entry) : ArgumentOf(caller.Call, chosen))))
                    return Twice(launch, callers[0].Loop ?? (SyntaxNode)callers[callers.Count - 1].Call);
            }
        }

        return null;
    }

    /// <summary>Whether two of the launches may both come about.</summary>
    public static bool MayStartSeveral(IReadOnlyList<Launch> launches, IReadOnlyList<LaunchCall> calls) =>
        launches.Any(launch => launch.Loop is not null) || calls.Any(call => call.Loop is not null) || calls.GroupBy(call => call.Source).Any(group => group.Count() > 1)
        || launches.Where((launch, i) => launches.Skip(i + 1).Any(other => !AreExclusive(launch.Place, other.Place))).Any();

    private static bool IsChosenBy(EntryPoint entry, Launch launch, SyntaxNode within, ISymbol variable, ExpressionSyntax values) =>
        SymbolEqualityComparer.Default.Equals(SelectorOf(entry, launch.Place, within), variable) && DistinctValues.Of(entry, values);

    // Each call chooses by another value: another constant, or the variable of a loop over values that differ.
    private static bool AreChosenOnce(EntryPoint entry, List<LaunchCall> callers, List<ExpressionSyntax?> given)
    {
        if (callers is [{ Loop: { } loop }])
            return entry.Model.IsName(given[0], entry.Model.GetDeclaredSymbol(loop)) && DistinctValues.Of(entry, loop.Expression);
        var constants = given.ConvertAll(value => value is null ? default : entry.Model.GetConstantValue(value));
        return callers.TrueForAll(caller => caller.Loop is null) && constants.TrueForAll(value => value.HasValue) && constants.Select(value => value.Value).Distinct().Count() == constants.Count;
    }

    private static ExpressionSyntax? ArgumentOf(InvocationExpressionSyntax call, IParameterSymbol parameter) =>
        call.ArgumentList.Arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == parameter.Name)?.Expression
        ?? (call.ArgumentList.Arguments.All(argument => argument.NameColon is null) && parameter.Ordinal < call.ArgumentList.Arguments.Count ? call.ArgumentList.Arguments[parameter.Ordinal].Expression : null);

    // The variable of which one value alone leads to a place: switch (name) { case "tutor": ... }, if (name == "tutor") ...
    private static ISymbol? SelectorOf(EntryPoint entry, SyntaxNode place, SyntaxNode within)
    {
        for (var node = place; node != within && node.Parent is { } parent; node = parent)
        {
            var variable = (node, parent) switch
            {
                (SwitchSectionSyntax { Labels: [CaseSwitchLabelSyntax] }, SwitchStatementSyntax choice) => choice.Expression,
                (SwitchExpressionArmSyntax { Pattern: ConstantPatternSyntax, WhenClause: null }, SwitchExpressionSyntax choice) => choice.GoverningExpression,
                (StatementSyntax, IfStatementSyntax { Condition: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } equal } test) when test.Statement == node && entry.Model.GetConstantValue(equal.Right).HasValue => equal.Left,
                _ => null,
            };
            if (variable is IdentifierNameSyntax && entry.Model.GetSymbolInfo(variable).Symbol is { } symbol && !IsChanged(entry, symbol))
                return symbol;
        }

        return null;
    }

    private static bool IsChanged(EntryPoint entry, ISymbol symbol) => entry.Tree.GetRoot().DescendantNodes().Any(node =>
        node is AssignmentExpressionSyntax assignment && entry.Model.IsName(assignment.Left, symbol)
        || node is ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument && entry.Model.IsName(argument.Expression, symbol)
        || node is PostfixUnaryExpressionSyntax suffix && entry.Model.IsName(suffix.Operand, symbol)
        || node is PrefixUnaryExpressionSyntax prefix && prefix.OperatorToken.Text is "++" or "--" && entry.Model.IsName(((PrefixUnaryExpressionSyntax)node).Operand, symbol));

    // Two sections or arms of a switch, the two branches of a condition, or two entries of a table.
    private static bool AreExclusive(SyntaxNode one, SyntaxNode other)
    {
        var common = one.Ancestors().First(node => node.Span.Contains(other.Span));
        return common is SwitchStatementSyntax or SwitchExpressionSyntax or ConditionalExpressionSyntax or InitializerExpressionSyntax || common is IfStatementSyntax { Else: { } otherwise } test && test.Statement.Span.Contains(one.Span) != otherwise.Span.Contains(one.Span);
    }

    private static string Twice(Launch launch, SyntaxNode loop) =>
        $"'{ProgramCalls.Shown(loop)}' may start {launch.Type.Name} twice, and a host runs one agent of a name: let it go over values that differ, such as those of Distinct()";
}
