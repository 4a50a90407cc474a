using AgentLift.Runtime.Models.Memory.NvidiaSmi;

namespace AgentLift.Runtime.Tests.Models.Memory;

public class NvidiaSmiCsvTests
{
    private const long Mebibyte = 1024 * 1024;

    [Fact]
    public void Sizes_are_mebibytes_and_a_GPU_that_cannot_be_partitioned_is_not()
    {
        var one = Parse("GPU-5f3c1b8e-0d4a-9f0a-3f0e-2b1c4d5e6f70, 00000000:01:00.0, 24576, 23561, [N/A], NVIDIA GeForce RTX 3090\n")!.ShouldHaveSingleItem();

        one.Gpu.Uuid.ShouldBe("GPU-5f3c1b8e-0d4a-9f0a-3f0e-2b1c4d5e6f70");
        one.Gpu.Name.ShouldBe("NVIDIA GeForce RTX 3090");
        one.Gpu.TotalBytes.ShouldBe(24_576 * Mebibyte);
        one.Gpu.IsPartitioned.ShouldBeFalse();
        one.FreeBytes.ShouldBe(23_561 * Mebibyte);
    }

    [Fact]
    public void Several_GPUs_are_listed_by_their_place_with_line_ends_of_any_system()
    {
        var all = Parse("GPU-b, 00000000:D8:00.0, 143771, 143160, Disabled, NVIDIA H200\r\nGPU-a, 00000000:3B:00.0, 143771, 143160, Enabled, NVIDIA H200\r\n\r\n")!;

        all.Select(one => (one.Gpu.Uuid, one.Gpu.IsPartitioned)).ShouldBe([("GPU-a", true), ("GPU-b", false)]);
    }

    [Theory]
    [InlineData("[N/A]")]
    [InlineData("[Not Supported]")]
    [InlineData("[Unknown Error]")]
    [InlineData("[GPU is lost]")]
    [InlineData("24.576")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("9223372036854775807")]
    public void A_size_that_is_no_number_is_not_told(string size)
    {
        var one = Parse($"GPU-a, 0000000F:01:00.0, {size}, {size}, [N/A], NVIDIA GB10\n")!.ShouldHaveSingleItem();

        one.Gpu.TotalBytes.ShouldBeNull();
        one.FreeBytes.ShouldBeNull();
    }

    [Fact]
    public void A_name_may_have_a_comma() => Parse("GPU-a, 00000000:01:00.0, 1, 1, [N/A], Tesla, the second\n")!.ShouldHaveSingleItem().Gpu.Name.ShouldBe("Tesla, the second");

    [Fact]
    public void No_line_is_no_GPU() => Parse("\n").ShouldBeEmpty();

    [Theory]
    [InlineData("No devices were found\n")]
    [InlineData("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.\n")]
    [InlineData("GPU-a, 00000000:01:00.0, 1, 1, [N/A], Tesla\nUnable to determine the device handle for GPU0000:3B:00.0: GPU is lost.  Reboot the system to recover this GPU\n")]
    [InlineData("uuid, pci.bus_id, memory.total [MiB], memory.free [MiB], mig.mode.current, name\n")]
    public void What_is_no_list_of_GPUs_is_not_taken_for_one(string output) => Parse(output).ShouldBeNull();

    private static IReadOnlyList<NvidiaSmiGpu>? Parse(string output) => NvidiaSmiCsv.Parse(output);
}
