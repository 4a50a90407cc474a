namespace TorchSharp.StandIn;

/// <summary>The native library, which is loaded once.</summary>
public static class LibTorch
{
    /// <summary>Whether it was loaded.</summary>
    public static bool IsLoaded { get; private set; }

    /// <summary>Whether it is not there. To be set before the first touch of <c>torch</c>.</summary>
    public static bool IsMissing { get; set; }

    internal static void Load()
    {
        if (IsMissing)
        {
            throw new NotSupportedException(
                "This application or script uses TorchSharp but doesn't contain a reference to libtorch-cpu-linux-x64, Version=2.10.0.0.\n\nConsider either referencing one of the combination packages TorchSharp-cpu, TorchSharp-cuda-linux, TorchSharp-cuda-windows or call System.Runtime.InteropServices.NativeLibrary.Load(path-to-LibTorchSharp.so) explicitly for a Python install of pytorch.");
        }

        IsLoaded = true;
    }

    /// <summary>What calls without a managed check do.</summary>
    internal static void LoadOrFailAsImport()
    {
        if (IsMissing)
            throw new DllNotFoundException("Unable to load shared library 'LibTorchSharp' or one of its dependencies.");
        IsLoaded = true;
    }
}
