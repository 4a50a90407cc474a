using AgentLift.CodeFixes.CoreLogic.Reading;
using AgentLift.Core.Facts;
using AgentLift.Core.Knowledge;
using AgentLift.Core.Obstacles;
using AgentLift.Core.Obstacles.Supervision;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentLift.CodeFixes.CoreLogic.Supervision;

/// <summary>
/// What loops wait for without a limit. The runtime asks loops to end before the agent's own stop code runs, so that what wakes them must come with the
/// token: a socket is handed to the agent, which closes it, and any other signal that Stop gives is given when the token is cancelled.
/// </summary>
internal sealed class Waits(AgentSyntax code, TokenFlow tokens, Phases phases)
{
    private static readonly HashSet<string> Signals = new(StringComparer.Ordinal) { "Set", "CompleteAdding", "Close", "Stop", "Dispose", "Abort" };

    /// <summary>Sockets that the agent is to own.</summary>
    public HashSet<ISymbol> Owned { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Statements of Stop whose effect has to come with the token, and the functions that wait for it.</summary>
    public Dictionary<ExpressionStatementSyntax, HashSet<SyntaxNode>> Wakes { get; } = [];

    /// <summary>Reads the waits of a piece of work.</summary>
    /// <returns>Why it cannot be ended; <see langword="null"/> where it can.</returns>
    public string? Read(Work work)
    {
        var facts = code.Agent.Facts;
        ISymbol? root = work.Target.Lambda is { } lambda ? code.SymbolOfFunction(lambda) : work.Target.Method;
        if (root is null || work.IsOnce && work.Target.Connection is not null)
            return null;
        var reached = facts.Graph.Reach(root);
        foreach (var call in facts.Calls.Where(call => IsReached(call.Scope, reached)))
        {
            if (!IsUnlimited(facts, call.Operation))
                continue;
            var awaited = SocketUse.Receiver(call.Operation);
            var name = call.Operation.TargetMethod.Name;
            if (awaited is IFieldSymbol or IPropertySymbol && OwnedSockets.CanOwn(code, phases, awaited))
                Owned.Add(awaited);
            else if (awaited is ILocalSymbol or IParameterSymbol && !MakesIt(awaited))
                continue;
            else if (awaited is not null && WakeOf(awaited) is { } wake && HolderAround(call.Operation.Syntax) is { } function)
                (Wakes.TryGetValue(wake, out var functions) ? functions : Wakes[wake] = []).Add(function);
            else if (call.Operation.TargetMethod is { ContainingType.Name: "Monitor" })
                return "it waits on a monitor without a limit, and no stop wakes it: wait with a time limit, or pulse on the token";
            else
                return $"{(awaited is null ? name : awaited.Name + "." + name)} waits without a limit, and nothing in the agent's stop ends it: let it end by the token first";
        }

        return null;
    }

    // A connection that the loop was given or has accepted ends with its peer, as before.
    private bool MakesIt(ISymbol local) => code.Agent.Facts.Creations.Any(creation => SocketUse.Same(creation.Operation.StoredIn(), local));

    private static bool IsReached(Scope? scope, HashSet<ISymbol> reached)
    {
        for (; scope is not null; scope = scope.Outer)
        {
            if (reached.Contains(scope.Function))
                return true;
        }

        return false;
    }

    private static bool IsUnlimited(TypeFacts facts, IInvocationOperation call)
    {
        var name = call.TargetMethod.Name;
        if (call.Arguments.Any(argument => argument.ArgumentKind == ArgumentKind.Explicit && argument.Parameter?.Type is { Name: "CancellationToken" or "TimeSpan" } || argument.Parameter?.Name is "millisecondsTimeout" or "timeout"))
            return false;
        return facts.Knowledge.Known(call.TargetMethod.ContainingType) switch
        {
            KnownType.Monitor => name == "Wait",
            KnownType.WaitHandle => name is "WaitOne" or "WaitAll" or "WaitAny",
            KnownType.ManualResetEventSlim or KnownType.SemaphoreSlim => name is "Wait" or "WaitAsync",
            KnownType.BlockingCollection => name is "Take" or "GetConsumingEnumerable",
            KnownType.PeriodicTimer => name == "WaitForNextTickAsync",
            KnownType.TcpListener or KnownType.HttpListener => name.StartsWith("Accept", StringComparison.Ordinal) || name.StartsWith("GetContext", StringComparison.Ordinal),
            KnownType.Socket or KnownType.UdpClient => name.StartsWith("Accept", StringComparison.Ordinal) || name.StartsWith("Receive", StringComparison.Ordinal),
            KnownType.NetMqSocket => name.StartsWith("Receive", StringComparison.Ordinal),
            _ => false,
        };
    }

    private ExpressionStatementSyntax? WakeOf(ISymbol awaited)
    {
        foreach (var name in code.ReferencesTo(awaited))
        {
            var whole = code.Whole(name);
            var call = whole.Parent switch
            {
                MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } invocation } access when access.Expression == whole && Signals.Contains(access.Name.Identifier.ValueText) => (SyntaxNode)invocation,
                ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberBindingExpressionSyntax binding } } conditional when Signals.Contains(binding.Name.Identifier.ValueText) => conditional,
                _ => null,
            };
            if (call?.Parent is ExpressionStatementSyntax { Parent: BlockSyntax } statement && phases.Of(whole) == Phase.Stop && PlainCode.IsPlain(statement))
                return statement;
        }

        return null;
    }

    private SyntaxNode? HolderAround(SyntaxNode node)
    {
        for (var function = AgentSyntax.FunctionAround(node); function is not null; function = AgentSyntax.FunctionAround(function))
        {
            if (tokens.Of(function) is not null)
                return BodyOf(function) is not null ? function : null;
        }

        return null;
    }

    public static BlockSyntax? BodyOf(SyntaxNode function) => function switch
    {
        BaseMethodDeclarationSyntax method => method.Body,
        LocalFunctionStatementSyntax local => local.Body,
        AnonymousFunctionExpressionSyntax lambda => lambda.Block,
        _ => null,
    };
}
