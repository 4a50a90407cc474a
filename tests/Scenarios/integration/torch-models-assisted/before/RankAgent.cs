using System;
using System.IO;
using System.Threading;
using TorchSharp;

namespace Fleet;

/// <summary>Ranks with whatever model was trained last.</summary>
public class RankAgent
{
    private torch.jit.ScriptModule _model = torch.jit.load(File.ReadAllText("data/newest.txt").Trim()).cuda();
    private Thread _worker;
    private volatile bool _running;

    public void Start()
    {
        _running = true;
        _worker = new Thread(RankLoop) { IsBackground = true };
        _worker.Start();
    }

    public void Stop()
    {
        _running = false;
        _worker.Join();
    }

    private void RankLoop()
    {
        while (_running)
        {
            using var input = torch.zeros(new long[] { 16 });
            using var output = (torch.Tensor)_model.call(input);
            Console.WriteLine("rank {0}", output.item<float>());
            Thread.Sleep(1000);
        }
    }
}
