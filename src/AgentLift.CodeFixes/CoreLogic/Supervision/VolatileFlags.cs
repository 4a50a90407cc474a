using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Supervision;

/// <summary>AGL2009 where the token cannot take a flag's place: the field becomes volatile, the smallest change that keeps what was meant.</summary>
internal static class VolatileFlags
{
    /// <param name="code">The agent.</param>
    /// <param name="draft">Its draft.</param>
    /// <param name="gone">Flags that go.</param>
    /// <param name="isReplaced">Tells which reads become the token's.</param>
    public static void Rewrite(AgentSyntax code, AgentDraft draft, IReadOnlyCollection<ISymbol> gone, Func<ExpressionSyntax, bool> isReplaced)
    {
        var written = new HashSet<SyntaxNode>();
        foreach (var evidence in code.Agent.EvidenceOf(RuleIds.RacyStopFlag).Where(evidence => !gone.Contains(evidence.Symbol, SymbolEqualityComparer.Default)))
        {
            var flag = evidence.Symbol;
            var uses = code.ReferencesTo(flag).Select(name => code.Whole(name)).ToList();
            if (!uses.Any(use => !isReplaced(use) && use.Ancestors().TakeWhile(node => !AgentSyntax.IsFunction(node)).Any(node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax)))
                continue;
            if (flag is not IFieldSymbol || flag.DeclaringSyntaxReferences[0].GetSyntax() is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration })
                draft.Refuse(evidence, $"{flag.Name} is a property, which cannot be volatile, and it is set while the agent runs: keep it in a volatile field");
            else if (uses.Any(use => use.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 }))
                draft.Refuse(evidence, $"{flag.Name} is passed by reference, which loses what volatile means: read and write it through Volatile");
            else if (written.Add(declaration))
                draft.Insert(declaration.SyntaxTree, declaration.Type.SpanStart, "volatile ");
        }
    }
}
