using System.ComponentModel;
using System.Diagnostics;

namespace AgentLift.Runtime.Models.Memory.NvidiaSmi;

/// <summary>Runs <c>nvidia-smi</c>, and ends it where it hangs, as it does when a driver is in trouble.</summary>
/// <param name="path">The full path of the program.</param>
/// <param name="time">The clock.</param>
internal sealed class NvidiaSmiProgram(string path, TimeProvider time)
{
    // Where no process keeps the driver awake, it wakes the GPUs first, one after the other.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private Process? hanging;

    /// <summary>The first program of that name in the folders of a PATH.</summary>
    /// <param name="folders">The folders as PATH gives them; <see langword="null"/> for none.</param>
    /// <returns>Its full path: started by name alone, Windows would take one from the current folder. <see langword="null"/> where there is none.</returns>
    public static string? Find(string? folders)
    {
        var name = OperatingSystem.IsWindows() ? "nvidia-smi.exe" : "nvidia-smi";
        return (folders ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(IsExecutable);
    }

    /// <summary>Asks for the fields of <see cref="NvidiaSmiCsv"/>. Not to be called twice at a time.</summary>
    /// <param name="problem">Why it did not answer; <see langword="null"/> where it did.</param>
    /// <returns>What it printed; <see langword="null"/> where it failed.</returns>
    public string? Ask(out string? problem)
    {
        // One that waits within the driver cannot even be killed. Another one would hang beside it.
        if (hanging is { HasExited: false })
        {
            problem = "it still hangs";
            return null;
        }

        hanging?.Dispose();
        hanging = null;
        try
        {
            return Answer(Process.Start(Command())!, out problem);
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or IOException or AggregateException)
        {
            problem = error.Message;
            return null;
        }
    }

    private string? Answer(Process process, out string? problem)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var over = new CancellationTokenSource(Limit, time);
        try
        {
            Task.WhenAll(output, errors, process.WaitForExitAsync()).WaitAsync(over.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            hanging = process;
            process.Kill(entireProcessTree: true);
            problem = $"it did not answer within {Limit.TotalSeconds} s";
            return null;
        }

        using (process)
        {
            problem = process.ExitCode == 0 ? null : $"it ended with {process.ExitCode}: {FirstLine(errors.Result) ?? FirstLine(output.Result)}";
            return problem is null ? output.Result : null;
        }
    }

    private ProcessStartInfo Command()
    {
        var command = new ProcessStartInfo(path, [$"--query-gpu={NvidiaSmiCsv.Fields}", "--format=csv,noheader,nounits"])
        {
            CreateNoWindow = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        command.Environment["LC_ALL"] = "C";
        return command;
    }

    private static bool IsExecutable(string file) =>
        File.Exists(file)
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);

    private static string? FirstLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
}
