using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Infrastructure.Hosting;

/// <summary>Takes out the constructors that were kept for callers from before the lift, once nobody calls them; those of a published library stay, as nobody sees who calls them. Fits any stage.</summary>
internal sealed class CompatibilityConstructorRewriter : IRewriter
{
    public ImmutableArray<string> RuleIds { get; } = [];

    public string Title => "Remove the constructors of '{0}' that nobody calls";

    public bool Concerns(AgentSigns agent) => agent.KeepsOldConstructor;

    public async Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        if (agent.IsPublished)
            return;
        foreach (var constructor in CompatibilityConstructors.Of(agent))
        {
            if ((await CompatibilityConstructors.CallersAsync(agent, constructor, cancellationToken).ConfigureAwait(false)).Count > 0)
                continue;
            if (constructor.DeclaringSyntaxReferences is [var part] && await part.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) is ConstructorDeclarationSyntax declaration)
                Remove(draft, declaration);
        }
    }

    private static void Remove(AgentDraft draft, ConstructorDeclarationSyntax declaration)
    {
        var text = declaration.SyntaxTree.GetText();
        var own = declaration.GetLeadingTrivia().FirstOrDefault(trivia => trivia.HasStructure && trivia.ToString().Contains(AgentDraft.OwnComment));
        var first = text.Lines.GetLineFromPosition(own == default ? declaration.SpanStart : own.FullSpan.Start);
        var last = text.Lines.GetLineFromPosition(declaration.Span.End);
        var start = first.LineNumber > 0 && text.Lines[first.LineNumber - 1].ToString().Trim().Length == 0 ? text.Lines[first.LineNumber - 1].Start : first.Start;
        var isBehindOther = declaration.GetLeadingTrivia().Any(trivia => trivia != own && (trivia.IsDirective || trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia));
        if (isBehindOther || !string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(declaration.Span.End, last.End))))
        {
            draft.Remove(declaration);
            return;
        }

        draft.Replace(declaration.SyntaxTree, TextSpan.FromBounds(start, last.EndIncludingLineBreak), string.Empty);
    }
}
