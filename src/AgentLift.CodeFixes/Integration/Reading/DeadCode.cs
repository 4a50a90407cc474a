using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Facts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Integration.Reading;

/// <summary>
/// Code that goes: statements and members, and with them the private members that nothing else uses. Comments that stand in it are handed out, to be put
/// where its work is done from now on.
/// </summary>
internal sealed class DeadCode(AgentSource source)
{
    // What a stop does to a thing that is no longer there.
    private static readonly string[] Endings = ["Stop", "Close", "Dispose", "Cancel", "Set", "Join", "Wait", "Interrupt"];

    private readonly HashSet<SyntaxNode> nodes = [];
    private readonly List<SyntaxNode> kept = [];

    /// <summary>Why something that must go cannot; <see langword="null"/> where all can.</summary>
    public string? Reason { get; private set; }

    /// <summary>What the new code takes the place of: what stands around it stays.</summary>
    public SyntaxNode? Anchor { get; set; }

    /// <summary>The statements and members that go.</summary>
    public IEnumerable<SyntaxNode> Nodes => nodes;

    public bool Covers(SyntaxNode node) => node.AncestorsAndSelf().Any(nodes.Contains);

    /// <summary>Takes a statement, and the <c>if</c> or <c>try</c> that would be empty without it.</summary>
    public void Add(SyntaxNode node)
    {
        switch (node.Parent)
        {
            case StatementSyntax when node == Anchor:
                nodes.Add(node);
                return;
            case IfStatementSyntax { Else: null } guard when IsPure(guard.Condition):
                Add(guard);
                return;
            case LockStatementSyntax guarded:
                Add(guarded);
                return;
            case BlockSyntax block when IsEmptyWithout(node, block) && Around(block) is { } around && (Anchor is null || !around.Contains(Anchor)):
                nodes.ExceptWith(block.Statements);
                Add(around);
                return;
            case BlockSyntax or SwitchSectionSyntax or TypeDeclarationSyntax:
                nodes.Add(node);
                return;
            default:
                Reason ??= $"'{Short(node)}' stands where nothing can be taken out: put it in a block first";
                return;
        }
    }

    private bool IsEmptyWithout(SyntaxNode node, BlockSyntax block) => block.Statements.All(statement => statement == node || nodes.Contains(statement));

    // What does nothing any more when a block of it is empty.
    private StatementSyntax? Around(BlockSyntax block) => block.Parent switch
    {
        IfStatementSyntax { Else: null } guard when IsPure(guard.Condition) => guard,
        TryStatementSyntax { Finally: null } attempt when attempt.Block == block && source.OnlyTell(attempt.Catches) => attempt,
        LockStatementSyntax guarded => guarded,
        _ => null,
    };

    /// <summary>Says that code within what goes is used elsewhere from now on, with all that it names.</summary>
    public void Keep(IEnumerable<SyntaxNode> copied) => kept.AddRange(copied);

    /// <summary>Adds the private members that only the code that goes has used.</summary>
    public void AddUnused()
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        for (var again = true; again;)
        {
            again = false;
            foreach (var symbol in Mentioned().Where(symbol => !seen.Contains(symbol)).ToList())
            {
                if (!IsUnused(symbol, out var endings))
                    continue;
                seen.Add(symbol);
                again = true;
                foreach (var ending in endings)
                    Add(ending);
                foreach (var part in symbol.DeclaringSyntaxReferences)
                    Add(part.GetSyntax().FirstAncestorOrSelf<MemberDeclarationSyntax>()!);
            }
        }
    }

    /// <summary>Takes a phase of the life that does nothing any more.</summary>
    public void AddEmptyPhases()
    {
        foreach (var method in source.Parts.SelectMany(part => part.Members).OfType<MethodDeclarationSyntax>().Where(method => method.Identifier.ValueText is "OnStoppedAsync" or "OnDrainingAsync" && method.Body is not null).ToList())
        {
            var rest = method.Body!.Statements.Where(statement => !nodes.Contains(statement)).ToList();
            if (rest.Count < method.Body.Statements.Count && rest.OnlyOrNull() is ReturnStatementSyntax { Expression: { } done } && done.ToString() is "ValueTask.CompletedTask" or "default")
                Add(method);
        }
    }

    /// <summary>The comments in the code that goes, in their order: those of its lines, the documentation of its members, and all as they stand there.</summary>
    /// <param name="moved">A part of that code that moves with its comments.</param>
    public (List<string> Lines, List<string> Documentation, string All) Comments((SyntaxTree Tree, TextSpan Span) moved = default)
    {
        var lines = new List<string>();
        var documentation = new List<string>();
        var all = new System.Text.StringBuilder();
        foreach (var run in Runs())
        {
            foreach (var trivia in run.First.SyntaxTree.GetRoot().DescendantTrivia(run.Span).Where(trivia => run.Span.Contains(trivia.Span)))
            {
                if (trivia.IsDirective || trivia.IsKind(SyntaxKind.DisabledTextTrivia))
                    Reason ??= "a directive stands in code that an endpoint takes the place of: take it out first";
                else if (trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineDocumentationCommentTrivia))
                    documentation.Add(trivia.ToFullString().TrimEnd());
                else if ((trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)) && !(trivia.SyntaxTree == moved.Tree && moved.Span.Contains(trivia.Span)))
                    lines.Add(trivia.ToString());
                all.Append(trivia.IsKind(SyntaxKind.WhitespaceTrivia) ? string.Empty : trivia.ToFullString()).Append('\n');
            }
        }

        return (lines, documentation, all.ToString());
    }

    /// <summary>Takes all out of the draft.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="anchor">The node that the new code takes the place of.</param>
    /// <param name="replacement">The new code, with the indentation and line ends of its place.</param>
    /// <param name="moved">Text that stands elsewhere in the draft and holds the comments.</param>
    public void Apply(AgentDraft draft, SyntaxNode anchor, string replacement, string moved)
    {
        foreach (var run in Runs())
        {
            var isPlace = run.Span.Contains(anchor.Span) && run.First.SyntaxTree == anchor.SyntaxTree;
            draft.Replace(run.First.SyntaxTree, run.Span, isPlace ? run.Head + replacement + run.Tail : string.Empty, moved);
        }
    }

    /// <summary>Nothing but names and constants: not to ask it changes nothing.</summary>
    public static bool IsPure(ExpressionSyntax expression) => !expression.DescendantNodesAndSelf().Any(part =>
        part is InvocationExpressionSyntax or AssignmentExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression });

    /// <summary>The same, or a time made of such: <c>TimeSpan.FromSeconds(2)</c>.</summary>
    public static bool IsPureOrTime(ExpressionSyntax expression) => IsPure(expression)
        || (expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: nameof(TimeSpan) } }, ArgumentList.Arguments: var arguments } && arguments.All(argument => IsPure(argument.Expression)));

    private IEnumerable<ISymbol> Mentioned() => nodes.SelectMany(node => node.DescendantNodesAndSelf()).OfType<SimpleNameSyntax>()
        .Select(source.SymbolOf).Where(symbol => symbol is IFieldSymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary }
            && symbol.DeclaredAccessibility == Accessibility.Private
            && SymbolEqualityComparer.Default.Equals(symbol.ContainingType.OriginalDefinition, source.Agent.Type.OriginalDefinition))
        .Distinct(SymbolEqualityComparer.Default)!;

    // What a source generator writes for a log method names the method, and goes with it.
    private static bool IsImplementation(ISymbol symbol, SyntaxNode reference) => symbol is IMethodSymbol { PartialImplementationPart: { } implementation }
        && implementation.DeclaringSyntaxReferences.Any(part => part.SyntaxTree == reference.SyntaxTree) && !HandWritten.Contains(reference.SyntaxTree);

    private bool IsUnused(ISymbol symbol, out List<StatementSyntax> endings)
    {
        endings = [];
        if (symbol.DeclaringSyntaxReferences.Select(part => part.GetSyntax()).Any(part => Covers(part) || !IsAlone(part)))
            return false;
        foreach (var reference in source.ReferencesTo(symbol).Where(reference => !Covers(reference) || kept.Any(copied => copied.Contains(reference))))
        {
            // Its own body, where it calls itself.
            if (symbol.DeclaringSyntaxReferences.Any(part => part.SyntaxTree == reference.SyntaxTree && part.Span.Contains(reference.Span)) || IsImplementation(symbol, reference))
                continue;
            if (symbol is not IFieldSymbol || EndingOf(reference) is not { } ending)
                return false;
            endings.Add(ending);
        }

        return true;
    }

    // One field a declaration; what makes its first value has no effect of its own.
    private static bool IsAlone(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } } field => field.Initializer is null
            || IsPure(field.Initializer.Value)
            || field.Initializer.Value is BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: < 2 } },
        MethodDeclarationSyntax method => method.ExplicitInterfaceSpecifier is null
            && (method.AttributeLists.Count == 0 || method.AttributeLists.ToString().Contains("LoggerMessage")),
        _ => false,
    };

    // _running = true; _accepting?.Join(1000); _cancel.Cancel();
    private ExpressionStatementSyntax? EndingOf(SimpleNameSyntax reference)
    {
        var whole = source.Whole(reference);
        if (whole.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { } statement)
            return null;
        return statement.Expression switch
        {
            AssignmentExpressionSyntax assignment when assignment.Left == whole && IsPure(assignment.Right) => statement,
            AwaitExpressionSyntax { Expression: var task } when task == whole => statement,
            InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 2 } arguments } call when AgentSource.CallIn(call) is ("Write" or "Exchange", _, _) && arguments[0].Expression == whole && IsPure(arguments[1].Expression) => statement,
            var call when AgentSource.CallIn(call) is var (name, receiver, arguments) && receiver == whole && Endings.Contains(name) && arguments.ArgumentList.Arguments.All(argument => IsPureOrTime(argument.Expression)) => statement,
            _ => null,
        };
    }

    // Neighbours that go together leave one gap, not several.
    private IEnumerable<Run> Runs()
    {
        foreach (var siblings in nodes.Where(node => !node.Ancestors().Any(nodes.Contains)).GroupBy(node => node.Parent!))
        {
            var all = siblings.Key.ChildNodes().Where(child => child is StatementSyntax or MemberDeclarationSyntax).ToList();
            for (var first = 0; first < all.Count; first++)
            {
                if (!nodes.Contains(all[first]))
                    continue;
                var last = first;
                while (last + 1 < all.Count && nodes.Contains(all[last + 1]) && !all[last + 1].GetLeadingTrivia().Any(trivia => trivia.IsDirective))
                    last++;
                yield return Run.Of(all[first], all[last], first == 0, last + 1 < all.Count ? all[last + 1] : null);
                first = last;
            }
        }
    }

    private static string Short(SyntaxNode node) => node.ToString() is { Length: > 40 } text ? text.Substring(0, 40) + "..." : node.ToString();

    /// <summary>Neighbours that go, with the lines around them that go with them.</summary>
    /// <param name="First">The first of them.</param>
    /// <param name="Span">The text that goes.</param>
    /// <param name="Head">What must stand before something that takes their place.</param>
    /// <param name="Tail">What must stand behind it.</param>
    private sealed record Run(SyntaxNode First, TextSpan Span, string Head, string Tail)
    {
        public static Run Of(SyntaxNode first, SyntaxNode last, bool isFirst, SyntaxNode? next)
        {
            var text = first.SyntaxTree.GetText();
            var start = first.FullSpan.Start;
            if (first.GetLeadingTrivia().LastOrDefault(trivia => trivia.IsDirective) is { RawKind: not 0 } directive)
                start = directive.FullSpan.End;
            var end = last.FullSpan.End;
            var blank = BlankLines(text, start);
            var gap = next is not null && BlankLines(text, next.FullSpan.Start) > next.FullSpan.Start;

            // One empty line between what stays; none behind an opening brace.
            var head = text.ToString(TextSpan.FromBounds(start, blank));
            var isGap = blank > start;
            if (isGap && !isFirst && next is not null && !gap)
                start = blank;
            if (isFirst && gap && next is not null)
                return new Run(first, TextSpan.FromBounds(start, BlankLines(text, next.FullSpan.Start)), head, text.ToString(TextSpan.FromBounds(next.FullSpan.Start, BlankLines(text, next.FullSpan.Start))));
            return new Run(first, TextSpan.FromBounds(start, end), isGap && start == blank ? string.Empty : head, string.Empty);
        }

        private static int BlankLines(SourceText text, int position)
        {
            var line = text.Lines.GetLineFromPosition(position);
            if (line.Start != position)
                return position;
            while (string.IsNullOrWhiteSpace(line.ToString()) && line.LineNumber + 1 < text.Lines.Count)
            {
                position = line.EndIncludingLineBreak;
                line = text.Lines[line.LineNumber + 1];
            }

            return position;
        }
    }
}
