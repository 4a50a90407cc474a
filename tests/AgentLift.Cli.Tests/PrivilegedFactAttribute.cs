using System.Diagnostics;

namespace AgentLift.Cli.Tests;

/// <summary>A test that needs root, a program, and that the program is let do its work, which containers may forbid.</summary>
internal sealed class PrivilegedFactAttribute : FactAttribute
{
    /// <param name="program"><c>mount</c> or <c>chattr</c>.</param>
    public PrivilegedFactAttribute(string program)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            Skip = "needs root on Unix";
        else if (!IsAllowed(program))
            Skip = $"{program} is missing here, or not allowed";
    }

    public static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static bool IsAllowed(string program)
    {
        var folder = Directory.CreateTempSubdirectory("agentlift-test-").FullName;
        try
        {
            return program == "mount"
                ? Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder) && Run("umount", folder)
                : Run("chattr", "+i", folder) && Run("chattr", "-i", folder);
        }
        finally
        {
            Directory.Delete(folder);
        }
    }
}
