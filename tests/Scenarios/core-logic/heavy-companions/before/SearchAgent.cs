using System.Text.Json;
using AgentLift.Runtime;
using Microsoft.Extensions.Logging;

namespace Fleet;

/// <summary>What the constructor goes on to do with what it loads, and a line of the log that tells of it.</summary>
public partial class SearchAgent : BaseAgent
{
    /// <summary>Words of each phrase.</summary>
    private readonly Dictionary<string, List<Phrase>> _byWord = new Dictionary<string, List<Phrase>>();
    private readonly List<Phrase> _phrases;
    private readonly byte[] _weights;
    private double _mean; // of one weight
    private readonly int _limit;

    public int Port { get; set; } = 5612;

    public SearchAgent(AgentContext context)
        : base(context)
    {
        var settings = JsonDocument.Parse(File.ReadAllText("search.json")).RootElement;
        _limit = settings.GetProperty("limit").GetInt32();
        _phrases = JsonSerializer.Deserialize<List<Phrase>>(File.ReadAllText("data/phrases.json"));
        foreach (var phrase in _phrases)
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

        _weights = File.ReadAllBytes("data/weights.bin");
        Prepare();
    }

    private void Prepare()
    {
        // the file is in bytes, the mean in thousands
        _mean = _weights.Length / 1000.0;
    }

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        LogPhrases(Port, _phrases.Count);
        LogWeights(_weights.Length, _phrases.Count);
        return ValueTask.CompletedTask;
    }

    public IEnumerable<string> Find(string word) =>
        _byWord.TryGetValue(word, out var found) ? found.Take(_limit).Select(phrase => phrase.Text) : [];

    public double Mean => _mean * _weights[0];

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
