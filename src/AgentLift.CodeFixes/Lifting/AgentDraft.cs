using AgentLift.Core.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Lifting;

/// <summary>The edits of one agent before they are applied. All stand on the original text, so that their order does not matter.</summary>
internal sealed class AgentDraft(AgentCode agent)
{
    /// <summary>The one comment that a rewriter may take away again: it wrote it.</summary>
    public const string OwnComment = "For callers that still make the agent by hand.";

    /// <summary>What is put before the keyword of a type that generators add to.</summary>
    public const string Partial = "partial ";

    private readonly Dictionary<SyntaxTree, List<TextChange>> changes = [];
    private readonly Dictionary<SyntaxTree, SortedSet<string>> usings = [];
    private readonly List<string> members = [];
    private readonly List<Obstacle> obstacles = [];

    /// <summary>Names of members that the draft adds.</summary>
    public HashSet<string> NewNames { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<Obstacle> Obstacles => obstacles;

    /// <summary>Settings that the agent no longer reads for itself.</summary>
    public List<LiftedSetting> Settings { get; } = [];

    /// <summary>Whether anything would change.</summary>
    public bool IsEmpty => changes.Count == 0 && members.Count == 0;

    /// <summary>The agent derives from BaseAgent already, or will when the draft is applied.</summary>
    public bool IsOnBaseAgent { get; set; }

    /// <summary>An edit without which the others make no sense was not taken: the draft must not be applied.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Replaces a span that must be replaced; where that would cross another edit or lose a comment or directive, the whole draft is broken.</summary>
    public void Replace(SyntaxTree tree, TextSpan span, string text) => Replace(tree, span, text, movedTo: string.Empty);

    /// <summary>Replaces a span that must be replaced, and whose comments may stand in another text of the draft.</summary>
    public void Replace(SyntaxTree tree, TextSpan span, string text, string movedTo) => IsBroken |= !TryReplace(tree, span, text, movedTo);

    /// <summary>Replaces a span, unless that would cross another edit or lose a comment or directive.</summary>
    /// <returns>Whether the edit was taken.</returns>
    public bool TryReplace(SyntaxTree tree, TextSpan span, string text, string movedTo = "")
    {
        if (LosesTrivia(tree, span, text + movedTo) || Crosses(tree, span))
            return false;
        ChangesOf(tree).Add(new TextChange(span, text));
        return true;
    }

    /// <summary>Takes several edits that make sense only together, or none of them. A comment that one removes may stand in the text of another.</summary>
    /// <returns>Whether the edits were taken.</returns>
    public bool TryReplaceAll(IReadOnlyCollection<(SyntaxTree Tree, TextChange Change)> edits)
    {
        var text = string.Concat(edits.Select(edit => edit.Change.NewText));
        foreach (var (tree, change) in edits)
        {
            if (LosesTrivia(tree, change.Span, text)
                || Crosses(tree, change.Span)
                || edits.Any(other => other.Tree == tree && other.Change != change && other.Change.Span.Crosses(change.Span)))
            {
                return false;
            }
        }

        foreach (var (tree, change) in edits)
            ChangesOf(tree).Add(change);
        return true;
    }

    /// <summary>Takes what a rewriter writes besides, where that crosses none of the edits taken before; the places that it leaves are not told.</summary>
    /// <returns>Whether it wrote anything that was taken.</returns>
    public async Task<bool> TryAsync(Func<AgentDraft, Task> rewrite)
    {
        var further = new AgentDraft(agent) { IsOnBaseAgent = IsOnBaseAgent };
        further.NewNames.UnionWith(NewNames);
        await rewrite(further).ConfigureAwait(false);
        if (further.IsBroken || further.IsEmpty || further.changes.Any(pair => pair.Value.Exists(edit => Crosses(pair.Key, edit.Span))))
            return false;
        foreach (var pair in further.changes)
            ChangesOf(pair.Key).AddRange(pair.Value);
        foreach (var (tree, name) in further.usings.SelectMany(pair => pair.Value.Select(name => (pair.Key, name))))
            AddUsing(tree, name);
        members.AddRange(further.members);
        NewNames.UnionWith(further.NewNames);
        Settings.AddRange(further.Settings);
        return true;
    }

    public void Insert(SyntaxTree tree, int position, string text) => Replace(tree, new TextSpan(position, 0), text);

    /// <summary>Adds a member at the end of the class, after an empty line.</summary>
    /// <param name="text">Written with <c>\n</c> and four spaces a level, not indented.</param>
    public void AddMember(string text) => members.Add(Documented(text));

    /// <summary>Adds a member behind another one of the class, after an empty line.</summary>
    /// <param name="member">The other one.</param>
    /// <param name="text">Written as for <see cref="AddMember"/>.</param>
    public void AddMemberBehind(MemberDeclarationSyntax member, string text)
    {
        var source = member.SyntaxTree.GetText();
        var last = source.Lines.GetLineFromPosition(member.Span.End);
        var indent = SourceStyle.BeginsLine(source, member.SpanStart) ? SourceStyle.IndentOf(source, member.SpanStart) : agent.Style.MemberIndent;
        var rest = source.ToString(TextSpan.FromBounds(member.Span.End, last.End)).TrimStart();
        var written = agent.Style.NewLine + agent.Style.NewLine + agent.Style.Write(Documented(text), indent);
        if (rest.Length == 0 || rest.StartsWith("//", StringComparison.Ordinal))
            Insert(member.SyntaxTree, last.End, written);
        else
            Replace(member.SyntaxTree, TextSpan.FromBounds(member.Span.End, last.End - rest.Length), written + agent.Style.NewLine + agent.Style.NewLine + indent);
    }

    /// <summary>Whether the compiler warns of members without a comment: the agent's project documents what others can see.</summary>
    public bool AsksForComments => agent.Declaration.SyntaxTree.Options.DocumentationMode == DocumentationMode.Diagnose && agent.IsVisible;

    /// <summary>Makes a type of a namespace known in a file, unless it is already.</summary>
    public void AddUsing(SyntaxTree tree, string name, string type)
    {
        // A caller may stand in another project, whose usings nobody looked up.
        if (!agent.Compilation.ContainsSyntaxTree(tree))
        {
            AddUsing(tree, name);
            return;
        }

        var model = agent.Compilation.GetSemanticModel(tree);
        var inside = tree == agent.Declaration.SyntaxTree ? agent.Declaration.OpenBraceToken.SpanStart : tree.GetRoot().FullSpan.End;
        if (model.LookupNamespacesAndTypes(inside, name: type).Any(found => found.ContainingNamespace?.ToDisplayString() == name))
            return;
        AddUsing(tree, name);
        foreach (var alias in UsingConflicts.Of(model, name))
            AddUsing(tree, alias);
    }

    /// <summary>Adds a using directive, unless the file has it.</summary>
    public void AddUsing(SyntaxTree tree, string name)
    {
        if (!usings.TryGetValue(tree, out var names))
            usings[tree] = names = new SortedSet<string>(StringComparer.Ordinal);
        names.Add(name);
    }

    /// <summary>What can be rewritten; for the rest, what the detector knows against it is the reason that it is left.</summary>
    public List<Evidence> Fixable(IEnumerable<Evidence> found)
    {
        var fixable = new List<Evidence>();
        foreach (var evidence in found)
        {
            if (evidence.FixObstacle is { } obstacle)
                Refuse(evidence, obstacle);
            else
                fixable.Add(evidence);
        }

        return fixable;
    }

    public void Refuse(Evidence evidence, string reason) => Refuse(evidence.Rule.Id, evidence.Location, reason);

    public void Refuse(string ruleId, Location location, string reason) => obstacles.Add(new Obstacle(ruleId, location, reason));

    /// <summary>All edits by file, usings and new members included.</summary>
    public IEnumerable<(SyntaxTree Tree, List<TextChange> Changes, IReadOnlyCollection<string> Usings)> Finish()
    {
        if (members.Count > 0)
            AddMembers();
        foreach (var tree in changes.Keys.Union(usings.Keys).OrderBy(tree => tree.FilePath, StringComparer.Ordinal))
            yield return (tree, changes.TryGetValue(tree, out var list) ? list : [], usings.TryGetValue(tree, out var names) ? names : []);
    }

    private List<TextChange> ChangesOf(SyntaxTree tree)
    {
        if (!changes.TryGetValue(tree, out var list))
            changes[tree] = list = [];
        return list;
    }

    private bool Crosses(SyntaxTree tree, TextSpan span) => changes.TryGetValue(tree, out var list) && list.Exists(other => other.Span.Crosses(span));

    private string Documented(string text) => AsksForComments && text.StartsWith("protected override ", StringComparison.Ordinal) ? "/// <inheritdoc/>\n" + text : text;

    private void AddMembers()
    {
        var brace = agent.Declaration.CloseBraceToken;
        var text = agent.Declaration.SyntaxTree.GetText();
        var style = agent.Style;
        var between = agent.Declaration.Members.Count > 0 ? style.NewLine : string.Empty;
        var added = string.Concat(members.Select((member, i) => (i == 0 ? between : style.NewLine) + style.Write(member, style.MemberIndent) + style.NewLine));
        if (SourceStyle.BeginsLine(text, brace.SpanStart))
            Insert(agent.Declaration.SyntaxTree, text.Lines.GetLineFromPosition(brace.SpanStart).Start, added);
        else
            Replace(agent.Declaration.SyntaxTree, SourceStyle.SpacesBefore(text, brace.SpanStart), style.NewLine + added + style.ClassIndent);
        members.Clear();
    }

    // Nothing that a person wrote for persons may get lost: a comment or directive within the span must stand in the new text.
    private static bool LosesTrivia(SyntaxTree tree, TextSpan span, string text) =>
        !span.IsEmpty && tree.GetRoot().DescendantTrivia(span, descendIntoTrivia: false).Any(trivia =>
            span.Contains(trivia.Span)
            && (trivia.IsDirective || IsComment(trivia) || trivia.IsKind(SyntaxKind.DisabledTextTrivia))
            && !trivia.ToString().Contains(OwnComment)
            && !text.Contains(trivia.ToString()));

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
        or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;
}
