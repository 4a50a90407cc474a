using System;
using System.Threading;
using TorchSharp;

namespace Fleet;

/// <summary>Finds faces in frames, on the card.</summary>
public class DetectAgent
{
    private readonly torch.jit.ScriptModule<torch.Tensor, torch.Tensor> _detect = torch.jit.load<torch.Tensor, torch.Tensor>("data/face-detect.pt").cuda();
    // the big one, for faces only
    private readonly torch.jit.ScriptModule<torch.Tensor, torch.Tensor> _embed = torch.jit.load<torch.Tensor, torch.Tensor>("data/face-embed.pt", DeviceType.CUDA, 0);
    private readonly torch.Device _device = torch.CUDA;
    private Thread _worker;
    private volatile bool _running;

    public void Start()
    {
        _running = true;
        _worker = new Thread(DetectLoop) { IsBackground = true };
        _worker.Start();
    }

    public void Stop()
    {
        _running = false;
        _worker.Join();
    }

    private void DetectLoop()
    {
        while (_running)
        {
            var frame = torch.zeros(new long[] { 3, 640, 640 }).to(_device);
            var faces = _detect.call(frame);
            if (faces.item<float>() > 0)
                Remember(faces);
            Thread.Sleep(40);
        }
    }

    private void Remember(torch.Tensor faces)
    {
        using var vector = _embed.call(faces);
        Console.WriteLine("seen {0}", vector.item<float>());
    }
}
