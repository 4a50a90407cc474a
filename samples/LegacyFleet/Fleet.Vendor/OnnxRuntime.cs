using System.Collections;
using Fleet.Vendor;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.OnnxRuntime
{
    public class SessionOptions : IDisposable
    {
        public int IntraOpNumThreads { get; set; } = 1;

        public static SessionOptions MakeSessionOptionWithCudaProvider(int deviceId = 0) => throw new OnnxRuntimeException("CUDA execution provider is not enabled in this build.");

        public void AppendExecutionProvider_CUDA(int deviceId = 0) => throw new OnnxRuntimeException("CUDA execution provider is not enabled in this build.");

        public void Dispose()
        {
        }
    }

    public class OnnxRuntimeException : Exception
    {
        public OnnxRuntimeException(string message) : base(message)
        {
        }
    }

    public class NamedOnnxValue
    {
        protected NamedOnnxValue(string name, object value)
        {
            Name = name;
            Value = value;
        }

        public string Name { get; }

        public object Value { get; }

        public static NamedOnnxValue CreateFromTensor<T>(string name, Tensor<T> value) => new NamedOnnxValue(name, value);

        public Tensor<T> AsTensor<T>() => (Tensor<T>)Value;
    }

    public class DisposableNamedOnnxValue : NamedOnnxValue, IDisposable
    {
        internal DisposableNamedOnnxValue(string name, object value) : base(name, value)
        {
        }

        public void Dispose()
        {
        }
    }

    public interface IDisposableReadOnlyCollection<out T> : IReadOnlyCollection<T>, IDisposable
    {
    }

    public class InferenceSession : IDisposable
    {
        private readonly WeightFile weights;

        public InferenceSession(string modelPath) : this(modelPath, new SessionOptions())
        {
        }

        public InferenceSession(string modelPath, SessionOptions options) => weights = WeightFile.Read(modelPath);

        public IReadOnlyList<string> OutputNames { get; } = new[] { "output" };

        public IDisposableReadOnlyCollection<DisposableNamedOnnxValue> Run(IReadOnlyCollection<NamedOnnxValue> inputs)
        {
            var input = (DenseTensor<float>)inputs.First().Value;
            return new Results(new DisposableNamedOnnxValue("output", new DenseTensor<float>(weights.Project(input.Buffer.Span), new[] { weights.Rows })));
        }

        public void Dispose() => weights.Dispose();

        private sealed class Results : IDisposableReadOnlyCollection<DisposableNamedOnnxValue>
        {
            private readonly DisposableNamedOnnxValue[] values;

            public Results(params DisposableNamedOnnxValue[] values) => this.values = values;

            public int Count => values.Length;

            public IEnumerator<DisposableNamedOnnxValue> GetEnumerator() => ((IEnumerable<DisposableNamedOnnxValue>)values).GetEnumerator();

            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

            public void Dispose()
            {
            }
        }
    }
}

namespace Microsoft.ML.OnnxRuntime.Tensors
{
    public abstract class Tensor<T> : IEnumerable<T>
    {
        public abstract int[] DimensionsArray { get; }

        public abstract IEnumerator<T> GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    public class DenseTensor<T> : Tensor<T>
    {
        public DenseTensor(Memory<T> memory, ReadOnlySpan<int> dimensions)
        {
            Buffer = memory;
            DimensionsArray = dimensions.ToArray();
        }

        public Memory<T> Buffer { get; }

        public override int[] DimensionsArray { get; }

        public override IEnumerator<T> GetEnumerator()
        {
            for (var i = 0; i < Buffer.Length; i++)
                yield return Buffer.Span[i];
        }
    }
}
