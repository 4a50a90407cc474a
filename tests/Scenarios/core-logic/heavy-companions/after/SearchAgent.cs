using System.Text.Json;
using AgentLift.Runtime;
using Microsoft.Extensions.Logging;

namespace Fleet;

/// <summary>What the constructor goes on to do with what it loads, and a line of the log that tells of it.</summary>
[LiftedAgent(MigrationStage.CoreLogic, ToolVersion = "0.1.0")]
public partial class SearchAgent : BaseAgent
{
    /// <summary>Words of each phrase.</summary>
    private Dictionary<string, List<Phrase>> _byWord;

    // Set when Phrases is loaded.
    private Dictionary<string, List<Phrase>> ByWord
    {
        get
        {
            _ = Phrases;
            return _byWord;
        }
    }

    [LazyDependency(nameof(LoadPhrases), Warmup = LazyWarmup.AfterReady)]
    private partial List<Phrase> Phrases { get; }

    private List<Phrase> LoadPhrases()
    {
        _byWord = new Dictionary<string, List<Phrase>>();
        var phrases = JsonSerializer.Deserialize<List<Phrase>>(File.ReadAllText("data/phrases.json"));
        foreach (var phrase in phrases)
        {
            // once, not at each question
            phrase.Words = phrase.Text.Split(' ');
            foreach (var word in phrase.Words)
            {
                if (!_byWord.TryGetValue(word, out var list))
                    _byWord[word] = list = [];
                list.Add(phrase);
            }
        }

        LogPhrases(Port, phrases.Count);
        return phrases;
    }

    [LazyDependency(nameof(LoadWeights), Warmup = LazyWarmup.AfterReady)]
    private partial byte[] Weights { get; }

    private byte[] LoadWeights()
    {
        var weights = File.ReadAllBytes("data/weights.bin");
        // the file is in bytes, the mean in thousands
        _mean = weights.Length / 1000.0;
        return weights;
    }

    private double _mean; // of one weight

    // Set when Weights is loaded.
    private double LoadedMean
    {
        get
        {
            _ = Weights;
            return _mean;
        }
    }

    private readonly int _limit;

    public int Port { get; set; } = 5612;

    public SearchAgent(AgentContext context)
        : base(context)
    {
        var settings = JsonDocument.Parse(File.ReadAllText("search.json")).RootElement;
        _limit = settings.GetProperty("limit").GetInt32();
    }

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        LogWeights(Weights.Length, Phrases.Count);
        return ValueTask.CompletedTask;
    }

    public IEnumerable<string> Find(string word) =>
        ByWord.TryGetValue(word, out var found) ? found.Take(_limit).Select(phrase => phrase.Text) : [];

    public double Mean => LoadedMean * Weights[0];

    [LoggerMessage(LogLevel.Information, "search on {Port}, {Phrases} phrases")]
    private partial void LogPhrases(int port, int phrases);

    [LoggerMessage(LogLevel.Information, "{Weights} weights, {Phrases} phrases")]
    private partial void LogWeights(int weights, int phrases);
}

public sealed class Phrase
{
    public string Text { get; set; }

    public string[] Words { get; set; }
}
