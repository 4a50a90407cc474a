using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace AgentLift.Migration.ParallelRun;

/// <summary>The processes that a process has started. Only Linux tells cheaply; elsewhere, and where it may not be asked, there are none.</summary>
internal static class ChildProcesses
{
    /// <summary>Whether it has children now, whose memory its own figures do not hold.</summary>
    public static bool Has(int process) => Of(process).Count > 0;

    /// <summary>Its children now, theirs, and so on; held, so that nobody else is taken for one of them when it has ended. The caller disposes them.</summary>
    public static List<Process> Hold(int process)
    {
        var held = new List<Process>();
        var open = new Stack<int>(Of(process));
        while (open.Count > 0)
        {
            var child = open.Pop();
            try
            {
                var opened = Process.GetProcessById(child);
                _ = opened.SafeHandle;
                held.Add(opened);
            }
            catch (Exception failure) when (failure is ArgumentException or InvalidOperationException or Win32Exception)
            {
                // It has just ended.
                continue;
            }

            foreach (var grandchild in Of(child))
                open.Push(grandchild);
        }

        return held;
    }

    private static List<int> Of(int process)
    {
        try
        {
            return !OperatingSystem.IsLinux()
                ? []
                : [.. Directory.EnumerateDirectories($"/proc/{process}/task")
                    .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    .Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It, or a thread of it, has just ended, or the kernel was built without this.
            return [];
        }
    }
}
