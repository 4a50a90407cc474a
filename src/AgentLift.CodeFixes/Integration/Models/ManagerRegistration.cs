using AgentLift.CodeFixes.Infrastructure.Hosting;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Models;

/// <summary>Registers the manager of an agent's models where the agent is registered, if that is one place: a host refuses a manager that it has already.</summary>
internal sealed record ManagerRegistration(StatementSyntax Statement, ExpressionSyntax Builder, TypeSyntax Agent)
{
    public static async Task<ManagerRegistration?> FindAsync(AgentCode agent, CancellationToken cancellationToken) =>
        await AgentRegistrations.FindAsync(agent, cancellationToken).ConfigureAwait(false) is [var (call, name, _)] && AgentRegistrations.StatementOf(call) is var (statement, builder)
        && !statement.Ancestors().Any(node => node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax)
            ? new ManagerRegistration(statement, builder, name)
            : null;

    public void Write(AgentDraft draft, string manager)
    {
        var tree = Statement.SyntaxTree;
        var text = tree.GetText();
        var name = Agent.Parent is QualifiedNameSyntax qualified && qualified.Right == Agent ? $"{qualified.Left}.{manager}" : manager;
        var line = text.Lines.GetLineFromPosition(Statement.Span.End);
        var newLine = line.EndIncludingLineBreak > line.End ? text.ToString(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(line.End, line.EndIncludingLineBreak)) : "\n";
        draft.Insert(tree, Statement.SpanStart, $"{Builder}.AddModelManager<{name}>();{newLine}{SourceStyle.IndentOf(text, Statement.SpanStart)}");
    }
}
