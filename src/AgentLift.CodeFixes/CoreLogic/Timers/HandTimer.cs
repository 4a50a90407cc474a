using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.CodeFixes.CoreLogic.Supervision;
using AgentLift.Core.Obstacles;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Timers;

/// <summary>A timer that the agent keeps by hand, read from its making to its end.</summary>
internal sealed class HandTimer(AgentSyntax code, Phases phases, BaseObjectCreationExpressionSyntax creation)
{
    public BaseObjectCreationExpressionSyntax Creation => creation;

    public IFieldSymbol Field { get; private set; } = null!;

    /// <summary>What is called each time.</summary>
    public ExpressionSyntax? Callback { get; private set; }

    /// <summary>The wait before the first round, and between two.</summary>
    public ExpressionSyntax? Due { get; private set; }

    public ExpressionSyntax? Period { get; private set; }

    /// <summary>The statement that makes it; <see langword="null"/> for an initialiser.</summary>
    public ExpressionStatementSyntax? Making { get; private set; }

    /// <summary>The statement that sets it going, where that is another than the one that makes it.</summary>
    public ExpressionStatementSyntax? Going { get; private set; }

    public List<ExpressionStatementSyntax> Dead { get; } = [];

    /// <returns>Why it cannot be read; <see langword="null"/> where it can.</returns>
    public string? Read(bool isThreading)
    {
        switch (creation.Parent)
        {
            case AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax { Parent: BlockSyntax } making } assignment when code.SymbolOf(assignment.Left) is IFieldSymbol assigned:
                (Making, Field) = (making, assigned);
                break;
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } when code.ModelOf(declarator).GetDeclaredSymbol(declarator) is IFieldSymbol initialised:
                Field = initialised;
                break;
            default:
                return "the timer is not kept in a field of its own: keep it in one";
        }

        if (Field.DeclaredAccessibility != Accessibility.Private)
            return $"others may use {Field.Name} too: make it private first";
        if (creation.Initializer is { } initializer && initializer.Expressions.OfType<AssignmentExpressionSyntax>().FirstOrDefault(setting => !ReadSetting(setting.Left.ToString(), setting.Right)) is { } odd)
            return $"{odd.Left} of the timer is set, which RunPeriodically does not have";
        if (isThreading)
        {
            Callback = Argument("callback", 0);
            (Due, Period) = (Argument("dueTime", 2), Argument("period", 3));
        }
        else
        {
            Period ??= Argument("interval", 0);
        }

        foreach (var name in code.ReferencesTo(Field).Where(name => Making?.Contains(name) != true))
        {
            if (ReadUse(name, isThreading) is { } reason)
                return reason;
        }

        if (!isThreading)
            Due = Period;
        return Callback is null ? "nothing can be seen that it calls" : Period is null || (Due is null && isThreading) ? "its period cannot be seen" : !isThreading && Going is null ? $"nothing here starts {Field.Name}" : null;
    }

    private string? ReadUse(IdentifierNameSyntax name, bool isThreading)
    {
        var timer = code.Whole(name);
        var statement = AgentSyntax.StatementOf(timer) as ExpressionStatementSyntax;
        var member = timer.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Expression == timer => access.Name.Identifier.ValueText,
            ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } } => binding.Name.Identifier.ValueText,
            AssignmentExpressionSyntax { Right.RawKind: (int)SyntaxKind.NullLiteralExpression } => "null",
            _ => null,
        };
        if (member is null || statement?.Parent is not BlockSyntax || !PlainCode.IsPlain(statement))
            return $"{Field.Name} is used for more than its start and its end: RunPeriodically has no timer to hand out";
        var phase = phases.Of(statement);
        switch (member, statement.Expression)
        {
            case ("Dispose" or "Close" or "Stop" or "null", _) when phase == Phase.Stop:
            case ("Change", InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 2 } last }) when phase == Phase.Stop && IsInfinite(last[0].Expression):
                Dead.Add(statement);
                return null;
            case ("Change", InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 2 } times }) when isThreading && phase == Phase.Start && Going is null && (Due is null || IsInfinite(Due)):
                (Going, Due, Period) = (statement, times[0].Expression, times[1].Expression);
                return null;
            case ("Start", InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 }) when !isThreading && phase == Phase.Start && Going is null:
                Going = statement;
                return null;
            case (_, AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } subscribed) when member == "Elapsed" && phase == Phase.Start && Callback is null:
                Callback = subscribed.Right;
                Dead.Add(statement);
                return null;
            case ("Enabled", AssignmentExpressionSyntax { Right: var on }) when phase == Phase.Start && on.IsKind(SyntaxKind.TrueLiteralExpression) && Going is null:
                Going = statement;
                return null;
            case ("Enabled", AssignmentExpressionSyntax { Right: var off }) when phase == Phase.Stop && off.IsKind(SyntaxKind.FalseLiteralExpression):
                Dead.Add(statement);
                return null;
            case (_, AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } set) when phase == Phase.Start && ReadSetting(member, set.Right):
                Dead.Add(statement);
                return null;
            default:
                return $"{member} of {Field.Name} is used while the agent runs: RunPeriodically has one period for life";
        }
    }

    private bool ReadSetting(string name, ExpressionSyntax value)
    {
        if (name == "Interval")
            Period = value;
        return name == "Interval" || (name == "AutoReset" && value.IsKind(SyntaxKind.TrueLiteralExpression));
    }

    public bool IsInfinite(ExpressionSyntax time) =>
        code.ModelOf(time).GetConstantValue(time) is { HasValue: true, Value: -1 or -1L or uint.MaxValue } || time.ToString() == "Timeout.InfiniteTimeSpan";

    private ExpressionSyntax? Argument(string name, int index)
    {
        var arguments = creation.ArgumentList?.Arguments ?? [];
        return arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == name)?.Expression
            ?? (arguments.Count > index && arguments[index].NameColon is null ? arguments[index].Expression : null);
    }
}
