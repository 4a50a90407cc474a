using TorchSharp.StandIn;

namespace TorchSharp;

public static partial class torch
{
    public class Tensor : IDisposable
    {
        private static long live;
        private NativeTensor? native;

        internal Tensor(NativeTensor native, bool isScoped = true)
        {
            this.native = native;
            Interlocked.Increment(ref live);
            if (isScoped)
                DisposeScope.Add(this);
        }

        public static long TotalCount => Interlocked.Read(ref live);

        public bool IsInvalid => native is null;

        public Device device => Native.Device;

        public ScalarType dtype => Native.Type;

        internal DisposeScope? OwningDisposeScope { get; set; }

        internal NativeTensor Native => native ?? throw new InvalidOperationException("Tensor invalid -- empty handle.");

        public static Tensor operator +(Tensor left, Tensor right)
        {
            _ = right.Native;
            return new Tensor(new NativeTensor(left.Native.Elements, left.dtype, left.device));
        }

        public long numel() => Native.Elements;

        public long element_size() => NativeTensor.SizeOf(Native.Type);

        public T item<T>()
            where T : unmanaged
        {
            _ = Native;
            return default;
        }

        public Tensor argmax() => new(new NativeTensor(1, ScalarType.Int64, device));

        public Tensor to(Device device) => device.ToString() == this.device.ToString() ? this : new Tensor(new NativeTensor(Native.Elements, dtype, device));

        public Tensor set_(Tensor source)
        {
            // Parameters are leaves, which may not be changed while gradients are recorded.
            if (this is Modules.Parameter && is_grad_enabled())
                throw new System.Runtime.InteropServices.ExternalException("a leaf Variable that requires grad is being used in an in-place operation.");
            Native.Empty(source.device);
            return this;
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public void Dispose()
        {
            if (native is null)
                return;
            OwningDisposeScope?.Detach(this);
            native.Release();
            native = null;
            Interlocked.Decrement(ref live);
        }
    }
}
