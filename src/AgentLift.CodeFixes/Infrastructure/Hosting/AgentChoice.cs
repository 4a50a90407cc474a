using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>A choice between agents of several classes, such as <c>name switch { "tutor" => new Tutor(), _ => new Relay() }</c>, with what is done to the one that is chosen.</summary>
/// <param name="Value">The choice.</param>
/// <param name="Span">The text of which only the choice stays.</param>
/// <param name="Return">The return that hands the agent to the caller; <see langword="null"/> where none does.</param>
/// <param name="IsStatement">Whether the text is one of statements, not the body of a function.</param>
internal sealed record AgentChoice(ExpressionSyntax Value, TextSpan Span, ReturnStatementSyntax? Return, bool IsStatement)
{
    /// <summary>The constructions that a value is one of, or a call among <paramref name="makers"/> of which it is the result; <see langword="null"/> where it may be something else.</summary>
    public static List<BaseObjectCreationExpressionSyntax>? CreationsIn(ExpressionSyntax value, Func<InvocationExpressionSyntax, bool>? makers = null)
    {
        switch (value)
        {
            case BaseObjectCreationExpressionSyntax creation:
                return [creation];
            case ParenthesizedExpressionSyntax inner:
                return CreationsIn(inner.Expression, makers);
            case ConditionalExpressionSyntax choice:
                return Join([choice.WhenTrue, choice.WhenFalse]);
            case SwitchExpressionSyntax choice:
                return Join(choice.Arms.Select(arm => arm.Expression));
            case ThrowExpressionSyntax:
                return [];
            case InvocationExpressionSyntax call when makers?.Invoke(call) == true:
                return [];
            default:
                return null;
        }

        List<BaseObjectCreationExpressionSyntax>? Join(IEnumerable<ExpressionSyntax> parts)
        {
            var all = parts.Select(part => CreationsIn(part, makers)).ToList();
            return all.Contains(null) ? null : all.SelectMany(some => some!).ToList();
        }
    }
}
