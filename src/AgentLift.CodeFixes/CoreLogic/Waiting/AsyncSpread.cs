using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.Core.Facts;
using AgentLift.Core.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentLift.CodeFixes.CoreLogic.Waiting;

/// <summary>
/// The functions that have to become asynchronous so that one place in them can await: from the place up to the call that gives the loop to the runtime.
/// </summary>
/// <param name="code">The agent's code.</param>
/// <param name="loops">The loops that it gives the runtime.</param>
/// <param name="opensAll">Whether the way may also end in a phase of the agent's life that has nothing to wait for yet, and in what answers an endpoint.</param>
internal sealed class AsyncSpread(AgentSyntax code, IReadOnlyList<RuntimeLoop> loops, bool opensAll = false)
{
    private static readonly HashSet<string> PhaseNames = new(StringComparer.Ordinal) { "OnStartingAsync", "OnStartedAsync", "OnDrainingAsync", "OnStoppedAsync" };

    private static readonly HashSet<string> Affine = new(StringComparer.Ordinal) { "CurrentThread", "SetData", "GetData", "Enter", "Exit", "TryEnter", "EnterWriteLock", "EnterReadLock", "EnterUpgradeableReadLock", "ReleaseMutex", "ThreadStatic", "ThreadLocal" };

    /// <summary>Functions on the way, loops at its end, and the calls between them that are awaited.</summary>
    public sealed record Way(HashSet<SyntaxNode> Functions, HashSet<RuntimeLoop> Loops, HashSet<InvocationExpressionSyntax> Calls)
    {
        /// <summary>Phases of the agent's life at its end, which the runtime awaits.</summary>
        public HashSet<MethodDeclarationSyntax> Phases { get; } = [];
    }

    /// <summary>Finds the way from a place to the runtime.</summary>
    /// <param name="place">The place that is to await.</param>
    /// <param name="reason">Why there is none, where there is none.</param>
    public Way? From(SyntaxNode place, out string? reason)
    {
        var way = new Way([], [], []);
        reason = Follow(place, way);
        return reason is null ? way : null;
    }

    private string? Follow(SyntaxNode place, Way way)
    {
        if (AgentSyntax.FunctionAround(place) is not { } function)
            return "an initialiser cannot await";
        if (PlaceObstacle(place, function) is { } here)
            return here;
        if (opensAll && function is MethodDeclarationSyntax phase && IsPhase(phase))
        {
            way.Phases.Add(phase);
            return BodyObstacle(phase);
        }

        if (!way.Functions.Add(function))
            return null;
        if (FunctionObstacle(function) is { } cannot)
            return cannot;
        if (loops.FirstOrDefault(loop => loop.Body == function) is { } own)
        {
            way.Loops.Add(own);
            return null;
        }

        if (IsAsync(function) || (opensAll && function is LambdaExpressionSyntax lambda && EndpointAnswers.Is(code, lambda)))
            return null;
        if (code.SymbolOfFunction(function) is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method)
            return "the code stands in a lambda that is run by others";
        if (method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: not Accessibility.Private })
            return $"others than the agent may call {method.Name}, and would have to await it";
        if (code.TypedCallObstacle(method) is { } typed)
            return typed;
        foreach (var name in code.ReferencesTo(method))
        {
            if (loops.FirstOrDefault(loop => loop.Body == name) is { } loop)
                way.Loops.Add(loop);
            else if (opensAll && EndpointAnswers.Is(code, code.Whole(name)))
                continue;
            else if (AgentSyntax.CallOf(name) is not { } call)
                return $"{method.Name} is handed on as a delegate";
            else if (loops.FirstOrDefault(loop => loop.Body is LambdaExpressionSyntax { ExpressionBody: { } body } && body == call) is { } started)
                way.Loops.Add(started);
            else if (Follow(call, way) is { } above)
                return above;
            else
                way.Calls.Add(call);
        }

        return null;
    }

    private static bool IsPhase(MethodDeclarationSyntax method) => method.Modifiers.Any(SyntaxKind.OverrideKeyword) && PhaseNames.Contains(method.Identifier.ValueText)
        && !IsAsync(method) && AsynchronousMethod.CanAwait(method);

    private string? PlaceObstacle(SyntaxNode place, SyntaxNode function)
    {
        if (ThreadScopes.AreOpenAt(code, place, function))
            return "it stands in a scope that belongs to its thread, within which nothing can be awaited";
        foreach (var node in place.Ancestors().TakeWhile(node => node != function))
        {
            switch (node)
            {
                case LockStatementSyntax:
                    return "it stands in a lock, within which nothing can be awaited";
                case UnsafeStatementSyntax or FixedStatementSyntax:
                    return "it stands in unsafe code, within which nothing can be awaited";
                case CatchFilterClauseSyntax or QueryExpressionSyntax:
                    return "it stands where nothing can be awaited";
            }
        }

        return null;
    }

    /// <summary>The function is asynchronous as it stands.</summary>
    public static bool IsAsync(SyntaxNode function) => function switch
    {
        BaseMethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        AnonymousFunctionExpressionSyntax lambda => lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword),
        _ => false,
    };

    private string? FunctionObstacle(SyntaxNode function)
    {
        if (function is MethodDeclarationSyntax { Modifiers: var modifiers } && (modifiers.Any(SyntaxKind.OverrideKeyword) || modifiers.Any(SyntaxKind.VirtualKeyword) || modifiers.Any(SyntaxKind.PartialKeyword) || modifiers.Any(SyntaxKind.UnsafeKeyword)) && !IsAsync(function))
            return "its signature is fixed by others";
        if (!IsAsync(function) && code.SymbolOfFunction(function) is IMethodSymbol { ReturnType.Name: "Task" or "ValueTask" } && AsyncWriter.ReturnsOf(function).Any(exit => exit.Expression?.ToString() != AsyncWriter.Done))
            return "it returns a task that it did not await";
        if (function is MethodDeclarationSyntax { ExpressionBody: not null, ReturnType: var type } && type.ToString().StartsWith("Task", StringComparison.Ordinal) && !IsAsync(function))
            return "it returns a task that it did not await";
        if (function is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax))
            return "it stands in a member that cannot be asynchronous";
        if (function is MethodDeclarationSyntax { ParameterList: var list } && list.Parameters.Any(parameter => parameter.Modifiers.Count > 0))
            return "a parameter is passed by reference";
        return BodyObstacle(function);
    }

    private string? BodyObstacle(SyntaxNode function)
    {
        foreach (var node in function.DescendantNodes(node => node == function || !AgentSyntax.IsFunction(node)))
        {
            switch (node)
            {
                case YieldStatementSyntax:
                    return "it is an iterator";
                case RefTypeSyntax or StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax:
                    return "it holds references to memory of its stack, which cannot live across an await";
                case GenericNameSyntax { Identifier.ValueText: "Span" or "ReadOnlySpan" }:
                    return "it holds spans, which cannot live across an await";
                case VariableDeclarationSyntax { Type.IsVar: true } declared when code.ModelOf(declared).GetTypeInfo(declared.Type).Type is { IsRefLikeType: true }:
                    return "it holds spans, which cannot live across an await";
                case IdentifierNameSyntax name when Affine.Contains(name.Identifier.ValueText) && IsAffine(name):
                    return $"it uses {name.Identifier.ValueText}, which belongs to its thread";
                case IdentifierNameSyntax name when code.SymbolOf(name) is IMethodSymbol { IsExtern: true } or IFieldSymbol { IsStatic: true } && IsOfThread(name):
                    return $"it uses {name.Identifier.ValueText}, which may belong to its thread";
            }
        }

        return null;
    }

    private bool IsAffine(IdentifierNameSyntax name) => code.SymbolOf(name) is { ContainingType: { Name: "Thread" or "Monitor" or "ReaderWriterLockSlim" or "ReaderWriterLock" or "Mutex" or "SpinLock" } };

    private bool IsOfThread(IdentifierNameSyntax name) => code.SymbolOf(name) switch
    {
        IMethodSymbol => true,
        var field => field!.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ThreadStaticAttribute"),
    };

    /// <summary>Whether code that runs in a loop blocks on anything but a sleep: then it had better keep its thread.</summary>
    public bool Blocks(Way way)
    {
        var facts = code.Agent.Facts;
        var roots = way.Functions.Select(code.SymbolOfFunction).OfType<ISymbol>().Concat(way.Loops.Select(loop => loop.FunctionIn(code)).OfType<SyntaxNode>().Select(code.SymbolOfFunction).OfType<ISymbol>());
        var reached = facts.Graph.Reach(roots);
        return facts.Calls.Any(call => reached.Contains(call.Scope.Function) && LongLoop.IsWait(facts, call.Operation)
            && !(call.Type.Known == KnownType.Thread && call.Operation.TargetMethod.Name is "Sleep")
            && call.Type.Known != KnownType.Task
            && call.Operation.TargetMethod.ReturnType.Name is not ("Task" or "ValueTask"));
    }
}
