using AgentLift.Runtime.Models.Memory;
using AgentLift.Runtime.Models.Memory.Host;
using AgentLift.Runtime.Models.Memory.NvidiaSmi;
using AgentLift.Runtime.Models.Memory.Nvml;
using AgentLift.Runtime.Tests.Discovery;

namespace AgentLift.Runtime.Tests.Models.Memory;

public class DetectedDeviceMemoryTests
{
    private static readonly HostMemory Host = new(() => new HostCapacity(1_000, 400));
    private readonly RecordedLog<DetectedDeviceMemory> log = new();
    private readonly FakeNvml.Device first = new("GPU-a", "00000000:01:00.0") { Memory = new NvmlMemory(80, 50, 30) };
    private readonly FakeNvml.Device second = new("GPU-b", "00000000:3B:00.0") { Memory = new NvmlMemory(80, 10, 70) };

    [Fact]
    public void Devices_are_numbered_as_CUDA_does_and_the_host_comes_last()
    {
        var memory = Detect([Nvml(first, second)], visible: "1,0");

        memory.Devices.ShouldBe([ModelDevice.Cuda(0), ModelDevice.Cuda(1), ModelDevice.Cpu]);
        memory.Read(ModelDevice.Cuda(0)).ShouldBe(new DeviceMemoryReading(80, 70, null));
        memory.Read(ModelDevice.Cuda(1)).ShouldBe(new DeviceMemoryReading(80, 30, null));
        memory.Read(ModelDevice.Cpu)!.Value.UsedBytes.ShouldBe(600);
        log.Lines.ShouldBe(["Information: GPUs are read through NVML: cuda:0 is GPU-b, cuda:1 is GPU-a"]);
    }

    [Fact]
    public void A_device_that_is_none_of_them_is_not_read()
    {
        var memory = Detect([Nvml(first)]);

        memory.Read(ModelDevice.Cuda(1)).ShouldBeNull();
        memory.Read(new ModelDevice(ModelDeviceKind.Mps, 0)).ShouldBeNull();
    }

    [Fact]
    public void Without_any_driver_the_host_is_read_alone()
    {
        var memory = Detect([]);

        memory.Devices.ShouldBe([ModelDevice.Cpu]);
        memory.Read(ModelDevice.Cuda(0)).ShouldBeNull();
        log.Lines.ShouldHaveSingleItem().ShouldStartWith("Information: No GPU can be read");
    }

    [RequiresProgramFact("sh", "dash")]
    public void Where_the_library_fails_the_program_is_asked()
    {
        using var fake = new FakeProgram("echo 'GPU-a, 00000000:01:00.0, 1000, 400, [N/A], NVIDIA A100'");
        var time = new ManualTime();

        var memory = Detect([new NvmlDriver(new FakeNvml(first) { Start = (NvmlStatus)18 }, process: null), new NvidiaSmiDriver(new NvidiaSmiProgram(fake.Path, time), time)]);

        memory.Devices.ShouldBe([ModelDevice.Cuda(0), ModelDevice.Cpu]);
        memory.Read(ModelDevice.Cuda(0))!.Value.TotalBytes.ShouldBe(1_000L * 1024 * 1024);
        log.Lines.ShouldBe(
        [
            "Warning: GPUs cannot be read through NVML: the driver does not answer: 18",
            "Information: GPUs are read through nvidia-smi: cuda:0 is GPU-a",
        ]);
    }

    [Fact]
    public void A_library_that_finds_no_GPU_is_believed()
    {
        var asked = new FakeNvml(first);

        var memory = Detect([Nvml(), new NvmlDriver(asked, process: null)]);

        memory.Devices.ShouldBe([ModelDevice.Cpu]);
        asked.Lists.ShouldBe(0);
        log.Lines.ShouldBe(["Information: GPUs are read through NVML: none"]);
    }

    [Fact]
    public void GPUs_whose_order_is_in_doubt_are_not_read_and_the_log_says_what_would_settle_it()
    {
        second.Memory = new NvmlMemory(160, 10, 150);

        var memory = Detect([Nvml(first, second)]);

        memory.Devices.ShouldBe([ModelDevice.Cpu]);
        memory.Read(ModelDevice.Cuda(0)).ShouldBeNull();
        log.Lines.First().ShouldBe(
            "Warning: No GPU is read, because it is not certain which of them is cuda:0: the GPUs are of several kinds, and CUDA takes the fastest first; "
            + "set CUDA_DEVICE_ORDER=PCI_BUS_ID, or name UUIDs in CUDA_VISIBLE_DEVICES");
    }

    [Fact]
    public void A_GPU_without_memory_of_its_own_is_no_device_and_keeps_its_number()
    {
        first.MemoryStatus = NvmlStatus.NotSupported;

        var memory = Detect([Nvml(first, second)], visible: "GPU-a,GPU-b");

        memory.Devices.ShouldBe([ModelDevice.Cuda(1), ModelDevice.Cpu]);
        memory.Read(ModelDevice.Cuda(0)).ShouldBeNull();
    }

    [Fact]
    public void An_instance_is_read_though_its_GPU_may_not_be()
    {
        var partitioned = new FakeNvml.Device("GPU-a", "00000000:01:00.0") { Instances = ["MIG-1"], MemoryStatus = (NvmlStatus)4 };

        var memory = Detect([Nvml(partitioned)], visible: "MIG-1");

        memory.Devices.ShouldBe([ModelDevice.Cuda(0), ModelDevice.Cpu]);
        memory.Read(ModelDevice.Cuda(0)).ShouldBe(new DeviceMemoryReading(10, 3, null));
    }

    [Fact]
    public void That_a_device_cannot_be_read_any_more_is_said_once_for_each()
    {
        var memory = Detect([Nvml(first, second)]);
        first.MemoryStatus = second.MemoryStatus = (NvmlStatus)15;

        for (var i = 0; i < 3; i++)
        {
            memory.Read(ModelDevice.Cuda(0)).ShouldBeNull();
            memory.Read(ModelDevice.Cuda(1)).ShouldBeNull();
        }

        log.Lines.Skip(1).ShouldBe(
        [
            "Warning: cuda:0 cannot be read through NVML: its memory cannot be read: 15; this is said once",
            "Warning: cuda:1 cannot be read through NVML: its memory cannot be read: 15; this is said once",
        ]);
    }

    [Fact]
    public void This_machine_is_detected_whatever_it_has() => DeviceMemory.Detect().Devices[^1].ShouldBe(ModelDevice.Cpu);

    private static NvmlDriver Nvml(params FakeNvml.Device[] devices) => new(new FakeNvml(devices), process: null);

    private DetectedDeviceMemory Detect(IEnumerable<IGpuDriver> drivers, string? visible = null) => DetectedDeviceMemory.Detect(drivers, Host, visible, order: null, log);
}
