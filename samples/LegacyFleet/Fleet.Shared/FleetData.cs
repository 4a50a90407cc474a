using System.Text;
using System.Text.Json;
using Fleet.Vendor;

namespace Fleet.Shared;

/// <summary>Makes the fleet's tables and weights, the same bytes every time, where they are missing. What the data team used to put on the share.</summary>
public static class FleetData
{
    public const string Folder = "data";

    public static readonly string[] Topics = { "algebra", "geometry", "physics", "chemistry", "biology", "history", "grammar", "music" };

    public static readonly string[][] TopicWords =
    {
        new[] { "equation", "variable", "polynomial", "fraction", "linear", "quadratic", "factor", "solve", "unknown", "exponent" },
        new[] { "triangle", "circle", "angle", "proof", "area", "volume", "parallel", "radius", "pythagoras", "polygon" },
        new[] { "force", "energy", "motion", "velocity", "gravity", "mass", "momentum", "wave", "friction", "circuit" },
        new[] { "atom", "molecule", "reaction", "acid", "bond", "electron", "oxygen", "carbon", "salt", "solution" },
        new[] { "cell", "gene", "protein", "evolution", "plant", "enzyme", "membrane", "species", "photosynthesis", "blood" },
        new[] { "empire", "revolution", "war", "treaty", "king", "trade", "republic", "migration", "castle", "parliament" },
        new[] { "noun", "verb", "tense", "clause", "adjective", "sentence", "comma", "pronoun", "plural", "passive" },
        new[] { "melody", "rhythm", "chord", "scale", "tempo", "harmony", "octave", "interval", "opera", "string" },
    };

    private static readonly string[] Syllables = { "ba", "co", "di", "fe", "gu", "ha", "ki", "lo", "mu", "na", "po", "ra", "se", "ti", "vo", "xe", "ly", "sho", "tre", "pla" };

    public static void EnsureAll()
    {
        Directory.CreateDirectory(Folder);
        Make("embeddings.bin", Embeddings);
        Make("faces.bin", Faces);
        Make("noise-profiles.bin", NoiseProfiles);
        Make("phonemes.bin", Phonemes);
        Make("intents.json", Intents);
        Make("memories.jsonl", Memories);
        Make("terrain.bin", Terrain);
        Make("calibration.csv", Calibration);
        Make("face-embed.pt", p => Weights(p, 128, 65536, 11));
        Make("face-detect.onnx", p => Weights(p, 32, 65536, 12));
        Make("asr-base.pt", p => Weights(p, 64, 262144, 13));
        Make("vad.onnx", p => Weights(p, 32, 131072, 14));
        Make("denoise.pt", p => Weights(p, 64, 65536, 15));
        Make("llm-tiny.pt", p => Weights(p, 256, 65536, 16));
        Make("rerank.onnx", p => Weights(p, 64, 65536, 17));
    }

    private static void Make(string name, Action<string> write)
    {
        var path = Path.Combine(Folder, name);
        if (File.Exists(path))
            return;
        var draft = path + "." + Environment.ProcessId + ".tmp";
        write(draft);
        File.Move(draft, path, overwrite: true);
        Console.WriteLine("[data] made " + path);
    }

    private static void Weights(string path, int rows, int columns, ulong seed)
    {
        var dice = new Dice(seed);
        var body = new byte[rows * columns];
        for (var i = 0; i < body.Length; i++)
            body[i] = (byte)(sbyte)((dice.Next(64) + dice.Next(64)) - 63);
        WeightFile.Write(path, rows, columns, 1f / 64, body);
    }

    private static void Embeddings(string path)
    {
        const int dimensions = 64;
        var dice = new Dice(101);
        var centres = Topics.Select(_ => Enumerable.Range(0, dimensions).Select(_ => dice.Unit()).ToArray()).ToArray();
        using var w = new BinaryWriter(File.Create(path), Encoding.UTF8);
        var words = Topics.Select((t, i) => (Word: t, Topic: i)).Concat(TopicWords.SelectMany((list, i) => list.Select(x => (Word: x, Topic: i)))).ToList();
        for (var a = 0; a < Syllables.Length; a++)
        {
            for (var b = 0; b < Syllables.Length; b++)
            {
                for (var c = 0; c < Syllables.Length; c++)
                {
                    for (var d = 0; d < 5; d++)
                        words.Add((Syllables[a] + Syllables[b] + Syllables[c] + (d == 0 ? "" : Syllables[d]), -1));
                }
            }
        }

        w.Write(words.Count);
        w.Write(dimensions);
        foreach (var (word, topic) in words)
        {
            w.Write(word);
            for (var k = 0; k < dimensions; k++)
                w.Write(topic < 0 ? dice.Unit() : centres[topic][k] + (0.35f * dice.Unit()));
        }
    }

    private static void Faces(string path)
    {
        var dice = new Dice(102);
        using var w = new BinaryWriter(File.Create(path), Encoding.UTF8);
        w.Write(20000);
        for (var i = 0; i < 20000; i++)
        {
            w.Write("person-" + i.ToString("D5"));
            for (var k = 0; k < 128; k++)
                w.Write(dice.Unit());
        }
    }

    private static void NoiseProfiles(string path)
    {
        var names = new[] { "office", "street", "fan", "rain", "train", "cafe" };
        var dice = new Dice(103);
        using var w = new BinaryWriter(File.Create(path), Encoding.UTF8);
        w.Write(names.Length);
        foreach (var name in names)
        {
            w.Write(name);
            var level = 0.02f + (0.05f * Math.Abs(dice.Unit()));
            for (var frame = 0; frame < 8192; frame++)
            {
                for (var bin = 0; bin < 33; bin++)
                    w.Write(level * (1 + (0.3f * dice.Unit())) / (1 + (0.05f * bin)));
            }
        }
    }

    private static void Phonemes(string path)
    {
        var dice = new Dice(104);
        using var w = new BinaryWriter(File.Create(path), Encoding.UTF8);
        w.Write(40000);
        for (var i = 0; i < 40000; i++)
        {
            w.Write(Syllables[i % 20] + Syllables[i / 20 % 20]);
            for (var k = 0; k < 32; k++)
                w.Write(dice.Unit());
        }
    }

    private static void Intents(string path)
    {
        var dice = new Dice(105);
        var verbs = new[] { "explain", "define", "compare", "summarise", "illustrate", "translate", "test me on", "show an example of" };
        var list = new List<object>();
        for (var i = 0; i < 30000; i++)
        {
            var topic = dice.Next(Topics.Length);
            var first = dice.Next(10);
            var word = TopicWords[topic][first];
            var other = TopicWords[topic][(first + 1 + dice.Next(9)) % 10];
            var verb = verbs[dice.Next(verbs.Length)];
            list.Add(new
            {
                Id = i,
                Phrase = verb + " " + word + " and " + other + (i < 2000 ? "" : " " + Syllables[dice.Next(20)] + Syllables[dice.Next(20)]),
                Topic = Topics[topic],
                Answer = "In " + Topics[topic] + ", " + word + " is taught together with " + other + ".",
                Weight = Math.Round(0.5 + (dice.Next(500) / 1000.0), 3),
            });
        }

        File.WriteAllText(path, JsonSerializer.Serialize(list));
    }

    private static void Memories(string path)
    {
        var dice = new Dice(106);
        var relations = new[] { "likes", "knows", "works-with", "part-of", "near", "causes" };
        using var w = new StreamWriter(path);
        for (var i = 0; i < 60000; i++)
        {
            var subject = i < 40 ? TopicWords[i % 8][i / 8] : Syllables[dice.Next(20)] + Syllables[dice.Next(20)] + dice.Next(90);
            var target = i < 40 ? Topics[i % 8] : Syllables[dice.Next(20)] + Syllables[dice.Next(20)] + dice.Next(90);
            var relation = i < 40 ? "part-of" : relations[dice.Next(relations.Length)];
            w.WriteLine(JsonSerializer.Serialize(new { Id = i, Subject = subject, Relation = relation, Object = target, Strength = Math.Round(dice.Next(1000) / 1000.0, 3) }));
        }
    }

    private static void Terrain(string path)
    {
        const int n = 1024;
        var dice = new Dice(107);
        var bumps = Enumerable.Range(0, 24).Select(_ => (X: dice.Next(n), Y: dice.Next(n), R: 40 + dice.Next(160), H: dice.Unit())).ToArray();
        using var w = new BinaryWriter(File.Create(path));
        w.Write(n);
        for (var y = 0; y < n; y++)
        {
            for (var x = 0; x < n; x++)
            {
                float h = 0;
                foreach (var b in bumps)
                {
                    var d2 = (float)(((x - b.X) * (x - b.X)) + ((y - b.Y) * (y - b.Y)));
                    h += b.H * MathF.Max(0, 1 - (d2 / (b.R * b.R)));
                }

                w.Write(h);
            }
        }
    }

    private static void Calibration(string path)
    {
        using var w = new StreamWriter(path);
        w.WriteLine("kelvin,conductivity,capacity,loss");
        for (var i = 0; i < 200000; i++)
        {
            var t = 250 + (i * 0.001);
            w.WriteLine(string.Join(',', t.ToString("F3"), (0.56 + (0.0018 * (t - 273))).ToString("F5"), (4217 - (0.9 * (t - 273)) + (0.011 * (t - 273) * (t - 273))).ToString("F3"), (0.002 * (t - 273)).ToString("F5")));
        }
    }

    private sealed class Dice
    {
        private ulong state;

        public Dice(ulong seed) => state = (seed * 0x9E3779B97F4A7C15UL) | 1;

        public int Next(int limit)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            return (int)((state >> 33) % (ulong)limit);
        }

        public float Unit() => (Next(20001) - 10000) / 10000f;
    }
}
