using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.Integration.Reading;

/// <summary>A function that some code runs: a method of the agent with its arguments, or the code itself.</summary>
/// <param name="Function">The method, local function or lambda that holds the code.</param>
/// <param name="Arguments">What each parameter stands for; <see langword="null"/> where that is given by whoever calls.</param>
/// <param name="Name">The expression that names the method; <see langword="null"/> for a lambda with code of its own.</param>
internal sealed record RunFunction(SyntaxNode Function, IReadOnlyList<(IParameterSymbol Parameter, ExpressionSyntax? Value)> Arguments, SimpleNameSyntax? Name)
{
    public SyntaxNode Body => Function switch
    {
        MethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody!.Expression,
        LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody!.Expression,
        AnonymousFunctionExpressionSyntax lambda => lambda.Body,
        _ => throw new InvalidOperationException(Function.Kind().ToString()),
    };
}

/// <summary>Code that runs on its own from where it is called: on a thread, as a task, a work item or supervised by the agent.</summary>
/// <param name="Runs">What runs.</param>
/// <param name="Holder">The field or local that keeps the thread or task; <see langword="null"/> for none.</param>
/// <param name="Statements">All statements that start it.</param>
internal sealed record BackgroundCall(RunFunction Runs, ISymbol? Holder, IReadOnlyList<StatementSyntax> Statements);

/// <summary>Reads the forms in which code is run in the background.</summary>
internal sealed class BackgroundCalls(AgentSource source)
{
    private static readonly string[] Settings = ["IsBackground", "Name"];
    private static readonly string[] Supervised = ["RunSupervised", "RunOnThread", "RunOnce"];

    /// <summary>What a statement runs in the background, with the statements that belong to it; <see langword="null"/> for anything else.</summary>
    public BackgroundCall? Read(StatementSyntax statement) => statement switch
    {
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment } =>
            assignment.Left is IdentifierNameSyntax { Identifier.ValueText: "_" } && source.SymbolOf(assignment.Left) is null or IDiscardSymbol
                ? Read(assignment.Right, statement, holder: null)
                : Read(assignment.Right, statement, source.SymbolOf(assignment.Left)),
        ExpressionStatementSyntax expression => Read(expression.Expression, statement, holder: null),
        LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration.Variables: { Count: 1 } variables } when variables[0].Initializer is { } initializer =>
            Read(initializer.Value, statement, source.Declared(variables[0])),
        _ => null,
    };

    /// <summary>The function that a delegate runs.</summary>
    /// <param name="code">The delegate.</param>
    /// <param name="state">What is handed to it.</param>
    public RunFunction? FunctionOf(ExpressionSyntax code, ExpressionSyntax? state)
    {
        code = AgentSource.Unwrapped(code);
        if (code is ObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } wrapped } && source.TypeOf(code) is { TypeKind: TypeKind.Delegate })
            return FunctionOf(wrapped[0].Expression, state);
        if (code is AnonymousFunctionExpressionSyntax lambda)
        {
            if (SoleCall(lambda) is { } sole && FunctionCalled(sole) is { } called)
                return called;
            var parameters = source.SymbolOf(lambda) is IMethodSymbol symbol ? symbol.Parameters : [];
            return new RunFunction(lambda, [.. parameters.Select(parameter => (parameter, parameter.Type.Name == nameof(CancellationToken) ? null : state))], null);
        }

        var name = code switch
        {
            SimpleNameSyntax simple => simple,
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name,
            _ => null,
        };
        return name is not null && source.SymbolOf(name) is IMethodSymbol method && DeclarationOf(method) is { } declaration
            ? new RunFunction(declaration, [.. method.Parameters.Select(parameter => (parameter, parameter.Type.Name == nameof(CancellationToken) ? null : state))], name)
            : null;
    }

    /// <summary>The agent's own method that a call runs.</summary>
    public RunFunction? FunctionCalled(ExpressionSyntax expression)
    {
        if (AgentSource.Awaited(expression) is not InvocationExpressionSyntax call)
            return null;
        var name = call.Expression switch
        {
            SimpleNameSyntax simple => simple,
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name,
            _ => null,
        };
        if (name is null || source.SymbolOf(name) is not IMethodSymbol method || DeclarationOf(method) is not { } declaration
            || call.ArgumentList.Arguments.Any(argument => argument.NameColon is not null || argument.RefKindKeyword.RawKind != 0) || call.ArgumentList.Arguments.Count > method.Parameters.Length)
        {
            return null;
        }

        return new RunFunction(declaration, [.. method.Parameters.Select((parameter, i) => (parameter, i < call.ArgumentList.Arguments.Count ? call.ArgumentList.Arguments[i].Expression : null))], name);
    }

    private BackgroundCall? Read(ExpressionSyntax expression, StatementSyntax statement, ISymbol? holder)
    {
        expression = AgentSource.Unwrapped(expression);
        if (expression is BaseObjectCreationExpressionSyntax thread && source.IsType(thread, "System.Threading.Thread"))
            return holder is null ? null : OfThread(thread, statement, holder);
        if (AgentSource.CallIn(expression) is not var (name, receiver, call))
            return null;
        if (name == "Start" && receiver is not null && AgentSource.Unwrapped(receiver) is BaseObjectCreationExpressionSyntax started && source.IsType(started, "System.Threading.Thread"))
        {
            return AreSettings(started.Initializer) && FunctionOf(started.ArgumentList!.Arguments[0].Expression, StateOf(call)) is { } runs
                ? new BackgroundCall(runs, null, [statement])
                : null;
        }

        var type = (source.SymbolOf(call) as IMethodSymbol)?.ContainingType.ToDisplayString();
        var arguments = call.ArgumentList.Arguments;
        var target = (type, name) switch
        {
            ("System.Threading.ThreadPool", "QueueUserWorkItem" or "UnsafeQueueUserWorkItem") => FunctionOf(arguments[0].Expression, arguments.Count > 1 ? arguments[1].Expression : null),
            ("System.Threading.Tasks.Task", "Run") => FunctionOf(arguments[0].Expression, null),
            ("System.Threading.Tasks.TaskFactory", "StartNew") => FunctionOf(arguments[0].Expression, arguments.Count > 1 && source.TypeOf(arguments[1].Expression) is { IsValueType: false } ? arguments[1].Expression : null),
            ("AgentLift.Runtime.BaseAgent", _) when Supervised.Contains(name) && arguments.Count > 1 => FunctionOf(arguments[1].Expression, null),
            _ => null,
        };
        if (target is not null)
            return new BackgroundCall(target, holder, [statement]);

        // An asynchronous method that nobody awaits.
        return expression is not AwaitExpressionSyntax && FunctionCalled(expression) is { Function: MethodDeclarationSyntax own } method && own.Modifiers.Any(SyntaxKind.AsyncKeyword)
            ? new BackgroundCall(method, holder, [statement])
            : null;
    }

    // var thread = new Thread(Loop); thread.IsBackground = true; thread.Start();
    private BackgroundCall? OfThread(BaseObjectCreationExpressionSyntax thread, StatementSyntax statement, ISymbol holder)
    {
        if (!AreSettings(thread.Initializer) || thread.ArgumentList is not { Arguments.Count: 1 } || statement.Parent is not BlockSyntax block)
            return null;
        var statements = new List<StatementSyntax> { statement };
        ExpressionSyntax? state = null;
        var starts = 0;
        foreach (var name in block.Statements.SelectMany(other => other.DescendantNodes()).OfType<SimpleNameSyntax>().Where(name => SymbolEqualityComparer.Default.Equals(source.SymbolOf(name), holder)))
        {
            var whole = source.Whole(name);
            var user = whole.FirstAncestorOrSelf<StatementSyntax>()!;
            if (user == statement)
                continue;
            switch (user)
            {
                case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax access } } when access.Expression == whole && Settings.Contains(access.Name.Identifier.ValueText):
                    statements.Add(user);
                    break;
                case ExpressionStatementSyntax expression when AgentSource.CallIn(expression.Expression) is ("Start", { } receiver, { } call) && receiver == whole && user.Parent == block:
                    state = StateOf(call);
                    statements.Add(user);
                    starts++;
                    break;
                default:
                    return null;
            }
        }

        return starts == 1 && FunctionOf(thread.ArgumentList.Arguments[0].Expression, state) is { } runs ? new BackgroundCall(runs, holder, statements) : null;
    }

    private static ExpressionSyntax? StateOf(InvocationExpressionSyntax call) => call.ArgumentList.Arguments.Count == 1 ? call.ArgumentList.Arguments[0].Expression : null;

    private static bool AreSettings(InitializerExpressionSyntax? initializer) => initializer is null || initializer.Expressions.All(expression =>
        expression is AssignmentExpressionSyntax { Left: SimpleNameSyntax name } && Settings.Contains(name.Identifier.ValueText));

    // () => Serve(client), _ => { Serve(client); }, stop => { using var closing = stop.Register(client.Close); Serve(client); }
    private static ExpressionSyntax? SoleCall(AnonymousFunctionExpressionSyntax lambda)
    {
        if (lambda.ExpressionBody is { } body)
            return body;
        var statements = lambda.Block!.Statements.Where(statement => !IsRegistration(statement)).ToList();
        return statements.OnlyOrNull() switch
        {
            ExpressionStatementSyntax only => only.Expression,
            ReturnStatementSyntax { Expression: { } value } => value,
            _ => null,
        };
    }

    /// <summary>A statement that closes a connection when its work is to stop.</summary>
    public static bool IsRegistration(StatementSyntax statement) => statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, Declaration.Variables: { Count: 1 } variables }
        && variables[0].Initializer is { } initializer && AgentSource.CallIn(initializer.Value) is ("Register", _, { ArgumentList.Arguments: { Count: 1 } given })
        && given[0].Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Close" or "Dispose" };

    private SyntaxNode? DeclarationOf(IMethodSymbol method) => method.MethodKind == MethodKind.LocalFunction
        ? method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax()
        : source.BodyOf(method);
}
