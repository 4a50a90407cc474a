using System.Runtime.InteropServices;

namespace Fleet.Vendor;

/// <summary>What the native half of a deep-learning library costs: shared libraries mapped, a workspace touched, a checksum routine bound.</summary>
internal static unsafe class NativeRuntime
{
    private static readonly string[] Libraries =
    {
        "libz.so.1", "libstdc++.so.6", "libgomp.so.1", "libm.so.6", "libcrypto.so.3", "libssl.so.3",
        "libicudata.so.72", "libicuuc.so.72", "libicui18n.so.72", "libopenblas.so.0", "liblapack.so.3",
        "libz.dylib", "libc++.dylib", "bcrypt.dll", "ws2_32.dll",
    };

    private const int WorkspaceBytes = 32 << 20;
    private static readonly List<nint> Handles = new List<nint>();
    private static readonly byte* Workspace;
    private static readonly delegate* unmanaged<nuint, byte*, uint, nuint> NativeCrc;
    private static readonly uint[] CrcTable = BuildCrcTable();

    static NativeRuntime()
    {
        foreach (var name in Libraries)
        {
            if (!NativeLibrary.TryLoad(name, out var handle))
                continue;
            Handles.Add(handle);
            if (NativeCrc == null && !OperatingSystem.IsWindows() && name.StartsWith("libz.") && NativeLibrary.TryGetExport(handle, "crc32", out var crc))
                NativeCrc = (delegate* unmanaged<nuint, byte*, uint, nuint>)crc;
        }

        Workspace = (byte*)NativeMemory.Alloc(WorkspaceBytes);
        for (var page = 0; page < WorkspaceBytes; page += 4096)
            Workspace[page] = (byte)(page >> 12);
    }

    public static int LoadedLibraries => Handles.Count;

    public static uint Checksum(ReadOnlySpan<byte> data)
    {
        if (NativeCrc != null)
        {
            fixed (byte* p = data)
                return (uint)NativeCrc(0, p, (uint)data.Length);
        }

        var crc = 0xFFFFFFFFu;
        foreach (var b in data)
            crc = CrcTable[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] BuildCrcTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            var c = i;
            for (var k = 0; k < 8; k++)
                c = (c & 1) != 0 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
            table[i] = c;
        }

        return table;
    }
}
