namespace AgentLift.Analyzers.Tests;

/// <summary>Libraries that load models: TorchSharp, ONNX Runtime, LLamaSharp, OpenCvSharp.</summary>
internal static class ModelLibraries
{
    public const string Source = """
        #nullable disable
        namespace TorchSharp
        {
            public enum DeviceType { CPU, CUDA }

            public static class torch
            {
                public static Device CUDA { get; } = new();
                public static Device CPU { get; } = new();
                public static Device device(string name) => new();
                public static Tensor zeros(params long[] sizes) => new();
                public static Tensor ones(params long[] sizes) => new();
                public static IDisposable NewDisposeScope() => new Tensor();

                public class Device;

                public class Tensor : IDisposable
                {
                    public Tensor add(Tensor other) => this;
                    public Tensor relu() => this;
                    public Tensor to(Device device) => this;
                    public Tensor to(string device) => this;
                    public Tensor cuda() => this;
                    public Tensor cpu() => this;
                    public float item() => 0;
                    public void Dispose() { }
                }

                public static class cuda { public static bool is_available() => false; public static void synchronize() { } public static void empty_cache() { } }

                public static class jit
                {
                    public static ScriptModule load(string path) => new();
                    public class ScriptModule : IDisposable { public Tensor forward(Tensor input) => input; public void Dispose() { } }
                }
            }

            public static class ModuleExtensionMethods
            {
                public static T to<T>(this T module, torch.Device device) where T : torch.jit.ScriptModule => module;
                public static T cuda<T>(this T module) where T : torch.jit.ScriptModule => module;
            }
        }

        namespace Microsoft.ML.OnnxRuntime
        {
            public class SessionOptions { public void AppendExecutionProvider_CUDA(int device = 0) { } }
            public class InferenceSession : IDisposable
            {
                public InferenceSession(string path) { }
                public InferenceSession(string path, SessionOptions options) { }
                public float[] Run(float[] input) => input;
                public void Dispose() { }
            }
        }

        namespace LLama
        {
            public class LLamaWeights : IDisposable
            {
                public static LLamaWeights LoadFromFile(Common.ModelParams parameters) => new();
                public void Dispose() { }
            }
        }

        namespace LLama.Common
        {
            public class ModelParams { public ModelParams(string path) { } public int GpuLayerCount { get; set; } }
        }

        namespace OpenCvSharp
        {
            public class CascadeClassifier : IDisposable { public CascadeClassifier(string path) { } public void Dispose() { } }
        }

        namespace OpenCvSharp.Dnn
        {
            public class Net;
            public static class CvDnn { public static Net ReadNetFromOnnx(string path) => new(); }
        }
        """;
}
