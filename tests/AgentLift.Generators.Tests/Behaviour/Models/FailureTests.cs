#pragma warning disable CA2201 // Exceptions as native code and the runtime throw them.
using System.Runtime.InteropServices;
using AgentLift.Runtime;

namespace AgentLift.Generators.Tests.Behaviour.Models;

public class FailureTests : LoaderTest
{
    [Theory]
    [InlineData("CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 8.00 GiB")]
    [InlineData("CUDA error: out of memory\nCUDA kernel errors might be asynchronously reported at some other API call")]
    [InlineData("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`")]
    [InlineData("cuDNN error: CUDNN_STATUS_ALLOC_FAILED")]
    [InlineData("[enforce fail at alloc_cpu.cpp:75] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes. Error code 12")]
    [InlineData("The following operation failed in the TorchScript interpreter.\nTraceback of TorchScript (most recent call last):\nRuntimeError: CUDA out of memory. Tried to allocate 20.00 MiB")]
    public void Out_of_memory_is_known_by_its_text_wherever_it_stands(string text)
    {
        var failure = new ExternalException(text);

        Script.Classify(failure).ShouldBe(ModelFailureKind.OutOfMemory);
        Script.Classify(new InvalidOperationException("The pipeline failed.", failure)).ShouldBe(ModelFailureKind.OutOfMemory);
        Script.Classify(new AggregateException(new IOException(), failure)).ShouldBe(ModelFailureKind.OutOfMemory);
    }

    [Fact]
    public void Out_of_memory_of_the_runtime_is_known() => Script.Classify(new OutOfMemoryException()).ShouldBe(ModelFailureKind.OutOfMemory);

    [Fact]
    public void A_missing_library_is_known_by_its_exceptions()
    {
        var missing = new NotSupportedException("This application or script uses TorchSharp but doesn't contain a reference to libtorch-cpu-linux-x64, Version=2.10.0.0.");

        Script.Classify(missing).ShouldBe(ModelFailureKind.LibraryMissing);
        Script.Classify(new TypeInitializationException("TorchSharp.torch", missing)).ShouldBe(ModelFailureKind.LibraryMissing);
        Script.Classify(new DllNotFoundException("Unable to load shared library 'LibTorchSharp'")).ShouldBe(ModelFailureKind.LibraryMissing);
        Script.Classify(new BadImageFormatException()).ShouldBe(ModelFailureKind.LibraryMissing);
    }

    [Fact]
    public void Everything_else_is_neither()
    {
        Exception[] others =
        [
            new ExternalException("PytorchStreamReader failed reading zip archive: failed finding central directory"),
            new ExternalException("CUDA error: an illegal memory access was encountered"),
            new NotSupportedException("This model takes colour pictures only."),
            new AggregateException(new IOException(), new InvalidOperationException()),
            new FileNotFoundException(),
        ];

        others.ShouldAllBe(failure => Script.Classify(failure) == ModelFailureKind.Other);
    }
}
