using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Facts;

/// <summary>Which methods begin and end an agent's work.</summary>
/// <param name="Start">What begins it; <see langword="null"/> where its constructor does, or nothing that can be seen.</param>
/// <param name="Blocks">Whether that method returns only when the work is over.</param>
/// <param name="Ends">What ends it, in the order in which it is called.</param>
internal sealed record LifecycleMap(IMethodSymbol? Start, bool Blocks, ImmutableArray<IMethodSymbol> Ends)
{
    private static readonly string[] StartNames =
        ["Start", "StartAsync", "Run", "RunAsync", "Execute", "ExecuteAsync", "Launch", "Begin", "Open", "Serve", "ServeAsync", "StartUp", "Startup", "Main"];

    private static readonly string[] StopNames = ["Stop", "StopAsync", "Shutdown", "ShutDown", "ShutdownAsync", "Halt", "End", "Close", "Terminate"];

    /// <summary>What will run when the agent has stopped; the end of a loop that is the agent's start is asked for while it still runs.</summary>
    public IEnumerable<IMethodSymbol> StoppedBy => Blocks && Start!.Parameters.IsEmpty ? [] : Ends;

    public static LifecycleMap Of(TypeFacts agent)
    {
        var start = StartOf(agent);
        return new LifecycleMap(start, start is not null && Runs(agent, start), EndsOf(agent));
    }

    /// <summary>Why the methods cannot be mapped; <see langword="null"/> where they can.</summary>
    public string? Obstacle(TypeFacts agent)
    {
        if (Start is null && Entries(agent).FirstOrDefault(entry => entry.Name is not ("StartUp" or "Startup")) is { } only && !IsCalledByConstructor(agent, only))
            return $"{only.Name} runs the agent, and no Start without parameters does: make it Start, and its end Stop";
        foreach (var method in Ends.Concat(Start is null ? [] : [Start]))
        {
            if (ResultObstacle(method) is { } reason)
                return reason;
        }

        if (Start is { Parameters.Length: 1 } && !Blocks && Start.Name != "StartAsync")
            return $"{Start.Name} hands its token on to what it starts: keep a source in the agent and cancel it in Stop first";
        return Ends.FirstOrDefault(end => end.Parameters.Length == 1 && end.Name != "StopAsync") is { } limited ? $"{limited.Name} takes a token that only its callers know" : null;
    }

    private static string? ResultObstacle(IMethodSymbol method) => method switch
    {
        { ReturnsVoid: true, IsAsync: true } => $"{method.Name} is async void, so that nobody can wait for it: make it return a Task first",
        { ReturnsVoid: true } => null,
        { ReturnType: INamedTypeSymbol { Name: "Task" or "ValueTask", IsGenericType: false } } => null,
        _ => $"{method.Name} returns {method.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}",
    };

    private static IMethodSymbol? StartOf(TypeFacts agent)
    {
        foreach (var name in StartNames)
        {
            if (MethodOf(agent, name) is { } method && method.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal)
                return IsCalledByConstructor(agent, method) ? null : method;
        }

        // Under any other name: the one public method that gets the work going.
        var workers = new HashSet<ISymbol>(agent.Background.Select(work => work.Scope.Function), SymbolEqualityComparer.Default);
        var starters = agent.Type.GetMembers().OfType<IMethodSymbol>().Where(method => IsPlain(method) && method is { DeclaredAccessibility: Accessibility.Public, ReturnsVoid: true, Parameters.IsEmpty: true }
            && !StopNames.Contains(method.Name) && method.Name != "Dispose" && agent.Graph.Reach(method).Overlaps(workers)).ToList();
        return starters.Count == 1 && !IsCalledByConstructor(agent, starters[0]) && !Entries(agent).Any() ? starters[0] : null;
    }

    private static ImmutableArray<IMethodSymbol> EndsOf(TypeFacts agent)
    {
        var stop = StopNames.Select(name => MethodOf(agent, name)).OfType<IMethodSymbol>()
            .FirstOrDefault(method => method.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal && (method.Name == "Stop" || method.ReturnsVoid || IsTask(method)));
        var dispose = agent.Type.AllInterfaces.Any(contract => contract.SpecialType == SpecialType.System_IDisposable) ? MethodOf(agent, "Dispose") : null;
        if (stop is null || dispose is null)
            return stop is null ? dispose is null ? [] : [dispose] : [stop];

        // One that calls the other does both.
        if (agent.Graph.Reach(dispose).Contains(stop))
            return [dispose];
        return agent.Graph.Reach(stop).Contains(dispose) ? [stop] : [stop, dispose];
    }

    // The method, or what it calls on its own thread, loops for as long as the agent lives. A Start must say so itself: it may also wait for something.
    private static bool Runs(TypeFacts agent, IMethodSymbol start)
    {
        var functions = start.Name is "Start" or "StartAsync" or "StartUp" or "Startup" or "Begin" or "Open" ? [start] : agent.Graph.Reach(start);
        return agent.Loops.Any(loop => functions.Contains(loop.Scope.Function) && LongLoop.IsLong(agent, loop));
    }

    private static bool IsCalledByConstructor(TypeFacts agent, IMethodSymbol method) =>
        agent.Graph.Reach(agent.Type.InstanceConstructors).Contains(method);

    private static IMethodSymbol? MethodOf(TypeFacts agent, string name)
    {
        var methods = agent.Type.GetMembers(name).OfType<IMethodSymbol>().Where(IsPlain).ToList();
        for (var parent = agent.Type.BaseType; methods.Count == 0 && parent is { SpecialType: SpecialType.None }; parent = parent.BaseType)
            methods.AddRange(parent.GetMembers(name).OfType<IMethodSymbol>().Where(IsPlain));
        return methods.Find(method => method.Parameters.IsEmpty) ?? methods.Find(method => method.Parameters is [{ Type.Name: nameof(CancellationToken) }]);
    }

    private static bool IsPlain(IMethodSymbol method) => method is { IsStatic: false, MethodKind: MethodKind.Ordinary, IsGenericMethod: false, IsAbstract: false };

    private static bool IsTask(IMethodSymbol method) => method.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask", IsGenericType: false };

    private static IEnumerable<IMethodSymbol> Entries(TypeFacts agent) => agent.Type.GetMembers().OfType<IMethodSymbol>().Where(method =>
        method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public } && StartNames.Contains(method.Name));
}
