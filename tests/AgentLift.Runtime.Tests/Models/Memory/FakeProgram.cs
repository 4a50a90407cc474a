using System.Diagnostics;

namespace AgentLift.Runtime.Tests.Models.Memory;

/// <summary>A folder with a program called <c>nvidia-smi</c> that is a script of the test. Needs <c>sh</c>.</summary>
internal sealed class FakeProgram : IDisposable
{
    public FakeProgram(string script, string mode = "755")
    {
        // Another process writes it: while this one had it open for writing, a process that another test starts at that moment would keep it so, and it could not be run.
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", "cat > \"$0\" && chmod \"$1\" \"$0\"", Path, mode]) { RedirectStandardInput = true })!;
        shell.StandardInput.Write($"#!/bin/sh\n{script}\n");
        shell.StandardInput.Close();
        shell.WaitForExit();
        shell.ExitCode.ShouldBe(0);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("agentlift-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "nvidia-smi");

    public string File(string name) => System.IO.Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
