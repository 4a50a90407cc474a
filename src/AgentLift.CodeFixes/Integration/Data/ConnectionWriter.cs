using AgentLift.CodeFixes.Integration.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Obstacles.Data;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Data;

/// <summary>Opens a connection, which the agent kept in a field, for each command.</summary>
internal sealed class ConnectionWriter(AgentSource source, IFieldSymbol field, KeptConnection kept)
{
    private readonly DeadCode removal = new(source);

    /// <returns>Why it stays; <see langword="null"/> where it is rewritten.</returns>
    public string? Write(AgentDraft draft, ExpressionSyntax text)
    {
        var declaration = field.DeclaringSyntaxReferences[0].GetSyntax().FirstAncestorOrSelf<FieldDeclarationSyntax>()!;
        foreach (var statement in kept.Ends)
            removal.Add(statement);
        if (kept.Locks.Count == 0)
            removal.Add(declaration);
        removal.AddEmptyPhases();
        var (lines, documentation, _) = removal.Comments();
        if (removal.Reason is not null || lines.Count + documentation.Count > 0)
            return removal.Reason ?? "a comment stands where its opening or closing is taken out: move it first";
        Write(draft, declaration, text);
        return null;
    }

    private void Write(AgentDraft draft, FieldDeclarationSyntax declaration, ExpressionSyntax text)
    {
        var agent = source.Agent;
        var plain = field.Name.TrimStart('_');
        var open = agent.FreeName("Open" + char.ToUpperInvariant(plain[0]) + plain.Substring(1), draft.NewNames);
        if (kept.Locks.Count > 0)
        {
            var gate = agent.FreeName(field.Name + "Gate", draft.NewNames);
            draft.Replace(declaration.SyntaxTree, declaration.Declaration.Type.Span, "object");
            draft.Replace(declaration.SyntaxTree, declaration.Declaration.Variables[0].Span, $"{gate} = new object()");
            foreach (var guarded in kept.Locks.Where(guarded => !removal.Covers(guarded)))
                draft.Replace(guarded.SyntaxTree, guarded.Span, gate);
        }

        foreach (var function in kept.Commands.GroupBy(command => AgentSource.FunctionAround(command.Statement)!))
        {
            var taken = new HashSet<string>(function.Key.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText), StringComparer.Ordinal);
            foreach (var (statement, connection) in function)
            {
                var name = "connection";
                for (var i = 2; !taken.Add(name); i++)
                    name = "connection" + i;
                var indent = SourceStyle.IndentOf(statement.SyntaxTree.GetText(), statement.SpanStart);
                draft.Insert(statement.SyntaxTree, statement.SpanStart, (statement is UsingStatementSyntax ? $"using (var {name} = {open}())" : $"using var {name} = {open}();") + agent.Style.NewLine + indent);
                draft.Replace(connection.SyntaxTree, connection.Span, name);
            }
        }

        removal.Apply(draft, agent.Declaration, string.Empty, string.Empty);
        var type = declaration.Declaration.Type.WithoutTrivia();
        draft.AddUsingsOf(agent, declaration.Declaration.Type);
        draft.AddUsingsOf(agent, text);
        draft.AddMember($"private {type} {open}()\n{{\n    var connection = new {type.ToString().TrimEnd('?')}({text.WithoutTrivia()});\n    connection.Open();\n    return connection;\n}}");
    }
}
