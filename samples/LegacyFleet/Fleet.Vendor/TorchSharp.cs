using System.Runtime.InteropServices;
using Fleet.Vendor;
using TorchSharp.Utils;

namespace TorchSharp
{
    public enum DeviceType
    {
        CPU = 0,
        CUDA = 1,
    }

    public sealed class DisposeScope : IDisposable
    {
        [ThreadStatic]
        private static DisposeScope current;

        private readonly DisposeScope outer;
        private readonly List<IDisposable> owned = new List<IDisposable>();

        internal DisposeScope()
        {
            outer = current;
            current = this;
        }

        internal static void Register(IDisposable value) => current?.owned.Add(value);

        public void Dispose()
        {
            foreach (var value in owned)
                value.Dispose();
            current = outer;
        }
    }

    public static partial class torch
    {
        public static readonly Device CPU = new Device(DeviceType.CPU);

        public static Device CUDA => new Device(torch.cuda.is_available() ? DeviceType.CUDA : throw new InvalidOperationException("CUDA is not available."), 0);

        public static Device device(string description) => new Device(description);

        public static Tensor tensor(IList<float> rawArray, Device device = null, bool requires_grad = false) => new Tensor(rawArray.ToArray(), device ?? CPU);

        public static Tensor zeros(long[] size, Device device = null)
        {
            long n = 1;
            foreach (var s in size)
                n *= s;
            return new Tensor(new float[n], device ?? CPU);
        }

        public static Tensor from_array(Array rawArray) => new Tensor((float[])rawArray, CPU);

        public static DisposeScope NewDisposeScope() => new DisposeScope();

        public static IDisposable no_grad() => new MemoryStream(0);

        public static void manual_seed(long seed) => _ = LibTorch.LoadedLibraries;

        public static class cuda
        {
            public static bool is_available() => LibTorch.LoadedLibraries < 0; // never: the stand-in has no device

            public static int device_count() => is_available() ? 1 : 0;
        }

        public sealed class Device
        {
            public Device(string description)
            {
                var parts = description.Split(':');
                type = Enum.Parse<DeviceType>(parts[0], ignoreCase: true);
                index = parts.Length > 1 ? int.Parse(parts[1]) : -1;
            }

            public Device(DeviceType type, int index = -1)
            {
                this.type = type;
                this.index = index;
            }

            public DeviceType type { get; }

            public int index { get; }

            public override string ToString() => index < 0 ? type.ToString().ToLowerInvariant() : type.ToString().ToLowerInvariant() + ":" + index;
        }

        public sealed unsafe class Tensor : IDisposable
        {
            private float* data_;
            private readonly long length;

            internal Tensor(float[] values, Device device)
            {
                if (device.type == DeviceType.CUDA && !torch.cuda.is_available())
                    throw new InvalidOperationException("CUDA is not available.");
                _ = LibTorch.LoadedLibraries;
                length = values.Length;
                this.device = device;
                data_ = (float*)NativeMemory.Alloc((nuint)Math.Max(1, length), sizeof(float));
                values.CopyTo(new Span<float>(data_, values.Length));
                DisposeScope.Register(this);
            }

            ~Tensor() => Free();

            public Device device { get; }

            public long NumberOfElements => length;

            public long[] shape => new[] { length };

            internal ReadOnlySpan<float> Span => new ReadOnlySpan<float>(data_, (int)length);

            public Tensor to(Device device) => device.type == this.device.type ? this : new Tensor(Span.ToArray(), device);

            public Tensor cuda() => to(CUDA);

            public Tensor cpu() => to(CPU);

            public Tensor add(Tensor other) => Zip(other, (a, b) => a + b);

            public Tensor mul(float factor) => new Tensor(Array.ConvertAll(Span.ToArray(), v => v * factor), device);

            public Tensor norm()
            {
                double sum = 0;
                foreach (var v in Span)
                    sum += v * v;
                return new Tensor(new[] { (float)Math.Sqrt(sum) }, device);
            }

            public T item<T>() where T : unmanaged => (T)Convert.ChangeType(data_[0], typeof(T));

            public TensorAccessor<T> data<T>() where T : unmanaged => new TensorAccessor<T>(MemoryMarshal.Cast<float, T>(Span).ToArray());

            public void Dispose()
            {
                Free();
                GC.SuppressFinalize(this);
            }

            private Tensor Zip(Tensor other, Func<float, float, float> f)
            {
                var sum = Span.ToArray();
                for (var i = 0; i < sum.Length && i < other.length; i++)
                    sum[i] = f(sum[i], other.data_[i]);
                return new Tensor(sum, device);
            }

            private void Free()
            {
                if (data_ == null)
                    return;
                NativeMemory.Free(data_);
                data_ = null;
            }
        }

        public static class nn
        {
            public abstract class Module : IDisposable
            {
                public abstract void Dispose();
            }
        }

        public static class jit
        {
            public static ScriptModule load(string filename, DeviceType device = DeviceType.CPU, long device_index = -1) => load(filename, new Device(device, (int)device_index));

            public static ScriptModule load(string filename, Device map_location)
            {
                if (map_location.type == DeviceType.CUDA && !torch.cuda.is_available())
                    throw new InvalidOperationException("CUDA is not available.");
                _ = LibTorch.LoadedLibraries;
                return new ScriptModule(WeightFile.Read(filename));
            }

            public sealed class ScriptModule : nn.Module
            {
                private readonly WeightFile weights;

                internal ScriptModule(WeightFile weights) => this.weights = weights;

                public object call(params object[] input) => new Tensor(weights.Project(((Tensor)input[0]).Span), CPU);

                public ScriptModule to(Device device) =>
                    device.type == DeviceType.CUDA && !torch.cuda.is_available() ? throw new InvalidOperationException("CUDA is not available.") : this;

                public ScriptModule cuda(int deviceIndex = -1) => to(new Device(DeviceType.CUDA, deviceIndex));

                public void eval()
                {
                }

                public override void Dispose() => weights.Dispose();

                public long parameter_bytes() => weights.Bytes;
            }
        }
    }
}

namespace TorchSharp.Utils
{
    public sealed class TensorAccessor<T> where T : unmanaged
    {
        private readonly T[] values;

        internal TensorAccessor(T[] values) => this.values = values;

        public long Count => values.Length;

        public T this[long index] => values[index];

        public T[] ToArray() => values;
    }
}
