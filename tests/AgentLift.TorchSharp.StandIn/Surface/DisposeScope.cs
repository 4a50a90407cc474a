namespace TorchSharp;

#if TORCHSHARP_0_99
public class DisposeScope : IDisposable
#else
public sealed class DisposeScope : IDisposable
#endif
{
    [ThreadStatic]
    private static Stack<DisposeScope>? open;

    private readonly HashSet<IDisposable> owned = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<DisposeScope> stack;
    private readonly DisposeScope? outer;

    private DisposeScope(Stack<DisposeScope> stack)
    {
        this.stack = stack;
        stack.TryPeek(out outer);
        stack.Push(this);
    }

    public int DisposablesCount => owned.Count;

    internal static int OpenOnThread => open?.Count ?? 0;

    public bool Contains(IDisposable disposable) => owned.Contains(disposable);

    public T MoveToOuter<T>(T disposable)
        where T : IDisposable
    {
        if (owned.Remove(disposable))
            Give(disposable, outer);
        return disposable;
    }

    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        if (owned.Remove(disposable))
            Give(disposable, null);
        return disposable;
    }

    public void Dispose()
    {
        foreach (var disposable in owned.ToList())
            disposable.Dispose();
        if (stack.TryPeek(out var top) && top == this)
            stack.Pop();
    }

    internal static DisposeScope Open() => new(open ??= new Stack<DisposeScope>());

    internal static void Add(torch.Tensor tensor)
    {
        if (open is not null && open.TryPeek(out var scope))
            Give(tensor, scope);
    }

    private static void Give(IDisposable disposable, DisposeScope? scope)
    {
        scope?.owned.Add(disposable);
        if (disposable is torch.Tensor tensor)
            tensor.OwningDisposeScope = scope;
    }
}
