using System.Diagnostics;
using System.Globalization;
using TorchSharp;

namespace Fleet.Models;

public partial class ModelManagerAgent
{
    private long _vramLimitMb;
    private long _vramUsedMb;
    private long _vramPeakMb;
    private long _gpuMemoryFreeMb = -1;
    private torch.Device _device;

    private void PickDevice()
    {
        _device = torch.cuda.is_available() ? new torch.Device("cuda:0") : new torch.Device(DeviceType.CPU);
        Console.WriteLine("[models] device " + _device + ", limit " + _vramLimitMb + " MB");
    }

    private void Charge(long mb)
    {
        _vramUsedMb += mb;
        if (_vramUsedMb > _vramPeakMb)
            _vramPeakMb = _vramUsedMb;
    }

    private void Refund(long mb)
    {
        _vramUsedMb -= mb;
        if (_vramUsedMb < 0)
            _vramUsedMb = 0; // happens, nobody knows why
    }

    private static long EstimateMb(ModelEntry entry)
    {
        // weights are bytes on disk and floats in memory
        return 4 * new FileInfo(entry.File).Length / (1024 * 1024) + 1;
    }

    private static long MegabytesOf(ModelEntry entry)
    {
        if (entry.Torch != null)
            return entry.Torch.parameter_bytes() / (1024 * 1024);
        return EstimateMb(entry);
    }

    // least important first, then the one that was not used for longest
    private bool MakeRoom(long mb)
    {
        if (mb > _vramLimitMb)
            return false;
        while (_vramUsedMb + mb > _vramLimitMb)
        {
            ModelEntry victim = null;
            foreach (var candidate in _models.Values)
            {
                if (!candidate.Loaded || candidate.Pinned)
                    continue;
                if (victim == null || candidate.Priority < victim.Priority || (candidate.Priority == victim.Priority && candidate.LastUsed < victim.LastUsed))
                    victim = candidate;
            }

            if (victim == null)
                return false;
            Console.WriteLine("[models] evicting " + victim.Name);
            Unload(victim);
            _evictions++;
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        return true;
    }

    private void EvictLoop()
    {
        while (_running)
        {
            Thread.Sleep(1000);
            if (_paused)
                continue;
            lock (_modelLock)
            {
                var now = Environment.TickCount64;
                foreach (var entry in _models.Values)
                {
                    if (entry.Loaded && !entry.Pinned && now - entry.LastUsed > _idleMinutes * 60000L)
                    {
                        Console.WriteLine("[models] " + entry.Name + " idle for " + _idleMinutes + " minutes");
                        Unload(entry);
                        _evictions++;
                    }
                }
            }
        }
    }

    private void PollGpu()
    {
        if (!File.Exists("/usr/bin/nvidia-smi"))
            return;
        try
        {
            using var smi = Process.Start(new ProcessStartInfo("nvidia-smi", "--query-gpu=memory.free --format=csv,noheader,nounits") { RedirectStandardOutput = true });
            var line = smi.StandardOutput.ReadLine();
            smi.WaitForExit(2000);
            if (line == null || !long.TryParse(line.Trim(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var free))
                return;
            if (_gpuMemoryFreeMb >= 0 && free < _gpuMemoryFreeMb - 1024)
                Console.WriteLine("[models] somebody else took " + (_gpuMemoryFreeMb - free) + " MB of the card");
            _gpuMemoryFreeMb = free;
        }
        catch (Exception e)
        {
            Console.WriteLine("[models] nvidia-smi: " + e.Message);
        }
    }
}
