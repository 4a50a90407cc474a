using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Timers;

/// <summary>A number of milliseconds as a time span that reads as a person would put it.</summary>
internal static class PeriodText
{
    private const int Second = 1000;
    private const int Minute = 60 * Second;

    public static string Of(ExpressionSyntax time, SemanticModel model)
    {
        if (model.GetConstantValue(time) is { HasValue: true, Value: { } constant } && time is LiteralExpressionSyntax && constant is int or long or double)
        {
            var milliseconds = Convert.ToDouble(constant);
            return milliseconds is 0 ? "TimeSpan.Zero"
                : milliseconds % Minute == 0 ? $"TimeSpan.FromMinutes({milliseconds / Minute})"
                : milliseconds % Second == 0 ? $"TimeSpan.FromSeconds({milliseconds / Second})"
                : $"TimeSpan.FromMilliseconds({time})";
        }

        if (model.GetTypeInfo(time).Type?.Name == nameof(TimeSpan))
            return time.ToString();
        return time is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression, Right: LiteralExpressionSyntax { Token.Value: Second } } product
            ? $"TimeSpan.FromSeconds({(product.Left is ParenthesizedExpressionSyntax inner ? inner.Expression : product.Left)})"
            : $"TimeSpan.FromMilliseconds({time})";
    }
}
