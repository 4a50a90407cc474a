using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Supervision;

/// <summary>Fields that nothing uses any more; those that share a declaration with others leave it.</summary>
internal sealed class FieldRemovals(AgentDraft draft)
{
    private readonly HashSet<VariableDeclaratorSyntax> gone = [];

    public void Add(ISymbol field)
    {
        if (field.DeclaringSyntaxReferences[0].GetSyntax() is VariableDeclaratorSyntax declarator)
            gone.Add(declarator);
    }

    public void Apply(StatementRemovals removals)
    {
        foreach (var declaration in gone.GroupBy(declarator => (VariableDeclarationSyntax)declarator.Parent!))
        {
            var left = declaration.Key.Variables.Where(variable => !gone.Contains(variable)).ToList();
            if (left.Count == 0)
                removals.Add(declaration.Key.Parent!);
            else
                draft.Replace(declaration.Key.SyntaxTree, declaration.Key.Variables.Span, string.Join(", ", left.Select(variable => variable.ToString())));
        }
    }
}
