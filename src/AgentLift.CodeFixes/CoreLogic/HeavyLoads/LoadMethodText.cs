using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.HeavyLoads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.CoreLogic.HeavyLoads;

/// <summary>Writes the method that loads a lazy member, from what a person wrote for it.</summary>
internal sealed class LoadMethodText(AgentCode agent, UseEdits uses)
{
    private const int LongestLine = 140;

    /// <summary>The method, its first line not indented.</summary>
    public string Of(LazyPlan plan, SourceStyle style)
    {
        var head = $"private {(plan.Inputs.NeedsAgent && plan.Form == LazyForm.Member ? string.Empty : "static ")}{TypeText(plan)} {plan.LoadName}()";
        var isCommented = plan.Assigning is StatementSyntax assigning && MovedText.WithComments(assigning).Start < assigning.SpanStart;
        if (plan.IsExpression && !isCommented && plan.Companions.Count == 0)
        {
            var value = Text(plan, plan.Value, plan.Value.Span, style, style.MemberIndent);
            var behind = plan.Assigning is StatementSyntax ? TrailingComment(plan.Assigning) : string.Empty;
            var line = $"{head} => {value};";
            return (line.Length + style.MemberIndent.Length > LongestLine && !value.Contains('\n') ? $"{head} =>{style.NewLine}{style.MemberIndent}{style.Unit}{value};" : line) + behind;
        }

        var lines = new List<string>();
        var inner = style.MemberIndent + style.Unit;
        foreach (var companion in plan.Companions.Where(companion => companion.Initial is not null))
            lines.Add($"{companion.Field.Name} = {Text(plan, companion.Initial!, companion.Initial!.Span, style, inner)};");
        if (!plan.Moved.Contains(plan.Assigning))
            lines.Add($"{Variable(plan)} {plan.Local} = {Text(plan, plan.Value, plan.Value.Span, style, inner)};");
        foreach (var statement in plan.Moved.Where(statement => !plan.IsLocal || statement != plan.Assigning || MovedText.HasComments(statement)))
        {
            lines.Add(statement == plan.Assigning && plan.IsLocal ? CommentsOf(plan, statement, style, inner)
                : statement == plan.Assigning && EndsWithAssigning(plan) ? Assigning(plan, (ExpressionStatementSyntax)statement, style, inner, "return ")
                : statement == plan.Assigning ? Assigning(plan, (ExpressionStatementSyntax)statement, style, inner, $"{Variable(plan)} {plan.Local} = ")
                : Text(plan, statement, MovedText.WithComments(statement), style, inner));
        }

        if (!EndsWithAssigning(plan))
            lines.Add($"return {plan.Local};");
        for (var i = lines.Count - 1; i > 0; i--)
        {
            if (lines[i - 1].EndsWith("}", StringComparison.Ordinal))
                lines.Insert(i, string.Empty);
        }

        return $"{head}{style.NewLine}{style.MemberIndent}{{{style.NewLine}{string.Concat(lines.Select(line => (line.Length > 0 ? inner : string.Empty) + line + style.NewLine))}{style.MemberIndent}}}";
    }

    private static bool EndsWithAssigning(LazyPlan plan) => !plan.IsLocal && plan.Moved[plan.Moved.Count - 1] == plan.Assigning;

    private string Assigning(LazyPlan plan, ExpressionStatementSyntax statement, SourceStyle style, string indent, string beginning)
    {
        var whole = MovedText.WithComments(statement);
        var above = Text(plan, statement, TextSpan.FromBounds(whole.Start, statement.SpanStart), style, indent);
        return $"{above}{beginning}{Text(plan, plan.Value, plan.Value.Span, style, indent)};{TrailingComment(statement)}";
    }

    // _table = table; is what returning it does.
    private string CommentsOf(LazyPlan plan, StatementSyntax statement, SourceStyle style, string indent)
    {
        var whole = MovedText.WithComments(statement);
        return (Text(plan, statement, TextSpan.FromBounds(whole.Start, statement.SpanStart), style, indent) + TrailingComment(statement)).Trim();
    }

    private static string TrailingComment(SyntaxNode statement)
    {
        var whole = MovedText.WithComments(statement);
        return whole.End > statement.Span.End ? statement.SyntaxTree.GetText().ToString(TextSpan.FromBounds(statement.Span.End, whole.End)) : string.Empty;
    }

    // The declared type may be wider than what is loaded, or what tells a new() its type.
    private string Variable(LazyPlan plan) => plan.Value is not (ImplicitObjectCreationExpressionSyntax or CollectionExpressionSyntax or ConditionalExpressionSyntax or SwitchExpressionSyntax)
        && SymbolEqualityComparer.Default.Equals(agent.ModelOf(plan.Value).GetTypeInfo(plan.Value).Type, plan.Target.Type)
            ? "var"
            : TypeText(plan);

    // The load stands in the file of what it was made from, which has usings of its own.
    private string TypeText(LazyPlan plan) => plan.Value.SyntaxTree == plan.Declaration.SyntaxTree
        ? plan.TypeText
        : plan.Target.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToMinimalDisplayString(agent.ModelOf(plan.Value), NullableFlowState.None, plan.Value.SpanStart);

    private string Text(LazyPlan plan, SyntaxNode node, TextSpan span, SourceStyle style, string indent)
    {
        var from = SourceStyle.IndentOf(node.SyntaxTree.GetText(), node.SpanStart);
        return MovedText.Indented(node, uses.TextOf(plan, node.SyntaxTree, span), from, indent, style.NewLine);
    }
}
