using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace AgentLift.SnapshotCrasher;

/// <summary>A process that stands still: on disk lies what it would leave if it were killed now.</summary>
internal sealed class Frozen : IDisposable
{
    private const int Stop = 19;
    private const int Continue = 18;
    private readonly int process;

    private Frozen(int process) => this.process = process;

    /// <summary>Stops a process; <see langword="null"/> where it has ended.</summary>
    public static Frozen? Of(Process process)
    {
        if (NativeMethods.Signal(process.Id, Stop) != 0)
            return null;
        var frozen = new Frozen(process.Id);
        while (!process.HasExited && !IsStill(process.Id))
            Thread.Sleep(0);
        return process.HasExited ? null : frozen;
    }

    public void Dispose() => _ = NativeMethods.Signal(process, Continue);

    // A thread in the middle of a system call stops once that has ended, as it would die.
    private static bool IsStill(int process)
    {
        try
        {
            return Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/task")).All(thread =>
                File.ReadAllText(Path.Combine(thread, "stat")) is var stat && stat[stat.LastIndexOf(')') + 2] is 'T' or 't' or 'Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
        public static extern int Signal(int process, int signal);
    }
}
