using AgentLift.Runtime.Models.Memory;

namespace AgentLift.Runtime.Tests.Models.Memory;

public class CudaOrderTests
{
    private const string A = "GPU-8932f937-d72c-4106-c12f-20bd9faed9f6";
    private const string B = "GPU-89aa0000-0000-4000-8000-00000000000b";
    private const string C = "GPU-c0ffee00-0000-4000-8000-00000000000c";
    private const string Instance = "MIG-1d25f21d-0000-4000-8000-000000000001";
    private const string ByPlace = "PCI_BUS_ID";

    private static readonly Gpu[] Alike = [Of(A, "00000000:01:00.0"), Of(B, "00000000:3B:00.0"), Of(C, "00000000:D8:00.0")];
    private static readonly Gpu[] Mixed = [Alike[0], Of(B, "00000000:3B:00.0", "NVIDIA H200", 150)];
    private static readonly Gpu[] Partitioned = [Of(A, "00000000:01:00.0") with { IsPartitioned = true, Instances = [Instance, "MIG-2"] }, Alike[1]];

    [Theory]
    [InlineData(null, A, B, C)]
    [InlineData("0,1,2", A, B, C)]
    [InlineData("2,0", C, A)]
    [InlineData(" 2 , 0 ", C, A)]
    [InlineData("+1", B)]
    [InlineData("1gpu,2other", B, C)]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("none")]
    [InlineData("NoDevFiles")]
    [InlineData("0,-1,1", A)]
    [InlineData("0,7,1", A)]
    [InlineData("0,,1", A)]
    [InlineData("0,99999999999999999999,1", A)]
    [InlineData("1,0,1")]
    [InlineData("0," + B, A)]
    public void Indices_count_among_all_GPUs_and_what_is_none_hides_itself_and_all_after_it(string? visible, params string[] expected) =>
        CudaOrder.Of(Alike, visible, order: null).ShouldBe(new CudaOrder(expected, Doubt: null), Same);

    [Theory]
    [InlineData(A, A)]
    [InlineData(C + "," + A, C, A)]
    [InlineData("GPU-c0," + B, C, B)]
    [InlineData("GPU-89")]
    [InlineData("GPU-c0,GPU-89," + A, C)]
    [InlineData("GPU-c0,GPU-ffff," + A, C)]
    [InlineData(C + ",1", C)]
    [InlineData(C + ",GPU-c0")]
    [InlineData(C + "," + C)]
    [InlineData("gpu-c0")]
    public void Uuids_may_be_cut_short_and_one_that_fits_none_or_two_hides_itself_and_all_after_it(string visible, params string[] expected) =>
        CudaOrder.Of(Alike, visible, order: null).ShouldBe(new CudaOrder(expected, Doubt: null), Same);

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("1,0")]
    public void Among_GPUs_of_several_kinds_an_index_means_nothing_while_the_fastest_comes_first(string? visible)
    {
        foreach (var order in new[] { null, "FASTEST_FIRST", "pci_bus_id" })
        {
            var cuda = CudaOrder.Of(Mixed, visible, order);

            cuda.Uuids.ShouldBeEmpty();
            cuda.Doubt.ShouldBe("the GPUs are of several kinds, and CUDA takes the fastest first; set CUDA_DEVICE_ORDER=PCI_BUS_ID, or name UUIDs in CUDA_VISIBLE_DEVICES");
        }
    }

    [Theory]
    [InlineData(null, ByPlace, A, B)]
    [InlineData("1,0", ByPlace, B, A)]
    [InlineData(B + "," + A, null, B, A)]
    [InlineData("-1", null)]
    public void Among_GPUs_of_several_kinds_places_and_uuids_are_certain(string? visible, string? order, params string[] expected) =>
        CudaOrder.Of(Mixed, visible, order).ShouldBe(new CudaOrder(expected, Doubt: null), Same);

    [Fact]
    public void Two_GPUs_of_one_name_and_different_memory_are_of_several_kinds() =>
        CudaOrder.Of([Alike[0], Alike[1] with { TotalBytes = 40 }], visible: null, order: null).Doubt.ShouldNotBeNull();

    [Theory]
    [InlineData(Instance, Instance)]
    [InlineData("MIG-1d25", Instance)]
    [InlineData("MIG-2," + Instance, "MIG-2")]
    [InlineData("MIG-f")]
    [InlineData(B, B)]
    public void Of_a_partitioned_GPU_the_first_instance_that_is_named_is_the_only_device(string visible, params string[] expected) =>
        CudaOrder.Of(Partitioned, visible, order: null).ShouldBe(new CudaOrder(expected, Doubt: null), Same);

    [Theory]
    [InlineData(null)]
    [InlineData("1")]
    [InlineData(A)]
    public void Where_a_partitioned_GPU_might_be_meant_nothing_is_certain(string? visible)
    {
        var cuda = CudaOrder.Of(Partitioned, visible, ByPlace);

        cuda.Uuids.ShouldBeEmpty();
        cuda.Doubt!.ShouldContain("is partitioned (MIG)");
    }

    [Fact]
    public void An_instance_that_the_driver_does_not_list_leaves_the_order_in_doubt() =>
        CudaOrder.Of([Partitioned[0] with { Instances = [] }], Instance, order: null).Doubt
            .ShouldBe("the driver does not list the instances (MIG) that CUDA_VISIBLE_DEVICES may name");

    [Fact]
    public void Where_there_is_no_GPU_there_is_none_to_order()
    {
        foreach (var visible in new[] { null, "0", A, "MIG-1" })
            CudaOrder.Of([], visible, order: null).ShouldBe(new CudaOrder([], Doubt: null), Same);
    }

    private static IEqualityComparer<CudaOrder> Same { get; } =
        EqualityComparer<CudaOrder>.Create((one, other) => one!.Doubt == other!.Doubt && one.Uuids.SequenceEqual(other.Uuids), order => order.Uuids.Count);

    private static Gpu Of(string uuid, string busId, string name = "NVIDIA A100", long total = 80) => new(uuid, name, busId, total, IsPartitioned: false, Instances: []);
}
