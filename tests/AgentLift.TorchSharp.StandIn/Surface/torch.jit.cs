using System.Runtime.InteropServices;
using TorchSharp.Modules;
using TorchSharp.StandIn;

namespace TorchSharp;

public static partial class torch
{
    public static partial class jit
    {
        public static ScriptModule load(string filename, DeviceType device_type = DeviceType.CPU, long device_index = -1) => new(filename, device_type, device_index);

        public static ScriptModule load(string filename, Device map_location) => new(filename, map_location.type, map_location.index);

        public static ScriptModule<TResult> load<TResult>(string filename, DeviceType device_type = DeviceType.CPU, long device_index = -1) => new(filename, device_type, device_index);

        public static ScriptModule<T1, TResult> load<T1, TResult>(string filename, DeviceType device_type = DeviceType.CPU, long device_index = -1) => new(filename, device_type, device_index);

        public static ScriptModule<T1, T2, TResult> load<T1, T2, TResult>(string filename, DeviceType device_type = DeviceType.CPU, long device_index = -1) => new(filename, device_type, device_index);

        public class ScriptModule : nn.Module
        {
            internal ScriptModule(string filename, DeviceType type, long index)
                : base(CheckFile(filename))
            {
                if (type == DeviceType.CUDA && index >= DeviceMemory.CudaDevices)
                    throw new InvalidOperationException("CUDA is not available.");

                // In 0.99 a scope takes the parameters of modules that are loaded in it.
                var isScoped = FakeTorch.Version == TorchVersion.V0_99;
                FakeTorch.ScopesAtLastLoad = DisposeScope.OpenOnThread;
                var device = new Device(type, (int)index);
                FakeTorch.Journal.Add($"{GetName()} load on {device}");
                try
                {
                    foreach (var (tensor, scalar, elements) in ModelFile.Read(filename))
                    {
                        var native = new NativeTensor(elements, scalar, device);
                        if (tensor.StartsWith("buffer", StringComparison.Ordinal))
                            OwnBuffers[tensor] = new Tensor(native, isScoped);
                        else
                            OwnParameters[tensor] = new Parameter(native, isScoped);
                    }
                }
                catch (ExternalException)
                {
                    foreach (var tensor in Tensors)
                        tensor.Dispose();
                    throw;
                }
            }

            internal override bool IsMovedByNativeCode => true;

            public object call(params object[] objs) => Invoke<Tensor>();

            protected TResult Invoke<TResult>()
            {
                ObjectDisposedException.ThrowIf(IsDisposed, this);
                FakeTorch.LastCallRecordedGradients = is_grad_enabled();
                if (FakeTorch.NextCallFails is { } failure)
                {
                    FakeTorch.NextCallFails = null;
                    throw new ExternalException($"The following operation failed in the TorchScript interpreter.\nTraceback of TorchScript, serialized code (most recent call last):\n  File \"code/__torch__.py\", line 8, in forward\nRuntimeError: {failure}\n");
                }

                var device = Tensors.First().device;
                object result = typeof(TResult) == typeof(Tensor)
                    ? empty(1L, device: device)
                    : typeof(TResult) == typeof((Tensor, Tensor)) ? (empty(1L, device: device), empty(1L, device: device)) : new[] { empty(1L, device: device), empty(1L, device: device) };
                return (TResult)result;
            }

            // The native module is never freed, so its weights are not: only the objects that stand for them here go.
            protected override void ReleaseTensors()
            {
                foreach (var tensor in Tensors)
                {
                    tensor.Native.Shared();
                    tensor.Dispose();
                }
            }

            private static string CheckFile(string filename)
            {
                if (!File.Exists(filename))
                    throw new FileNotFoundException(filename);
                return Path.GetFileNameWithoutExtension(filename);
            }
        }

        public class ScriptModule<TResult> : ScriptModule
        {
            internal ScriptModule(string filename, DeviceType type, long index)
                : base(filename, type, index)
            {
            }

            public TResult call(params Tensor[] tensor) => Invoke<TResult>();
        }

        public class ScriptModule<T, TResult> : ScriptModule
        {
            internal ScriptModule(string filename, DeviceType type, long index)
                : base(filename, type, index)
            {
            }

            public TResult call(T tensor) => Invoke<TResult>();

#if !TORCHSHARP_0_99
            public TResult forward(T tensor) => Invoke<TResult>();
#endif
        }

        public class ScriptModule<T1, T2, TResult> : ScriptModule
        {
            internal ScriptModule(string filename, DeviceType type, long index)
                : base(filename, type, index)
            {
            }

            public TResult call(T1 input1, T2 input2) => Invoke<TResult>();
        }
    }
}
