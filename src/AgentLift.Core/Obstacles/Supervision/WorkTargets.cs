using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.Core.Obstacles.Supervision;

/// <summary>Reads what the delegate of a thread, task or work item runs.</summary>
internal sealed class WorkTargets(TypeSource code)
{
    private static readonly string[] Closings = ["Close", "Dispose"];

    /// <param name="body">The delegate.</param>
    /// <param name="state">What is handed to it; <see langword="null"/> for nothing.</param>
    /// <param name="reason">Why it cannot be read, where it cannot.</param>
    public WorkTarget? Read(ExpressionSyntax body, ExpressionSyntax? state, out string? reason)
    {
        body = Unwrapped(body);
        if (state is not null && !IsSteady(state))
        {
            reason = $"{state} may be another by the time that the work begins: put it into a variable of its own first";
            return null;
        }

        reason = null;
        if (body is AnonymousFunctionExpressionSyntax lambda)
            return OfLambda(lambda, state, out reason);
        if (code.ModelOf(body).GetSymbolInfo(body).Symbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method)
        {
            reason = $"what {body} runs cannot be seen here: name the method that runs";
            return null;
        }

        var receiver = body is MemberAccessExpressionSyntax { Expression: not ThisExpressionSyntax } access ? access.Expression : null;
        IReadOnlyList<string> arguments = method.Parameters.Length == 0 ? [] : [state?.ToString() ?? "null"];
        return Finish(method, receiver, arguments, state is null ? [] : [state], out reason);
    }

    /// <summary>What a plain call of one of the agent's own methods runs.</summary>
    public WorkTarget OfCall(InvocationExpressionSyntax call, IMethodSymbol method) =>
        Finish(method, null, [.. call.ArgumentList.Arguments.Select(argument => argument.ToString())], [.. call.ArgumentList.Arguments.Select(argument => argument.Expression)], out _)!;

    private WorkTarget? OfLambda(AnonymousFunctionExpressionSyntax lambda, ExpressionSyntax? state, out string? reason)
    {
        reason = null;
        var parameter = ParameterOf(lambda);
        var isUsed = parameter is not null && TypeSource.Mentions(lambda.Body, parameter.Identifier.ValueText);
        if (SoleCall(lambda) is { } call && PlainCode.IsPlain(lambda)
            && code.ModelOf(call).GetSymbolInfo(call).Symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction, IsExtensionMethod: false } method
            && (code.IsOwn(method) || method.MethodKind == MethodKind.LocalFunction)
            && call.Expression is SimpleNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
            && (!isUsed || state is not null))
        {
            var arguments = call.ArgumentList.Arguments.Select(argument => isUsed ? With(argument, parameter!.Identifier.ValueText, state!) : argument.ToString());
            return Finish(method, null, [.. arguments], [.. call.ArgumentList.Arguments.Select(argument => argument.Expression), .. state is null ? [] : new[] { state }], out reason);
        }

        if (isUsed)
        {
            reason = "the lambda uses the state that it is given: let it use the variable itself";
            return null;
        }

        var type = code.ModelOf(lambda).GetSymbolInfo(lambda).Symbol as IMethodSymbol;
        var returns = lambda.ExpressionBody is not null || lambda.DescendantNodes(node => node == lambda || !TypeSource.IsFunction(node)).OfType<ReturnStatementSyntax>().Any(exit => exit.Expression is not null);
        if (type is { ReturnsVoid: false } && returns && (type.ReturnType.Name != "Task" || (type.IsAsync && type.ReturnType is INamedTypeSymbol { IsGenericType: true })))
        {
            reason = "the lambda returns a value that nobody takes: let it return nothing";
            return null;
        }

        var captured = code.ModelOf(lambda).AnalyzeDataFlow(lambda)?.Captured.Where(symbol => symbol is ILocalSymbol or IParameterSymbol { IsThis: false }) ?? [];
        return new WorkTarget(null, lambda)
        {
            // A lambda that never ends fits any delegate, and the compiler takes the one that returns a task.
            IsAsync = type is { IsAsync: true } || (returns && type is { ReturnType.Name: "Task" }),
            Connection = captured.FirstOrDefault(symbol => IsConnection(TypeOf(symbol)))?.Name is { } name && !Accepts(lambda) ? name + "." + "Close" : null,
        };
    }

    private WorkTarget? Finish(IMethodSymbol method, ExpressionSyntax? receiver, IReadOnlyList<string> arguments, IReadOnlyList<ExpressionSyntax> values, out string? reason)
    {
        reason = null;
        var definition = method.OriginalDefinition;
        var isAsync = definition.ReturnType.Name == "Task" && !definition.ReturnsVoid;
        if (definition.ReturnType.Name == "ValueTask")
        {
            reason = $"{method.Name} returns a ValueTask: let it return a Task";
            return null;
        }

        var owner = receiver is null || code.ModelOf(receiver).GetSymbolInfo(receiver).Symbol is INamedTypeSymbol ? null : receiver;
        return new WorkTarget(definition, null)
        {
            Receiver = receiver is null ? string.Empty : receiver + ".",
            Arguments = arguments,
            IsAsync = isAsync || (definition.IsAsync && definition.ReturnsVoid),
            Connection = values.Select(value => (value, code.ModelOf(value).GetTypeInfo(value).Type)).Where(value => value.value is IdentifierNameSyntax && IsConnection(value.Type)).Select(value => value.value + ".Close").FirstOrDefault()
                ?? (owner is not null && ClosingOf(code.ModelOf(owner).GetTypeInfo(owner).Type) is { } closing ? $"{owner}.{closing}" : null),
        };
    }

    // The lambda of the runtime reads the value later than the old call did.
    public bool IsSteady(ExpressionSyntax state)
    {
        if (state is LiteralExpressionSyntax or ThisExpressionSyntax || code.ModelOf(state).GetConstantValue(state).HasValue)
            return true;
        if (state is not IdentifierNameSyntax || code.ModelOf(state).GetSymbolInfo(state).Symbol is not { } symbol)
            return false;
        if (symbol is IParameterSymbol { RefKind: RefKind.None })
            return true;
        if (symbol is not ILocalSymbol { RefKind: RefKind.None } || symbol.DeclaringSyntaxReferences[0].GetSyntax() is not { } declaration || declaration.Parent?.Parent is ForStatementSyntax)
            return false;
        var loop = state.Ancestors().TakeWhile(node => !TypeSource.IsFunction(node)).FirstOrDefault(node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax);
        return loop is null || loop.Span.Contains(declaration.Span);
    }

    private static string? ClosingOf(ITypeSymbol? type) => Closings.FirstOrDefault(name => type?.GetMembers(name).OfType<IMethodSymbol>().Any(method => method is { IsStatic: false, ReturnsVoid: true, Parameters.IsEmpty: true }) == true);

    // A closed connection ends whatever waits for it, and the platform allows to close one twice.
    private static bool IsConnection(ITypeSymbol? type) => type is { Name: "TcpClient" or "Socket" or "NetworkStream" or "SslStream" } && type.ContainingNamespace.ToDisplayString().StartsWith("System.Net", StringComparison.Ordinal);

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol is ILocalSymbol local ? local.Type : (symbol as IParameterSymbol)?.Type;

    private static bool Accepts(SyntaxNode lambda) => lambda.DescendantNodes().OfType<WhileStatementSyntax>().Any() && lambda.ToString().Contains("Accept");

    private static ParameterSyntax? ParameterOf(AnonymousFunctionExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax simple => simple.Parameter,
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: 1 } parameters } => parameters[0],
        AnonymousMethodExpressionSyntax { ParameterList.Parameters: { Count: 1 } parameters } => parameters[0],
        _ => null,
    };

    // () => M(), () => { M(); }, async () => await M()
    private static InvocationExpressionSyntax? SoleCall(AnonymousFunctionExpressionSyntax lambda)
    {
        var expression = lambda.ExpressionBody ?? (lambda.Block is { Statements: { Count: 1 } statements } && statements[0] is ExpressionStatementSyntax only ? only.Expression : null);
        return expression switch
        {
            InvocationExpressionSyntax call when lambda.AsyncKeyword.IsKind(SyntaxKind.None) => call,
            AwaitExpressionSyntax { Expression: InvocationExpressionSyntax call } when lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword) => call,
            _ => null,
        };
    }

    /// <summary>The argument with the state in place of the parameter, and without a cast that the state does not need.</summary>
    private string With(ArgumentSyntax argument, string parameter, ExpressionSyntax state)
    {
        var type = code.ModelOf(state).GetTypeInfo(state).Type;
        if (argument.Expression is CastExpressionSyntax { Expression: IdentifierNameSyntax cast } whole && cast.Identifier.ValueText == parameter
            && SymbolEqualityComparer.Default.Equals(code.ModelOf(whole).GetTypeInfo(whole.Type).Type, type))
        {
            return state.ToString();
        }

        return argument.ReplaceNodes(
            argument.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == parameter),
            (name, _) => state.WithTriviaFrom(name)).ToString();
    }

    private static ExpressionSyntax Unwrapped(ExpressionSyntax body) => body switch
    {
        ParenthesizedExpressionSyntax parentheses => Unwrapped(parentheses.Expression),
        CastExpressionSyntax cast => Unwrapped(cast.Expression),
        ObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } => Unwrapped(arguments[0].Expression),
        _ => body,
    };
}
