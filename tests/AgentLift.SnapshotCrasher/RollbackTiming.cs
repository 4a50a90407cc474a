using System.Diagnostics;
using System.Text;
using AgentLift.Migration.Snapshots;

namespace AgentLift.SnapshotCrasher;

/// <summary>Times a rollback, cold and warm.</summary>
internal static class RollbackTiming
{
    private const int Rounds = 5;
    private const int Lines = 200;

    public static void Print(int files)
    {
        var folder = Directory.CreateTempSubdirectory("agentlift-time-");
        try
        {
            using var store = SnapshotStore.Open(folder.FullName);
            var before = Enumerable.Range(0, files).Select(i => Content("before", i)).ToList();
            for (var i = 0; i < files; i++)
                File.WriteAllBytes(Path.Combine(folder.FullName, $"File{i}.cs"), before[i]);

            for (var round = 0; round < Rounds; round++)
            {
                var clock = Stopwatch.StartNew();
                var run = store.Begin(new RunInfo("crasher 1.0.0", ".", "crasher --files"));
                run.Apply("Infrastructure", "A", before.Select((bytes, i) => FileChange.Edit($"File{i}.cs", ContentHash.Of(bytes), Content("after", i))));
                run.Complete();
                var apply = clock.Elapsed;
                clock.Restart();
                store.Rollback(new RollbackSelection());
                Console.WriteLine($"{files} files: apply {apply.TotalMilliseconds:F0} ms, rollback {clock.Elapsed.TotalMilliseconds:F0} ms");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static byte[] Content(string what, int file) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, Lines).Select(line => $"// {what} {file}, line {line} of a file of usual length\n")));
}
