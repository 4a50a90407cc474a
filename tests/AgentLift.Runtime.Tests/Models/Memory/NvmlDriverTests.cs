using AgentLift.Runtime.Models.Memory;
using AgentLift.Runtime.Models.Memory.Nvml;

namespace AgentLift.Runtime.Tests.Models.Memory;

public class NvmlDriverTests
{
    private const uint Own = 4711;
    private readonly FakeNvml.Device gpu = new("GPU-a", "00000000:01:00.0");

    [Fact]
    public void GPUs_are_listed_by_their_place_whatever_the_order_of_the_library()
    {
        var driver = new NvmlDriver(new FakeNvml(new FakeNvml.Device("GPU-b", "00000000:D8:00.0"), gpu, new FakeNvml.Device("GPU-c", "00000001:01:00.0")), Own);

        driver.List(out var problem)!.Select(one => one.Uuid).ShouldBe(["GPU-a", "GPU-b", "GPU-c"]);
        problem.ShouldBeNull();
    }

    [Fact]
    public void All_that_is_not_free_is_used() => ReadingOf(gpu).ShouldBe(new DeviceMemoryReading(80_000, 20_000, null));

    [Fact]
    public void What_this_process_holds_is_added_up_over_its_entries()
    {
        gpu.Processes = [new(Own, 100), new(Own + 1, 1_000), new(Own, 10)];

        ReadingOf(gpu)!.Value.UsedByThisProcess.ShouldBe(110);
    }

    [Fact]
    public void What_this_process_holds_is_not_told_where_the_driver_does_not_say()
    {
        foreach (var processes in new IReadOnlyList<NvmlProcess>?[] { null, [], [new(Own + 1, 1_000)], [new(Own, 100), new(Own, null)] })
        {
            gpu.Processes = processes;

            ReadingOf(gpu)!.Value.UsedByThisProcess.ShouldBeNull();
        }
    }

    [Fact]
    public void What_this_process_holds_is_not_told_where_the_driver_knows_it_by_another_id()
    {
        gpu.Processes = [new(Own, 100)];

        ReadingOf(gpu, process: null)!.Value.UsedByThisProcess.ShouldBeNull();
    }

    [Fact]
    public void A_driver_that_does_not_answer_lists_nothing_and_says_why()
    {
        new NvmlDriver(new FakeNvml(gpu) { Start = (NvmlStatus)9 }, Own).List(out var problem).ShouldBeNull();

        problem.ShouldBe("the driver does not answer: 9");
    }

    [Fact]
    public void With_one_GPU_that_cannot_be_found_none_is_listed_because_the_others_would_be_miscounted()
    {
        new NvmlDriver(new FakeNvml(new FakeNvml.Device("GPU-x", "00000000:00:00.0") { Found = (NvmlStatus)15 }, gpu), Own).List(out var problem).ShouldBeNull();

        problem.ShouldBe("GPU 0 cannot be found: 15");
    }

    [Fact]
    public void A_GPU_without_memory_of_its_own_is_listed_without_a_total()
    {
        gpu.MemoryStatus = NvmlStatus.NotSupported;

        new NvmlDriver(new FakeNvml(gpu), Own).List(out _)!.ShouldHaveSingleItem().TotalBytes.ShouldBeNull();
    }

    [Fact]
    public void A_reading_that_fails_says_why_and_a_later_one_may_succeed()
    {
        var driver = Listed(gpu, Own);
        gpu.MemoryStatus = (NvmlStatus)15;

        driver.Read("GPU-a", out var problem).ShouldBeNull();
        gpu.MemoryStatus = NvmlStatus.Success;

        problem.ShouldBe("its memory cannot be read: 15");
        driver.Read("GPU-a", out problem).ShouldNotBeNull();
        problem.ShouldBeNull();
        driver.Read("GPU-z", out problem).ShouldBeNull();
        problem.ShouldBe("there is no GPU-z");
    }

    [Fact]
    public void Instances_of_a_partitioned_GPU_are_listed_and_read_by_their_own_uuid()
    {
        var partitioned = new FakeNvml.Device("GPU-a", "00000000:01:00.0") { Instances = ["MIG-1", null, "MIG-3"], MemoryStatus = (NvmlStatus)4 };
        var driver = new NvmlDriver(new FakeNvml(partitioned), Own);

        var listed = driver.List(out _)!.ShouldHaveSingleItem();

        listed.IsPartitioned.ShouldBeTrue();
        listed.Instances.ShouldBe(["MIG-1", "MIG-3"]);
        driver.Read("MIG-3", out _).ShouldBe(new DeviceMemoryReading(10, 3, null));
    }

    private static DeviceMemoryReading? ReadingOf(FakeNvml.Device device, uint? process = Own) => Listed(device, process).Read(device.Uuid, out _);

    private static NvmlDriver Listed(FakeNvml.Device device, uint? process)
    {
        var driver = new NvmlDriver(new FakeNvml(device), process);
        driver.List(out _).ShouldNotBeNull();
        return driver;
    }
}
