using System.Collections.Concurrent;
using AgentLift.Runtime;

namespace AgentLift.Generators.Tests.Behaviour;

/// <summary>Something heavy that tells when it is loaded and released.</summary>
internal sealed class Lexicon(string name, ConcurrentQueue<string> journal) : IDisposable
{
    public string Name { get; } = name;

    public void Dispose() => journal.Enqueue($"{Name} released");
}

/// <summary>An agent with lazy members of every form, written as a user writes it.</summary>
internal abstract partial class LexiconAgent(AgentContext context) : BaseAgent(context)
{
    public ConcurrentQueue<string> Journal { get; } = new();

    [LazyDependency(nameof(LoadWords))]
    public partial Lexicon Words { get; }

    public Task EnsureLoadedAsync(params string[] names) => EnsureDependenciesLoadedAsync(CancellationToken.None, names);

    protected Lexicon Load(string name)
    {
        Journal.Enqueue($"{name} loaded");
        return new Lexicon(name, Journal);
    }

    private Lexicon LoadWords() => Load("words");
}

/// <summary>A second level of lazy members, a member loaded in the background, and one that fails before it succeeds.</summary>
internal sealed partial class ReaderAgent<TKey>(AgentContext context) : LexiconAgent(context)
    where TKey : notnull
{
    private int tries;

    public TaskCompletionSource<AgentState> WarmedIn { get; } = new();

    public int FailFirst { get; init; }

    [LazyDependency]
    public partial ConcurrentDictionary<TKey, string> Cache { get; }

    [LazyDependency(nameof(LoadPhrases), Warmup = LazyWarmup.AfterReady)]
    public partial Lexicon Phrases { get; }

    [LazyDependency(nameof(LoadRulesAsync), Name = "rules", TimeoutSeconds = 60)]
    public partial ValueTask<Lexicon> GetRulesAsync(CancellationToken cancellationToken = default);

    private Lexicon LoadPhrases(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        WarmedIn.TrySetResult(State);
        return Load("phrases");
    }

    private async Task<Lexicon> LoadRulesAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        return ++tries > FailFirst ? Load("rules") : throw new IOException($"try {tries}");
    }
}

/// <summary>A legacy agent that has been lifted: two constructors, and a heavy member that one of them uses at once.</summary>
internal sealed partial class ImpatientAgent : BaseAgent
{
    private readonly string prefix;

    public ImpatientAgent(AgentContext context)
        : this(context, "word") => prefix += "!";

    public ImpatientAgent(AgentContext context, string prefix)
        : base(context)
    {
        this.prefix = prefix;
        Count = Words.Length;
    }

    public int Count { get; }

    public string First => Words[0] + prefix;

    [LazyDependency(nameof(LoadWords))]
    private partial string[] Words { get; }

    private string[] LoadWords() => [prefix + "1", prefix + "2"];
}
