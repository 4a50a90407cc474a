using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Fleet.Shared;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Fleet.Dialogue;

/// <summary>
/// Answers as cheaply as it can. Tier 1: said before. Tier 2: a canned intent.
/// Tier 3: the reranker chooses among the best intents. Tier 4: somebody else's language model.
/// </summary>
public class TieredResponder
{
    private static readonly string ModelHost = "127.0.0.1";
    private const int ModelPort = 5601;

    private readonly Dictionary<string, string> _cache = new Dictionary<string, string>();
    private readonly Dictionary<int, int> _tierCounts = new Dictionary<int, int>();
    private readonly List<Intent> _intents;
    private readonly Dictionary<string, List<Intent>> _byWord = new Dictionary<string, List<Intent>>();
    private readonly InferenceSession _reranker;
    private readonly double _accept;
    private TcpListener _listener;
    private Timer _report;
    private bool _stopped;

    public int Port { get; set; } = 5612;

    public TieredResponder()
    {
        _accept = double.TryParse(Environment.GetEnvironmentVariable("RESPONDER_ACCEPT"), out var accept) ? accept : 0.6;
        _intents = JsonSerializer.Deserialize<List<Intent>>(File.ReadAllText("data/intents.json"));
        foreach (var intent in _intents)
        {
            intent.Words = Vec.Words(intent.Phrase);
            foreach (var w in intent.Words)
            {
                if (!_byWord.TryGetValue(w, out var list))
                    _byWord[w] = list = new List<Intent>();
                list.Add(intent);
            }
        }

        _reranker = new InferenceSession("data/rerank.onnx");
    }

    public void Start()
    {
        _listener = new TcpListener(IPAddress.Parse("127.0.0.1"), Port);
        _listener.Start();
        _ = Task.Run(AcceptAsync);
        _report = new Timer(_ => Report(), null, 10000, 10000);
        Console.WriteLine("responder: " + _intents.Count + " intents on port " + Port);
    }

    public void Stop()
    {
        _stopped = true;
        _report.Dispose();
        _listener.Stop();
        _reranker.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopped)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync();
                _ = Task.Run(() => ServeAsync(client));
            }
            catch (SocketException)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var reader = new StreamReader(client.GetStream());
            var stream = client.GetStream();
            string line;
            while ((line = await reader.ReadLineAsync()) != null)
            {
                var bytes = Encoding.UTF8.GetBytes(Handle(line) + "\n");
                await stream.WriteAsync(bytes, 0, bytes.Length);
            }
        }
    }

    private string Handle(string line)
    {
        try
        {
            using var doc = JsonDocument.Parse(line);
            switch (doc.RootElement.GetProperty("cmd").GetString())
            {
                case "health":
                    return "{\"ok\":true,\"agent\":\"tiered-responder\",\"tiers\":4}";
                case "ask":
                    return Ask(doc.RootElement.GetProperty("text").GetString());
                case "tiers":
                    lock (_cache)
                        return JsonSerializer.Serialize(new { ok = true, counts = Enumerable.Range(1, 4).Select(t => _tierCounts.GetValueOrDefault(t)) });
                case "forget":
                    lock (_cache)
                        _cache.Clear();
                    return "{\"ok\":true}";
                default:
                    return "{\"ok\":false,\"error\":\"unknown command\"}";
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "{\"ok\":false,\"error\":\"bad request\"}";
        }
    }

    private string Ask(string text)
    {
        var words = Vec.Words(text);
        var key = string.Join(' ', words);
        lock (_cache)
        {
            if (_cache.TryGetValue(key, out var known))
                return Say(1, 1, known);
        }

        var candidates = Candidates(words);
        if (candidates.Count > 0 && candidates[0].Score >= _accept)
            return Remember(key, 2, candidates[0].Score, candidates[0].Intent.Answer);
        if (candidates.Count > 0)
        {
            var (intent, score) = Rerank(words, candidates);
            if (score >= _accept / 2)
                return Remember(key, 3, score, intent.Answer);
        }

        return Say(4, 0, AskModel(text) ?? "I do not know yet.");
    }

    private List<(Intent Intent, double Score)> Candidates(string[] words)
    {
        var hits = new Dictionary<Intent, int>();
        foreach (var w in words.Distinct())
        {
            if (!_byWord.TryGetValue(w, out var list) || list.Count > 20000)
                continue;
            foreach (var intent in list)
                hits[intent] = hits.GetValueOrDefault(intent) + 1;
        }

        return hits
            .Select(h => (Intent: h.Key, Score: h.Key.Weight * 2 * h.Value / (words.Length + h.Key.Words.Length)))
            .OrderByDescending(h => h.Score).ThenBy(h => h.Intent.Id).Take(8).ToList();
    }

    private (Intent Intent, double Score) Rerank(string[] words, List<(Intent Intent, double Score)> candidates)
    {
        var question = Encode(words);
        var best = (Intent: candidates[0].Intent, Score: -1.0);
        foreach (var (intent, score) in candidates)
        {
            var blended = (0.7 * score) + (0.3 * Math.Max(0, Vec.Cosine(question, Encode(intent.Words))));
            if (blended > best.Score)
                best = (intent, blended);
        }

        return best;
    }

    private float[] Encode(string[] words)
    {
        var bag = new float[256];
        foreach (var w in words)
            bag[Vec.Hash(w) % 256] += 1;
        var input = new DenseTensor<float>(bag, new[] { 1, 256 });
        using var results = _reranker.Run(new[] { NamedOnnxValue.CreateFromTensor("input", input) });
        return results.First().AsTensor<float>().ToArray();
    }

    private string AskModel(string text)
    {
        var url = Environment.GetEnvironmentVariable("LLM_URL");
        if (url != null)
        {
            try
            {
                var http = new HttpClient();
                var body = new StringContent(JsonSerializer.Serialize(new { prompt = text, stream = false }), Encoding.UTF8, "application/json");
                var page = http.PostAsync(url, body).Result.Content.ReadAsStringAsync().Result;
                return JsonDocument.Parse(page).RootElement.GetProperty("response").GetString();
            }
            catch (Exception e)
            {
                Console.WriteLine("responder: language model failed, " + e.Message);
            }
        }

        if (Environment.GetEnvironmentVariable("RESPONDER_USE_MANAGER") != "1")
            return null;
        var client = new TcpClient(ModelHost, ModelPort);
        var w = new StreamWriter(client.GetStream()) { AutoFlush = true };
        w.WriteLine(JsonSerializer.Serialize(new { cmd = "infer", model = "llm-tiny", text }));
        var answer = new StreamReader(client.GetStream()).ReadLine();
        client.Close();
        return answer;
    }

    private string Remember(string key, int tier, double score, string answer)
    {
        lock (_cache)
            _cache[key] = answer;
        return Say(tier, score, answer);
    }

    private string Say(int tier, double score, string answer)
    {
        lock (_cache)
            _tierCounts[tier] = _tierCounts.GetValueOrDefault(tier) + 1;
        return JsonSerializer.Serialize(new { ok = true, tier, confidence = Math.Round(score, 3), answer });
    }

    private void Report()
    {
        lock (_cache)
            Console.WriteLine("responder: " + string.Join(", ", _tierCounts.OrderBy(t => t.Key).Select(t => "tier " + t.Key + ": " + t.Value)));
    }

    private class Intent
    {
        public int Id { get; set; }
        public string Phrase { get; set; }
        public string Topic { get; set; }
        public string Answer { get; set; }
        public double Weight { get; set; }
        public string[] Words;
    }
}
