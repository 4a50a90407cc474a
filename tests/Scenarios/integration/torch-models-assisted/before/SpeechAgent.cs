using System;
using System.Threading;
using TorchSharp;

namespace Fleet;

/// <summary>Listens, and says what it has heard.</summary>
public class SpeechAgent
{
    private readonly torch.jit.ScriptModule _asr;
    private Thread _worker;
    private volatile bool _running;

    public SpeechAgent()
    {
        _asr = torch.jit.load("data/asr-base.pt");
        if (torch.cuda.is_available())
            _asr.cuda();
        _asr.eval();
    }

    public void Start()
    {
        _running = true;
        _worker = new Thread(ListenLoop) { IsBackground = true };
        _worker.Start();
    }

    public void Stop()
    {
        _running = false;
        _worker.Join();
        _asr.Dispose();
    }

    private void ListenLoop()
    {
        while (_running)
        {
            Hear(torch.zeros(new long[] { 16000 }));
            Thread.Sleep(100);
        }
    }

    private void Hear(torch.Tensor samples)
    {
        using var heard = (torch.Tensor)_asr.call(samples);
        Console.WriteLine("heard {0}", heard.item<float>());
    }
}
