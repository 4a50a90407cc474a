using System.Collections.Immutable;
using AgentLift.CodeFixes.Infrastructure.Hosting;
using AgentLift.CodeFixes.Lifting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Infrastructure.Configuration;

/// <summary>
/// AGL1003: binds the options of an agent where a program registers it. An options class says in a comment that nobody binds it yet; the comment goes with the
/// last registration, and stays while one cannot be reached: a program may become a host later than its agents get their options.
/// </summary>
internal sealed class OptionsBindingRewriter : IRewriter
{
    private const string Comment = "// AGENTLIFT AGL1003: bind it where the agent is registered: ";
    private const string Extensions = "Microsoft.Extensions.DependencyInjection";

    public ImmutableArray<string> RuleIds { get; } = [Core.Rules.RuleIds.HandRolledConfiguration];

    public string Title => "Bind the options of '{0}' where it is registered";

    public bool Concerns(AgentSigns agent) => agent.Mentions(["IOptions"]);

    /// <summary>The comment above an options class that nobody binds yet.</summary>
    public static string CommentFor(string options, string section) => Comment + "builder." + Binding(options, section);

    public async Task RewriteAsync(AgentCode agent, AgentDraft draft, CancellationToken cancellationToken)
    {
        if (!agent.Options.IncludeAssisted || UnboundOf(agent, cancellationToken) is not { } comment)
            return;
        var places = new List<Registration>();
        foreach (var (call, name, model) in await AgentRegistrations.FindAsync(agent, cancellationToken).ConfigureAwait(false))
        {
            if (Registration.Read(call, name, model) is not { } registration)
                return;
            places.Add(registration);
        }

        if (places.Count == 0)
            return;
        foreach (var place in places)
            place.Write(draft, SectionOf(comment.ToString()));
        var text = comment.SyntaxTree!.GetText(cancellationToken);
        draft.Replace(comment.SyntaxTree, text.Lines.GetLineFromPosition(comment.SpanStart).SpanIncludingLineBreak, string.Empty, movedTo: comment.ToString());
    }

    private static string Binding(string options, string section) =>
        $"Services.AddOptions<{options}>().BindConfiguration(\"{section}\").ValidateDataAnnotations().ValidateOnStart();";

    private static string SectionOf(string comment) => comment.Split('"')[1];

    private static SyntaxTrivia? UnboundOf(AgentCode agent, CancellationToken cancellationToken) =>
        agent.Type.ContainingNamespace.GetTypeMembers(agent.Type.Name + "Options").SelectMany(type => type.DeclaringSyntaxReferences)
            .SelectMany(part => part.GetSyntax(cancellationToken).GetLeadingTrivia())
            .Where(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && trivia.ToString().StartsWith(Comment, StringComparison.Ordinal))
            .Select(trivia => (SyntaxTrivia?)trivia).FirstOrDefault();

    /// <summary>A statement that registers an agent.</summary>
    /// <param name="Statement">The statement.</param>
    /// <param name="Builder">The host to be.</param>
    /// <param name="Agent">The agent's class as it is named there.</param>
    /// <param name="KnowsExtensions">Whether the file uses the namespace of the binding already.</param>
    private sealed record Registration(StatementSyntax Statement, ExpressionSyntax Builder, TypeSyntax Agent, bool KnowsExtensions)
    {
        /// <returns><see langword="null"/> where no statement can stand before it, or its project cannot bind options.</returns>
        public static Registration? Read(InvocationExpressionSyntax call, TypeSyntax name, SemanticModel model)
        {
            if (AgentRegistrations.StatementOf(call) is not var (statement, builder)
                || model.Compilation.GetTypeByMetadataName(Extensions + ".OptionsBuilderConfigurationExtensions") is null
                || model.Compilation.GetTypeByMetadataName(Extensions + ".OptionsBuilderDataAnnotationsExtensions") is null)
            {
                return null;
            }

            var knows = model.LookupNamespacesAndTypes(call.SpanStart, name: "OptionsServiceCollectionExtensions").Any(type => type.ContainingNamespace?.ToDisplayString() == Extensions);
            return new Registration(statement, builder, name.Parent is QualifiedNameSyntax qualified && qualified.Right == name ? qualified : name, knows);
        }

        public void Write(AgentDraft draft, string section)
        {
            var tree = Statement.SyntaxTree;
            var text = tree.GetText();
            draft.Insert(tree, Statement.SpanStart, $"{Builder}.{Binding(Agent + "Options", section)}{NewLineOf(text)}{SourceStyle.IndentOf(text, Statement.SpanStart)}");
            if (!KnowsExtensions)
                draft.AddUsing(tree, Extensions);
        }

        private static string NewLineOf(SourceText text)
        {
            var first = text.Lines[0];
            return text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak)) is { Length: > 0 } used ? used : "\n";
        }
    }
}
