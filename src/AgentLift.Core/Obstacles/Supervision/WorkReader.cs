using AgentLift.Core.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.Supervision;

/// <summary>Reads the life of a thread or task that the agent starts by hand: its making, its settings, its start, and the waits for its end.</summary>
internal sealed class WorkReader(TypeSource code)
{
    private static readonly HashSet<string> Meaningless = new(StringComparer.Ordinal) { "IsBackground", "Name" };
    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal) { "Priority", "CurrentCulture", "CurrentUICulture" };
    private readonly WorkTargets targets = new(code);

    /// <summary>Why the runtime cannot run the work that a node starts; <see langword="null"/> where nothing in the agent is against it.</summary>
    public string? Obstacle(Evidence evidence, SyntaxNode node) => Read(evidence, node, out var reason) is null ? reason ?? "how it is started cannot be read" : reason;

    /// <param name="evidence">The finding.</param>
    /// <param name="node">What starts the work.</param>
    /// <param name="reason">Why it stays; <see langword="null"/> where nothing in the agent is against it.</param>
    /// <returns>The work; where it cannot be read, <see langword="null"/>.</returns>
    public Work? Read(Evidence evidence, SyntaxNode node, out string? reason)
    {
        var work = ReadWork(evidence, node, out reason);
        reason ??= work switch
        {
            { Target.Method: { IsAsync: true, ReturnsVoid: true } method } => $"{method.Name} is async void: let it return a Task first",
            { Target.Lambda: null } when !PlainCode.IsPlain(work.Statement) => "a comment or directive stands within the statement that starts it: move it first",
            _ => null,
        };
        return work;
    }

    private Work? ReadWork(Evidence evidence, SyntaxNode node, out string? reason)
    {
        reason = TypeSource.FunctionAround(node) is { } around && code.SymbolOfFunction(around) is { IsStatic: true } function && IsStaticAllTheWay(function)
            ? $"{Named(function)} is static, and the loops of an agent belong to an instance: let an instance start the work"
            : null;
        if (reason is not null)
            return null;
        return node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is { } creation && creation.Span == node.Span
            ? ReadThread(evidence, creation, out reason)
            : node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call ? ReadTask(evidence, call, out reason) : null;
    }

    private Work? ReadTask(Evidence evidence, InvocationExpressionSyntax call, out string? reason)
    {
        var arguments = call.ArgumentList.Arguments;
        var method = (IMethodSymbol)code.ModelOf(call).GetSymbolInfo(call).Symbol!;
        var state = method.Parameters.Any(parameter => parameter.Name == "state") ? ArgumentFor(call, method, "state") : null;
        if (arguments.Any(argument => argument.NameColon is not null) || method.Parameters[0].Type.TypeKind != TypeKind.Delegate)
        {
            reason = "its arguments are named or in an unusual order: give them in their order";
            return null;
        }

        if (targets.Read(arguments[0].Expression, state, out reason) is not { } target)
            return null;
        if (Discarded(call) is { } statement)
            return new Work(evidence, statement, target);
        if (call.Parent is not AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax kept } assignment || code.SymbolOf(assignment.Left) is not IFieldSymbol { DeclaredAccessibility: Accessibility.Private } field)
        {
            reason = "its task is used where it is started: await it, or start it in a statement of its own";
            return null;
        }

        var dead = new List<SyntaxNode>();
        foreach (var name in code.ReferencesTo(field).Where(name => !assignment.Left.Contains(name)))
        {
            if (WaitStatement(code.Whole(name)) is not { } wait)
            {
                reason = $"{field.Name} is used for more than to wait for its end: let the agent's loops answer what is asked of it";
                return null;
            }

            dead.Add(wait);
        }

        return new Work(evidence, kept, target) { Holder = field, Dead = dead };
    }

    private Work? ReadThread(Evidence evidence, BaseObjectCreationExpressionSyntax creation, out string? reason)
    {
        var arguments = creation.ArgumentList?.Arguments ?? [];
        if (arguments.Count != 1)
        {
            reason = "the thread has a stack size of its own, which RunOnThread cannot give it";
            return null;
        }

        var life = new ThreadLife(code);
        if (!life.Read(creation, out var start, out reason))
            return null;
        if (targets.Read(arguments[0].Expression, start?.ArgumentList.Arguments.FirstOrDefault()?.Expression, out reason) is not { } target)
            return null;
        var settings = new List<string>();
        foreach (var (name, value) in life.Settings)
        {
            if (Kept.Contains(name))
            {
                if (!value.EndsWith("ThreadPriority.Normal", StringComparison.Ordinal))
                    settings.Add($"Thread.CurrentThread.{name} = {value};");
            }
            else if (!Meaningless.Contains(name))
            {
                reason = $"the thread's {name} is set, which RunOnThread cannot give it";
                return null;
            }
        }

        if (settings.Count > 0 && target.IsAsync)
        {
            reason = "the thread has settings of its own, and what it runs leaves it at the first await: take the settings out, or keep the work on its thread";
            return null;
        }

        // What is made at one place and started at another runs where it is started.
        var statement = life.Statement;
        if (target.Lambda is not null && life.StartStatement.Parent != statement.Parent)
        {
            reason = "the thread is made in one place and started in another: let a method be what it runs";
            return null;
        }

        var anchor = life.StartStatement.Parent == statement.Parent ? statement : life.StartStatement;
        return new Work(evidence, anchor, target)
        {
            Holder = life.Holder,
            Crew = life.Crew,
            Dead = [.. life.Dead.Append(life.StartStatement).Append(statement).Where(node => node != anchor)],
            LifeReads = life.LifeReads,
            Settings = settings,
            ThreadName = life.Settings.Where(setting => setting.Name == "Name").Select(setting => setting.Value).FirstOrDefault(value => value.StartsWith("\"", StringComparison.Ordinal) && !value.Contains('+'))?.Trim('"'),
        };
    }

    private static ExpressionSyntax? ArgumentFor(InvocationExpressionSyntax call, IMethodSymbol method, string parameter)
    {
        var index = method.Parameters.IndexOf(method.Parameters.First(candidate => candidate.Name == parameter));
        return index < call.ArgumentList.Arguments.Count && call.ArgumentList.Arguments[index].Expression is var given && !given.IsKind(SyntaxKind.NullLiteralExpression) ? given : null;
    }

    private static ExpressionStatementSyntax? Discarded(InvocationExpressionSyntax call) => call.Parent switch
    {
        ExpressionStatementSyntax statement => statement,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Parent: ExpressionStatementSyntax statement } => statement,
        _ => null,
    };

    // _task.Wait(2000); _task?.Wait(); await _task; _task.GetAwaiter().GetResult();
    private static ExpressionStatementSyntax? WaitStatement(ExpressionSyntax task)
    {
        var outer = task.Parent;
        while (outer is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait" or "GetAwaiter" or "GetResult" or "ConfigureAwait" } or InvocationExpressionSyntax or ConditionalAccessExpressionSyntax or MemberBindingExpressionSyntax or AwaitExpressionSyntax)
            outer = outer.Parent;
        return outer is ExpressionStatementSyntax { Parent: BlockSyntax } statement && PlainCode.IsPlain(statement)
            && statement.DescendantTokens().Count(token => token.IsKind(SyntaxKind.IdentifierToken)) <= 5
                ? statement
                : null;
    }

    private static bool IsStaticAllTheWay(ISymbol function) => function is IMethodSymbol { MethodKind: not (MethodKind.AnonymousFunction or MethodKind.LocalFunction), IsStatic: true };

    private static string Named(ISymbol symbol) => symbol.Name.Length > 0 ? symbol.Name : "the function";
}
