using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.Supervision;

/// <summary>What the code does with one thread from its making to its end.</summary>
internal sealed class ThreadLife(TypeSource code)
{
    /// <summary>The statement that makes the thread.</summary>
    public StatementSyntax Statement { get; private set; } = null!;

    /// <summary>The statement that starts it.</summary>
    public StatementSyntax StartStatement { get; private set; } = null!;

    public ISymbol? Holder { get; private set; }

    /// <summary>The list that the thread is added to, which goes with it.</summary>
    public IFieldSymbol? Crew { get; private set; }

    /// <summary>Statements without meaning once the runtime runs the work.</summary>
    public List<SyntaxNode> Dead { get; } = [];

    /// <summary>Reads of <c>IsAlive</c>.</summary>
    public List<ExpressionSyntax> LifeReads { get; } = [];

    /// <summary>Properties that are set, as they are written.</summary>
    public List<(string Name, string Value)> Settings { get; } = [];

    public bool Read(BaseObjectCreationExpressionSyntax creation, out InvocationExpressionSyntax? start, out string? reason)
    {
        start = null;
        reason = null;
        if (creation.Initializer is { } initializer)
        {
            foreach (var setting in initializer.Expressions.OfType<AssignmentExpressionSyntax>())
                Settings.Add((setting.Left.ToString(), setting.Right.ToString()));
        }

        switch (creation.Parent)
        {
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Start", Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax atOnce } call }:
                (Statement, StartStatement, start) = (atOnce, atOnce, call);
                return true;
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax local } } declarator }:
                (Statement, Holder) = (local, code.ModelOf(local).GetDeclaredSymbol(declarator));
                break;
            case AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax assigned } assignment when assignment.Right == creation:
                (Statement, Holder) = (assigned, code.SymbolOf(assignment.Left));
                break;
            case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax { Parent: BlockSyntax } added } } when CrewOf(added) is { } crew:
                Statement = added;
                return (reason = ReadCrew(crew, added, ref start) ?? (start is null ? $"nothing here starts the threads of {crew.Name} one by one" : null)) is null;
            default:
                reason = "the thread is handed on where it is made: put it into a field or variable of its own";
                return false;
        }

        if (Holder is not (ILocalSymbol or IFieldSymbol { DeclaredAccessibility: Accessibility.Private }))
        {
            reason = $"others may use {Holder?.Name ?? "the thread"} too: make it private first";
            return false;
        }

        foreach (var name in code.ReferencesTo(Holder).Where(name => !Statement.Contains(name)))
        {
            if ((reason = ReadUse(name, ref start)) is not null)
                return false;
        }

        if (start is null)
        {
            reason = $"nothing here starts {Holder.Name}: start it where it is made";
            return false;
        }

        return true;
    }

    private string? ReadUse(IdentifierNameSyntax name, ref InvocationExpressionSyntax? start)
    {
        var thread = code.Whole(name);
        var statement = TypeSource.StatementOf(thread);
        if (thread.Parent is ArgumentSyntax && statement is ExpressionStatementSyntax { Parent: BlockSyntax } added && CrewOf(added) is { } crew)
        {
            InvocationExpressionSyntax? none = null;
            return ReadCrew(crew, added, ref none) ?? Bury(added);
        }

        if (thread.Parent is AssignmentExpressionSyntax { Right.RawKind: (int)SyntaxKind.NullLiteralExpression, Parent: ExpressionStatementSyntax } forgotten && forgotten.Left == thread)
            return Bury(statement!);
        if (MemberOf(thread) is not { } member)
            return IsNullCheck(thread) ? BuryGuard(thread) : $"{name.Identifier.ValueText} is used as a value: the runtime has no thread to hand out";
        var use = member.Parent is MemberAccessExpressionSyntax whole && whole.Name == member ? whole : (ExpressionSyntax)member.Parent!;
        switch (member.Identifier.ValueText)
        {
            case "Start" when use.Parent is InvocationExpressionSyntax { Parent: ExpressionStatementSyntax { Parent: BlockSyntax } } call:
                if (start is not null)
                    return $"{name.Identifier.ValueText} is started in several places: start it in one";
                (start, StartStatement) = (call, statement!);
                return null;
            case "Join" when statement is ExpressionStatementSyntax:
                return BuryGuard(thread);
            case "Join":
                return $"what happens depends on whether {name.Identifier.ValueText} ends in time: let StopTimeout of the agent decide it";
            case "IsAlive" when statement is IfStatementSyntax alive && alive.Condition.Contains(thread) && IsJoinOnly(alive):
                return Bury(alive);
            case "IsAlive" when use.Parent is not ConditionalAccessExpressionSyntax && Holder is IFieldSymbol:
                LifeReads.Add(use);
                return null;
            case "Interrupt" or "Abort":
                return $"{name.Identifier.ValueText} is ended by {member.Identifier.ValueText}: let what it waits for end by a signal first";
            case var setting when use.Parent is AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax { Parent: BlockSyntax } } assignment && assignment.Left == use:
                Settings.Add((setting, assignment.Right.ToString()));
                return Bury(statement!);
            default:
                return $"{member.Identifier.ValueText} of {name.Identifier.ValueText} is used, which a loop of the runtime does not have";
        }
    }

    // list.Add(thread), where the list is the agent's own.
    private IFieldSymbol? CrewOf(ExpressionStatementSyntax added) =>
        added.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add", Expression: var list }, ArgumentList.Arguments.Count: 1 }
        && code.SymbolOf(list) is IFieldSymbol { DeclaredAccessibility: Accessibility.Private, Type: INamedTypeSymbol { Name: "List" } } field
            ? field
            : null;

    // A list that only serves to start and to join its threads.
    private string? ReadCrew(IFieldSymbol crew, ExpressionStatementSyntax added, ref InvocationExpressionSyntax? start)
    {
        Crew = crew;
        foreach (var list in code.ReferencesTo(crew).Select(code.Whole).Where(list => !added.Contains(list)))
        {
            var statement = TypeSource.StatementOf(list);
            switch (list.Parent)
            {
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Clear" } when statement is ExpressionStatementSyntax { Parent: BlockSyntax }:
                case ForEachStatementSyntax each when each.Expression == list && IsJoinOnly(each.Statement):
                    if (Bury(statement!) is { } reason)
                        return reason;
                    break;
                case ElementAccessExpressionSyntax { Parent: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Start", Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax } call } } when start is null && statement!.Parent == added.Parent:
                    (start, StartStatement) = (call, statement);
                    break;
                default:
                    return $"{crew.Name} is used for more than to start its threads and to wait for them: let the agent's loops answer what is asked of it";
            }
        }

        return null;
    }

    private static bool IsJoinOnly(StatementSyntax body) =>
        (body is BlockSyntax block ? block.Statements : [body]) is { Count: 1 } only && only[0] is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Join" } } };

    // The name behind the dot, also behind ?.
    private static SimpleNameSyntax? MemberOf(ExpressionSyntax thread) => thread.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Expression == thread => access.Name,
        ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } } => binding.Name,
        ConditionalAccessExpressionSyntax { WhenNotNull: MemberBindingExpressionSyntax binding } => binding.Name,
        _ => null,
    };

    private static bool IsNullCheck(ExpressionSyntax thread) =>
        thread.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression, Right.RawKind: (int)SyntaxKind.NullLiteralExpression } or IsPatternExpressionSyntax
        && TypeSource.StatementOf(thread) is IfStatementSyntax guard && IsJoinOnly(guard);

    // if (_thread != null && _thread.IsAlive) { _thread.Join(1000); }
    private static bool IsJoinOnly(IfStatementSyntax guard) =>
        guard.Else is null
        && guard.Condition.DescendantNodesAndSelf().All(node => node is not (InvocationExpressionSyntax or AssignmentExpressionSyntax))
        && guard.Statement is var body
        && (body is BlockSyntax block ? block.Statements : [body]) is { Count: 1 } only
        && only[0] is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax or ConditionalAccessExpressionSyntax } statement
        && statement.ToString().Contains("Join(");

    private string? BuryGuard(ExpressionSyntax thread)
    {
        var statement = TypeSource.StatementOf(thread)!;
        var outer = statement.Parent is BlockSyntax { Statements.Count: 1, Parent: IfStatementSyntax ofBlock } ? ofBlock : statement.Parent as IfStatementSyntax ?? statement as IfStatementSyntax;
        return Bury(outer is not null && IsJoinOnly(outer) ? outer : statement);
    }

    private string? Bury(StatementSyntax statement)
    {
        if (!PlainCode.IsPlain(statement))
            return "a comment stands within the code that ends the thread: move it first";
        Dead.Add(statement);
        return null;
    }
}
