using Microsoft.CodeAnalysis;

namespace AgentLift.Core.Facts;

/// <summary>Which functions of a type call which others directly, on the same thread. Lambdas belong to whoever runs them.</summary>
internal sealed class CallGraph
{
    private readonly Dictionary<ISymbol, HashSet<ISymbol>> callees = new(SymbolEqualityComparer.Default);

    public CallGraph(TypeFacts facts)
    {
        var started = new HashSet<IOperation>(facts.Background.Where(work => work.Kind == BackgroundKind.UnawaitedCall).Select(work => work.Operation));
        foreach (var call in facts.Calls)
        {
            var target = call.Operation.TargetMethod.OriginalDefinition;
            if (IsOwn(target, facts.Type) && !started.Contains(call.Operation))
                Add(call.Scope.Function, target);
        }

        foreach (var read in facts.PropertyReads)
        {
            var property = read.Operation.Property.OriginalDefinition;
            if (!IsOwn(property, facts.Type))
                continue;
            if (property.GetMethod is { } getter)
                Add(read.Scope.Function, getter);
            if (property.SetMethod is { } setter)
                Add(read.Scope.Function, setter);
        }
    }

    /// <summary>The functions that run when one of the roots runs, the roots included.</summary>
    public HashSet<ISymbol> Reach(IEnumerable<ISymbol> roots)
    {
        var reached = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var open = new Stack<ISymbol>(roots);
        while (open.Count > 0)
        {
            var function = open.Pop();
            if (reached.Add(function) && callees.TryGetValue(function, out var next))
            {
                foreach (var callee in next)
                    open.Push(callee);
            }
        }

        return reached;
    }

    public HashSet<ISymbol> Reach(ISymbol root) => Reach([root]);

    private static bool IsOwn(ISymbol symbol, INamedTypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(symbol.ContainingType?.OriginalDefinition, type);

    private void Add(ISymbol caller, ISymbol callee)
    {
        if (!callees.TryGetValue(caller, out var targets))
            callees[caller] = targets = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        targets.Add(callee);
    }
}
