using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.Core.Facts;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Obstacles;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.CodeFixes.CoreLogic.Supervision;

/// <summary>
/// The flags that end the agent's loops. One that is only set while the agent starts and stops says what the token says: its reads in loops become the
/// token's, and it goes where nothing else reads it. Any other flag stays, and the token is asked beside it.
/// </summary>
internal sealed class StopFlags(AgentSyntax code, TokenFlow tokens, Phases phases, StatementRemovals removals, Func<ISymbol, bool> isUsedOutside)
{
    /// <summary>Reads that become the token's, with what they become.</summary>
    public Dictionary<ExpressionSyntax, string> Reads { get; } = [];

    /// <summary>Fields that nothing reads any more.</summary>
    public List<ISymbol> Gone { get; } = [];

    /// <summary>Flags and sources of tokens that some loop asks.</summary>
    public static IEnumerable<ISymbol> Candidates(AgentSyntax code)
    {
        var facts = code.Agent.Facts;
        var conditions = facts.Loops.Where(loop => !loop.Scope.InLock).SelectMany(loop => LongLoop.ExitGuards(facts, loop.Operation)
            .Where(guard => !guard.Syntax.Ancestors().TakeWhile(node => node != loop.Operation.Syntax).OfType<LockStatementSyntax>().Any())
            .Select(guard => guard.Condition)
            .Append(LongLoop.ConditionOf(loop.Operation))).OfType<IOperation>();
        var sources = facts.PropertyReads.Where(read => read.Operation.Property is { Name: "Token", ContainingType.Name: nameof(CancellationTokenSource) }).Select(read => read.Operation.Instance).OfType<IOperation>();
        return conditions.SelectMany(condition => condition.DescendantsAndSelf()).Concat(sources).OfType<IMemberReferenceOperation>()
            .Where(reference => reference.Member is IFieldSymbol { IsConst: false } or IPropertySymbol
                && (reference.Type?.SpecialType == SpecialType.System_Boolean || reference.Type?.Name == nameof(CancellationTokenSource))
                && SymbolEqualityComparer.Default.Equals(reference.Member.ContainingType?.OriginalDefinition, code.Agent.Type.OriginalDefinition))
            .Select(reference => (ISymbol)reference.Member.OriginalDefinition)
            .Distinct(SymbolEqualityComparer.Default).OfType<ISymbol>()
            .OrderBy(flag => flag.Name, StringComparer.Ordinal);
    }

    public void Read()
    {
        foreach (var flag in Candidates(code).Where(flag => code.ReferencesTo(flag).Any(name => tokens.At(name) is not null)))
        {
            if (flag is IFieldSymbol { Type.Name: nameof(CancellationTokenSource) } source)
                ReadSource(source);
            else
                ReadFlag(flag);
        }
    }

    private void ReadFlag(ISymbol flag)
    {
        var uses = code.ReferencesTo(flag).Select(name => Use.Of(code.Whole(name))).ToList();
        var writes = uses.Where(use => use.IsWrite).ToList();
        var initial = InitialOf(flag);
        if (flag is IPropertySymbol && !code.Agent.Type.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, flag)))
            return;
        if (isUsedOutside(flag) && !(flag is IPropertySymbol { SetMethod: null or { DeclaredAccessibility: Accessibility.Private } }))
            return;

        // What stops the loops is what a stop writes; a flag that nothing writes on the way down stops nothing.
        var stopValues = writes.Where(write => phases.Of(write.Whole) == Phase.Stop).Select(write => ConstantOf(write.Value)).Distinct().ToList();
        var stopValue = stopValues.Count switch
        {
            0 => !(writes.Select(write => ConstantOf(write.Value)).FirstOrDefault() ?? initial),
            1 => stopValues[0],
            _ => null,
        };
        if (stopValue is not { } stops || writes.FirstOrDefault(write => !Fits(write, stops)) is not null)
        {
            return;
        }

        var guards = new List<SyntaxNode>();
        var others = new List<Use>();
        var reads = new List<(ExpressionSyntax Place, string Text)>();
        foreach (var use in uses.Where(use => !use.IsWrite && !removals.Covers(use.Whole)))
        {
            if (tokens.At(use.Whole) is { } token && Replacement(use.Whole, stops, token) is { } read)
                reads.Add(read);
            else if (GuardOf(use.Whole) is { } guard)
                guards.Add(guard);
            else
                others.Add(use);
        }

        foreach (var (place, text) in reads)
            Reads[place] = text;
        var statements = writes.Select(write => AgentSyntax.StatementOf(write.Whole)).ToList();
        if (others.Count > 0 || flag is not IFieldSymbol || isUsedOutside(flag) || statements.Any(statement => statement is not ExpressionStatementSyntax { Parent: BlockSyntax } && !Holds(statement)))
            return;
        foreach (var node in statements.OfType<SyntaxNode>().Concat(guards).Where(node => !removals.Covers(node)))
            removals.Add(node);
        Gone.Add(flag);

        bool Fits(Use write, bool value) => phases.Of(write.Whole) switch
        {
            Phase.Start => ConstantOf(write.Value) == !value,
            Phase.Stop => ConstantOf(write.Value) == value,
            _ => false,
        };

        bool Holds(SyntaxNode? statement) => statement is not null && removals.Covers(statement);
    }

    // A source that is made with the agent, cancelled by its stop and asked in its loops is the agent's token by hand.
    private void ReadSource(IFieldSymbol source)
    {
        var reads = new List<(ExpressionSyntax Place, string Text)>();
        var statements = new List<SyntaxNode>();
        foreach (var name in code.ReferencesTo(source))
        {
            var whole = code.Whole(name);
            if (removals.Covers(whole))
                continue;
            var member = (whole.Parent as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText ?? ((whole.Parent as ConditionalAccessExpressionSyntax)?.WhenNotNull as InvocationExpressionSyntax)?.Expression.ToString().TrimStart('.');
            if (member == "Token" && tokens.At(whole) is { } own && whole.Parent?.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax, Declaration.Variables.Count: 1 } copy } local }
                && PlainCode.IsPlain(copy) && code.ModelOf(local).GetDeclaredSymbol(local) is { } held)
            {
                statements.Add(copy);
                reads.AddRange(code.ReferencesTo(held).Select(use => ((ExpressionSyntax)use, own)));
            }
            else if (member is "Token" or "IsCancellationRequested" && tokens.At(whole) is { } token)
                reads.Add(((ExpressionSyntax)whole.Parent!, member == "Token" ? token : token + ".IsCancellationRequested"));
            else if (member is "Cancel" or "Dispose" && phases.Of(whole) == Phase.Stop && AgentSyntax.StatementOf(whole) is ExpressionStatementSyntax { Parent: BlockSyntax } statement && PlainCode.IsPlain(statement))
                statements.Add(statement);
            else
                return;
        }

        if (isUsedOutside(source) || source.DeclaringSyntaxReferences[0].GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 } } })
            return;
        foreach (var (place, text) in reads)
            Reads[place] = text;
        foreach (var statement in statements)
            removals.Add(statement);
        Gone.Add(source);
    }

    // if (_running) return; as a phase of the life begins: the runtime starts and stops an agent once.
    private IfStatementSyntax? GuardOf(ExpressionSyntax read)
    {
        var condition = read.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not ? not : read;
        return condition.Parent is IfStatementSyntax { Else: null, Parent: BlockSyntax { Parent: MethodDeclarationSyntax } body } guard
            && guard.Condition == condition
            && body.Statements.IndexOf(guard) is 0
            && (guard.Statement is BlockSyntax block ? block.Statements : [guard.Statement]) is { Count: 1 } only
            && only[0] is ReturnStatementSyntax
            && PlainCode.IsPlain(guard)
            && phases.Of(guard) != Phase.Any
                ? guard
                : null;
    }

    private bool? InitialOf(ISymbol flag) => flag.DeclaringSyntaxReferences[0].GetSyntax() switch
    {
        VariableDeclaratorSyntax { Initializer.Value: { } value } => ConstantOf(value),
        PropertyDeclarationSyntax { Initializer.Value: { } value } => ConstantOf(value),
        _ => false,
    };

    private bool? ConstantOf(ExpressionSyntax? value) => value is not null && code.ModelOf(value).GetConstantValue(value) is { HasValue: true, Value: bool constant } ? constant : null;

    private static (ExpressionSyntax Place, string Text)? Replacement(ExpressionSyntax read, bool stopValue, string token)
    {
        var (place, negated) = read.Parent switch
        {
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not => (not, true),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Right: LiteralExpressionSyntax literal } same when same.Left == read => (same, literal.IsKind(SyntaxKind.FalseLiteralExpression)),
            IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression: LiteralExpressionSyntax literal } } pattern => (pattern, literal.IsKind(SyntaxKind.FalseLiteralExpression)),
            MemberAccessExpressionSyntax => (null, false),
            _ => ((ExpressionSyntax?)read, false),
        };
        if (place is null)
            return null;
        var asksStopped = stopValue != negated;
        return (place, (asksStopped ? string.Empty : "!") + token + ".IsCancellationRequested");
    }

    /// <summary>One place that reads or writes a flag.</summary>
    private sealed record Use(ExpressionSyntax Whole, bool IsWrite, ExpressionSyntax? Value)
    {
        public static Use Of(ExpressionSyntax flag) => flag.Parent switch
        {
            AssignmentExpressionSyntax assignment when assignment.Left == flag => new(assignment, true, assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) ? assignment.Right : null),
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Volatile" }, Name.Identifier.ValueText: "Read" } } read } => new(read, false, null),
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Volatile" }, Name.Identifier.ValueText: "Write" } } write } => new(write, true, write.ArgumentList.Arguments[1].Expression),
            ArgumentSyntax { RefKindKeyword.RawKind: not 0 } argument => new(argument.Expression, true, null),
            MemberAccessExpressionSyntax other when other.Name == flag => new(other, other.Parent is AssignmentExpressionSyntax, null),
            _ => new(flag, false, null),
        };
    }
}
