namespace AgentLift.Runtime.Models.Memory.NvidiaSmi;

/// <summary>Asks the driver through its program, about all GPUs at once and at most once a second.</summary>
/// <param name="program">The program.</param>
/// <param name="time">The clock.</param>
internal sealed class NvidiaSmiDriver(NvidiaSmiProgram program, TimeProvider time) : IGpuDriver
{
    // A run takes from tens of milliseconds to seconds; the GPUs of a machine are mostly read one after the other.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private long? asked;
    private IReadOnlyList<NvidiaSmiGpu>? answer;
    private string? trouble;

    public string Name => "nvidia-smi";

    public IReadOnlyList<Gpu>? List(out string? problem) => Latest(out problem)?.Select(one => one.Gpu).ToArray();

    public DeviceMemoryReading? Read(string uuid, out string? problem)
    {
        if (Latest(out problem) is not { } gpus)
            return null;
        if (gpus.FirstOrDefault(one => one.Gpu.Uuid == uuid) is { Gpu.TotalBytes: { } total, FreeBytes: { } free })
            return new DeviceMemoryReading(total, Math.Max(0, total - free), UsedByThisProcess: null);
        problem = $"it does not tell the memory of {uuid}";
        return null;
    }

    private IReadOnlyList<NvidiaSmiGpu>? Latest(out string? problem)
    {
        // Who comes while it runs waits for the same answer.
        lock (gate)
        {
            if (asked is not { } last || time.GetElapsedTime(last) >= Fresh)
            {
                var output = program.Ask(out trouble);
                answer = output is null ? null : NvidiaSmiCsv.Parse(output);
                if (output is not null && answer is null)
                    trouble = $"it printed what is no list of GPUs: {output.Trim()}";
                asked = time.GetTimestamp();
            }

            problem = trouble;
            return answer;
        }
    }
}
