using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.Core.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Waiting;

/// <summary>Tells what stands in a scope that belongs to its thread, such as a dispose scope of tensors or one without gradients: what comes behind an await there may be on another thread, outside of it.</summary>
internal static class ThreadScopes
{
    private static readonly HashSet<string> Modes = new(StringComparer.Ordinal) { "no_grad", "enable_grad", "set_grad_enabled", "inference_mode" };

    /// <summary>Whether such a scope is open at a place of a function.</summary>
    public static bool AreOpenAt(AgentSyntax code, SyntaxNode place, SyntaxNode function)
    {
        for (var node = place; node != function && node.Parent is { } parent; node = parent)
        {
            if (parent is UsingStatementSyntax use && use.Statement == node && IsOpenedBy(code, use.Expression is { } plain ? [plain] : ValuesOf(use.Declaration!)))
                return true;
            if (parent is BlockSyntax block && block.Statements.TakeWhile(statement => statement != node).OfType<LocalDeclarationStatementSyntax>()
                .Any(statement => statement.UsingKeyword.IsKind(SyntaxKind.UsingKeyword) && IsOpenedBy(code, ValuesOf(statement.Declaration))))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<ExpressionSyntax> ValuesOf(VariableDeclarationSyntax declaration) => declaration.Variables.Select(variable => variable.Initializer?.Value).OfType<ExpressionSyntax>();

    private static bool IsOpenedBy(AgentSyntax code, IEnumerable<ExpressionSyntax> values) => values.Any(value =>
        code.SymbolOf(value) is IMethodSymbol method && code.Agent.Facts.Knowledge.Of(method.ContainingType) is TypeKnowledge type && (type.OpensScope(method.Name) || (Modes.Contains(method.Name) && !type.Libraries.IsEmpty)));
}
