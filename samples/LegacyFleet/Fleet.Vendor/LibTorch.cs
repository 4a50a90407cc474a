using System.Runtime.InteropServices;

namespace Fleet.Vendor;

/// <summary>What the first touch of TorchSharp costs, once a process: its native libraries relocated and verified, their symbols bound, operators registered.</summary>
internal static unsafe class LibTorch
{
    // with the workspace of NativeRuntime just under 147 MB and 0.3 s: the quickest that was measured of 0.99.6 with libtorch 1.13.1, see README.md
    private const int ImageBytes = 76 << 20;
    private static readonly byte* Image;
    private static readonly uint ImageChecksum;
    private static readonly int Bound;
    private static readonly OperatorRegistry Operators;

    static LibTorch()
    {
        Image = (byte*)NativeMemory.Alloc(ImageBytes);
        Relocate();
        ImageChecksum = NativeRuntime.Checksum(new ReadOnlySpan<byte>(Image, ImageBytes));
        Bound = new SymbolTable(libraries: 280, symbols: 224000).Bind();
        Operators = new OperatorRegistry(2200);
    }

    public static int LoadedLibraries => ImageChecksum == 0 || Bound == 0 || Operators.Kernels == 0 ? 0 : NativeRuntime.LoadedLibraries;

    // every slot gets the address where its target ended up
    private static void Relocate()
    {
        var slots = (ulong*)Image;
        ulong target = 1;
        for (var i = 0; i < ImageBytes / sizeof(ulong); i++)
        {
            target = (target * 6364136223846793005UL) + 1442695040888963407UL;
            slots[i] = (ulong)Image + (target >> 37);
        }
    }
}
