using System;
using System.IO;
using System.Threading;
using TorchSharp;

namespace Fleet;

/// <summary>Scores frames on the card.</summary>
public class ScoreAgent
{
    private readonly torch.Device device = torch.CPU;
    private readonly torch.jit.ScriptModule net = torch.jit.load("data/score.pt");
    private readonly Random random = new Random(1);
    private volatile bool running;
    private torch.Tensor best;
    private int bad;

    public void Start()
    {
        running = true;
        WarmUp();
        new Thread(ScoreLoop) { IsBackground = true }.Start();
        new Thread(WatchLoop) { IsBackground = true }.Start();
        new Thread(TickLoop) { IsBackground = true }.Start();
    }

    public void Stop()
    {
        running = false;
    }

    private void WarmUp()
    {
        // the first call is slow
        for (var i = 0; i < 3; i++)
            net.call(torch.zeros(128).to(device));
    }

    private void ScoreLoop()
    {
        while (running)
        {
            // until there is something to do
            Thread.Sleep(random.Next(100));

            var input = torch.zeros(512).to(device);
            var output = (torch.Tensor)net.call(input);
            if (output.item() < 0)
                bad++;
            File.WriteAllText("score.txt", @"score
" + output.item());

            Thread.Sleep(bad > 10 ? 1000 : 10); // not too fast
        }
    }

    private void WatchLoop()
    {
        while (running)
        {
            using var scope = torch.NewDisposeScope();
            Console.WriteLine("score " + torch.zeros(1).item());
            Thread.Sleep(random.Next(1000));
        }
    }

    private void TickLoop()
    {
        while (running)
        {
            Console.WriteLine("tick " + torch.zeros(1).item());
            Thread.Sleep(500);
        }
    }

    public float Best(float[][] frames)
    {
        foreach (var frame in frames)
        {
            var score = torch.tensor(frame).to(device);
            if (best == null || score.item() > best.item())
                best = score;
        }

        return best.item();
    }

    public float Sum(float[][] frames)
    {
        var sum = 0f;
        foreach (var frame in frames)
        {
            sum += torch.tensor(frame).to(device).item();
        }

        return sum;
    }
}
