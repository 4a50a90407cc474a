using TorchSharp.StandIn;

namespace TorchSharp;

public static partial class torch
{
#if !TORCHSHARP_0_99
    // The first touch of any static member loads the native library, and a failure stays for the rest of the process.
    static torch() => LibTorch.Load();
#endif

    public enum ScalarType : sbyte
    {
        Byte = 0,
        Int8 = 1,
        Int16 = 2,
        Int32 = 3,
        Int64 = 4,
        Float16 = 5,
        Float32 = 6,
        Float64 = 7,
        Bool = 11,
        BFloat16 = 15,
    }

    public static Device CPU { get; } = new(DeviceType.CPU);

    public static Device CUDA => cuda.is_available() ? new(DeviceType.CUDA, 0) : throw new InvalidOperationException("CUDA is not available.");

    public static DisposeScope NewDisposeScope() => DisposeScope.Open();

    public static IDisposable no_grad() => new GradientMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradientMode(enabled);

    public static bool is_grad_enabled() => GradientMode.IsEnabled;

    public static Tensor empty(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Make([size], dtype, device);

    public static Tensor empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Make(size, dtype, device);

    public static Tensor zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => Make(size, dtype, device);

    public static Tensor tensor(float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Make(dimensions.ToArray(), dtype, device);

    private static Tensor Make(long[] size, ScalarType? dtype, Device? device)
    {
        LibTorch.Load();
        var tensor = new Tensor(new NativeTensor(size.Aggregate(1L, (product, side) => product * side), dtype ?? ScalarType.Float32, device ?? new Device(DeviceType.CPU)));
        FakeTorch.Journal.Add($"allocate {tensor.numel() * tensor.element_size()} on {tensor.device}");
        return tensor;
    }

    public static class cuda
    {
        public static bool is_available()
        {
            LibTorch.Load();
            return DeviceMemory.CudaDevices > 0;
        }

        public static int device_count()
        {
            LibTorch.Load();
            return DeviceMemory.CudaDevices;
        }
    }

    private sealed class GradientMode : IDisposable
    {
        [ThreadStatic]
        private static bool isOff;

        private readonly bool before = isOff;

        public GradientMode(bool enabled) => isOff = !enabled;

        public static bool IsEnabled => !isOff;

        public void Dispose() => isOff = before;
    }
}
