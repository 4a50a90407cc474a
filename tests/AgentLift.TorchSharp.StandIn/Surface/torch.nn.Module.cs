using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp.Modules;
using TorchSharp.StandIn;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public class Module : IDisposable
        {
            private readonly string name;
            private DeviceType knownDevice = DeviceType.CPU;
            private int knownIndex = -1;
            private bool wasConverted;

            protected Module(string name)
            {
                // As in TorchSharp, a module is made by an import without a managed check.
                LibTorch.LoadOrFailAsImport();
                this.name = name;
            }

            public bool training { get; private set; } = true;

            public bool IsDisposed { get; private set; }

            internal Dictionary<string, Parameter> OwnParameters { get; } = [];

            internal Dictionary<string, Tensor> OwnBuffers { get; } = [];

            public virtual void train(bool train = true) => training = train;

            public virtual void eval() => train(false);

            public string GetName() => name;

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => OwnParameters.Values;

#if TORCHSHARP_0_99
            public virtual IEnumerable<Tensor> buffers(bool recurse = true) => OwnBuffers.Values;

            public virtual Module load(string location, bool strict = true, IList<string>? skip = null) => Load(location);
#else
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) => OwnBuffers.Values;

            public virtual Module load(string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null) => Load(location);
#endif

            public virtual void register_buffer(string name, Tensor tensor) => OwnBuffers[name] = tensor.DetachFromDisposeScope();

            public void Dispose()
            {
                if (IsDisposed)
                    return;
                IsDisposed = true;
                ReleaseTensors();
            }

            internal Module Convert(ScalarType type)
            {
                wasConverted = true;
                return Change($"to {type}", tensor => tensor.Native.Become(type, tensor.device));
            }

            internal Module MoveTo(DeviceType type, int index)
            {
                var device = new Device(type, index);
                if (type == knownDevice && index == knownIndex)
                    return this;
                if (type == DeviceType.CUDA && DeviceMemory.CudaDevices == 0)
                    throw new InvalidOperationException("CUDA is not available.");
                (knownDevice, knownIndex) = (type, index);
                var happens = FakeTorch.NextMove;
                FakeTorch.NextMove = null;
                happens?.Invoke();
                return Change($"move to {device}", tensor =>
                {
                    if (tensor.device.ToString() != device.ToString())
                        tensor.Native.Become(tensor.dtype, device);
                });
            }

            /// <summary>Whether native code moves the module, which ends the process where there is no room.</summary>
            internal virtual bool IsMovedByNativeCode => FakeTorch.Version == TorchVersion.V0_99;

            internal IEnumerable<Tensor> Tensors => OwnParameters.Values.Concat(OwnBuffers.Values);

            protected virtual void ReleaseTensors()
            {
                // 0.99 frees nothing of a module that was converted.
                if (wasConverted && FakeTorch.Version == TorchVersion.V0_99)
                    return;
                foreach (var tensor in Tensors)
                    tensor.Dispose();
            }

            protected virtual void RegisterComponents()
            {
                foreach (var field in GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
                {
                    if (field.GetValue(this) is Parameter parameter)
                    {
                        parameter.DetachFromDisposeScope();
                        OwnParameters[field.Name] = parameter;
                    }
                }
            }

            private Module Change(string what, Action<Tensor> change)
            {
                ObjectDisposedException.ThrowIf(IsDisposed, this);
                FakeTorch.Journal.Add($"{name} {what}");
                try
                {
                    foreach (var tensor in Tensors)
                        change(tensor);
                    return this;
                }
                catch (ExternalException error) when (IsMovedByNativeCode)
                {
                    throw DeviceMemory.End(error);
                }
            }

            private Module Load(string location)
            {
                FakeTorch.ScopesAtLastLoad = DisposeScope.OpenOnThread;
                var weights = ModelFile.Read(location);
                if (!weights.Select(weight => (weight.Name, weight.Elements)).SequenceEqual(OwnParameters.Select(own => (own.Key, own.Value.numel()))))
                    throw new ArgumentException("Mismatched module state names");
                return this;
            }
        }

        public abstract class Module<T1, TResult> : Module
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T1 input);

            public TResult call(T1 input)
            {
                ObjectDisposedException.ThrowIf(IsDisposed, this);
                FakeTorch.LastCallRecordedGradients = is_grad_enabled();
                return forward(input);
            }
        }
    }
}
