using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Reading;

/// <summary>Tells statements that handle a lost connection as the runtime does: by a log line, or not at all.</summary>
internal static class Logging
{
    /// <summary>Each catch leaves what it guards, or goes on, and does no more than tell of it.</summary>
    public static bool OnlyTell(this AgentSource source, SyntaxList<CatchClauseSyntax> catches) =>
        catches.All(clause => (clause.Filter is null || DeadCode.IsPure(clause.Filter.FilterExpression)) && clause.Block.Statements.All(source.OnlyTells));

    public static bool OnlyTells(this AgentSource source, StatementSyntax statement) => statement switch
    {
        BlockSyntax block => block.Statements.All(source.OnlyTells),
        BreakStatementSyntax or ContinueStatementSyntax or ReturnStatementSyntax { Expression: null } or EmptyStatementSyntax => true,
        IfStatementSyntax choice => (DeadCode.IsPure(choice.Condition) || new StopSignals(source).IsStop(choice.Condition)) && source.OnlyTells(choice.Statement) && (choice.Else is null || source.OnlyTells(choice.Else.Statement)),
        ExpressionStatementSyntax { Expression: var expression } => source.IsLog(expression),
        _ => false,
    };

    public static bool IsLog(this AgentSource source, ExpressionSyntax expression)
    {
        if (expression is not InvocationExpressionSyntax call || source.SymbolOf(call) is not IMethodSymbol method)
            return false;
        var isLog = method.ContainingType.ToDisplayString() switch
        {
            "System.Console" => method.Name is "Write" or "WriteLine",
            "System.IO.TextWriter" => call.Expression.ToString().StartsWith("Console.", StringComparison.Ordinal),
            "System.Diagnostics.Trace" or "System.Diagnostics.Debug" => true,
            "Microsoft.Extensions.Logging.LoggerExtensions" => true,
            _ => method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "LoggerMessageAttribute"),
        };
        return isLog && call.ArgumentList.Arguments.All(argument => DeadCode.IsPure(argument.Expression));
    }
}
