using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Fleet.Shared;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using TorchSharp;

namespace Fleet.Models;

public class StreamingSpeechServer
{
    private const int FrameLength = 160;         // 10 ms at 16 kHz
    private const int HangOver = 3;

    private readonly ConcurrentDictionary<string, SpeechStream> streams = new ConcurrentDictionary<string, SpeechStream>();
    private readonly BlockingCollection<Chunk> chunks = new BlockingCollection<Chunk>();
    private readonly List<(string Sound, float[] Vector)> phonemes = new List<(string, float[])>();
    private readonly torch.Device device = torch.cuda.is_available() ? torch.CUDA : torch.CPU;
    private torch.jit.ScriptModule asr;
    private InferenceSession vad;
    private TcpListener listener;
    private PosixSignalRegistration terminated;
    private bool running;
    private double energyLevel;

    public int Port = 5605;

    public StreamingSpeechServer()
    {
        LoadModels();
    }

    private void LoadModels()
    {
        asr = torch.jit.load("data/asr-base.pt");
        asr.to(device);
        vad = new InferenceSession("data/vad.onnx");
        using var reader = new BinaryReader(File.OpenRead("data/phonemes.bin"));
        var count = reader.ReadInt32();
        for (var i = 0; i < count; i++)
        {
            var sound = reader.ReadString();
            var v = new float[32];
            for (var k = 0; k < v.Length; k++)
                v[k] = reader.ReadSingle();
            phonemes.Add((sound, Vec.Normalise(v)));
        }
    }

    public void Start()
    {
        running = true;
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        Task.Factory.StartNew(Decode, TaskCreationOptions.LongRunning);
        Task.Run(Accept);
        terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Console.WriteLine("speech: SIGTERM, " + streams.Count + " streams open"));
        Console.WriteLine("speech: port " + Port + ", " + phonemes.Count + " phoneme vectors");
    }

    public void Stop()
    {
        running = false;
        chunks.CompleteAdding();
        listener.Stop();
        terminated.Dispose();
    }

    private void Accept()
    {
        while (running)
        {
            try
            {
                var client = listener.AcceptTcpClientAsync().Result;
                new Thread(() => Serve(client)) { IsBackground = true }.Start();
            }
            catch (AggregateException)
            {
                break;
            }
            catch (InvalidOperationException)
            {
                break;
            }
        }
    }

    private void Serve(TcpClient client)
    {
        using (client)
        {
            var reader = new StreamReader(client.GetStream());
            var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\n" };
            try
            {
                for (var line = reader.ReadLine(); line != null; line = reader.ReadLine())
                    writer.WriteLine(Answer(line));
            }
            catch (IOException e)
            {
                Console.WriteLine("speech: client lost, " + e.Message);
            }
        }
    }

    private string Answer(string line)
    {
        try
        {
            using var doc = JsonDocument.Parse(line);
            var q = doc.RootElement;
            var id = q.TryGetProperty("stream", out var s) ? s.GetString() : "default";
            switch (q.GetProperty("cmd").GetString())
            {
                case "health":
                    return "{\"ok\":" + (asr != null && vad != null ? "true" : "false") + ",\"agent\":\"streaming-speech\"}";
                case "open":
                    streams[id] = new SpeechStream();
                    return JsonSerializer.Serialize(new { ok = true, stream = id });
                case "chunk":
                    if (!streams.TryGetValue(id, out var stream))
                        return JsonSerializer.Serialize(new { ok = false, error = "no such stream", stream = id });
                    var chunk = new Chunk { Stream = stream, Samples = Pcm(q) };
                    chunks.Add(chunk);
                    chunk.Done.Task.Wait();
                    return JsonSerializer.Serialize(new { ok = true, stream = id, frames = stream.Frames, speaking = stream.Speaking, text = string.Join(' ', stream.Words) });
                case "close":
                    if (!streams.TryRemove(id, out var closed))
                        return JsonSerializer.Serialize(new { ok = false, error = "no such stream", stream = id });
                    return JsonSerializer.Serialize(new { ok = true, stream = id, frames = closed.Frames, segments = closed.Segments, text = string.Join(' ', closed.Words) });
                case "tone":
                    return Tone(q.GetProperty("hz").GetInt32(), q.GetProperty("ms").GetInt32());
                default:
                    return "{\"ok\":false,\"error\":\"unknown command\"}";
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return "{\"ok\":false,\"error\":\"bad request\"}";
        }
    }

    // one decoder for all streams, the model is not thread safe
    private void Decode()
    {
        foreach (var chunk in chunks.GetConsumingEnumerable())
        {
            try
            {
                Feed(chunk.Stream, chunk.Samples);
            }
            finally
            {
                chunk.Done.TrySetResult(true);
            }
        }
    }

    private void Feed(SpeechStream stream, float[] samples)
    {
        for (var start = 0; start + FrameLength <= samples.Length; start += FrameLength)
        {
            var frame = samples.AsSpan(start, FrameLength).ToArray();
            double energy = 0;
            foreach (var v in frame)
                energy += v * v / FrameLength;
            stream.Frames++;
            var threshold = Math.Max(0.0005, stream.Floor * 4);
            if (energy > threshold)
            {
                if (!stream.Speaking)
                {
                    stream.Segments++;
                    stream.Speaking = true;
                }

                stream.Silence = 0;
                stream.Pending.AddRange(frame);
            }
            else
            {
                stream.Floor = (0.95 * stream.Floor) + (0.05 * energy);
                if (stream.Speaking && ++stream.Silence >= HangOver)
                {
                    stream.Speaking = false;
                    stream.Words.Add(Recognise(stream.Pending.ToArray()));
                    stream.Pending.Clear();
                }
            }

            energyLevel = (0.9 * energyLevel) + (0.1 * energy);
        }
    }

    private string Recognise(float[] segment)
    {
        using var gate = vad.Run(new[] { NamedOnnxValue.CreateFromTensor("pcm", new DenseTensor<float>(segment, new[] { 1, segment.Length })) });
        var voice = gate.First().AsTensor<float>().ToArray();
        var sounds = new StringBuilder();
        var step = Math.Max(FrameLength, segment.Length / 3);
        for (var start = 0; start < segment.Length && sounds.Length < 8; start += step)
        {
            var part = segment.Skip(start).Take(step).ToArray();
            var features = torch.tensor(part).to(device);
            var logits = (torch.Tensor)asr.call(features);
            var vector = logits.cpu().data<float>().ToArray();
            for (var k = 0; k < voice.Length && k < vector.Length; k++)
                vector[k] += 0.25f * voice[k];
            sounds.Append(Nearest(vector.Take(32).ToArray()));
        }

        return sounds.ToString();
    }

    private string Nearest(float[] vector)
    {
        var best = "";
        var bestScore = float.MinValue;
        foreach (var (sound, v) in phonemes)
        {
            var score = Vec.Dot(vector, v);
            if (score > bestScore)
                (best, bestScore) = (sound, score);
        }

        return best;
    }

    // for trying things out without a microphone
    private string Tone(int hz, int ms)
    {
        var stream = new SpeechStream();
        var samples = new float[Math.Clamp(ms, 10, 5000) * 16];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = i < samples.Length * 3 / 4 ? 0.4f * MathF.Sin(2 * MathF.PI * hz * i / 16000f) : 0;
        var chunk = new Chunk { Stream = stream, Samples = samples };
        chunks.Add(chunk);
        chunk.Done.Task.GetAwaiter().GetResult();
        return JsonSerializer.Serialize(new { ok = true, hz, frames = stream.Frames, segments = stream.Segments, text = string.Join(' ', stream.Words) });
    }

    // numbers, or little-endian 16 bit as base64
    private static float[] Pcm(JsonElement q)
    {
        if (q.TryGetProperty("samples", out var list))
            return list.EnumerateArray().Select(v => v.GetSingle()).ToArray();
        var bytes = Convert.FromBase64String(q.GetProperty("pcm16").GetString());
        var samples = new float[bytes.Length / 2];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = BitConverter.ToInt16(bytes, i * 2) / 32768f;
        return samples;
    }

    private class SpeechStream
    {
        public readonly List<float> Pending = new List<float>();
        public readonly List<string> Words = new List<string>();
        public double Floor;
        public bool Speaking;
        public int Silence;
        public int Frames;
        public int Segments;
    }

    private class Chunk
    {
        public SpeechStream Stream;
        public float[] Samples;
        public readonly TaskCompletionSource<bool> Done = new TaskCompletionSource<bool>();
    }
}
