using System.Diagnostics;
using System.Globalization;

namespace AgentLift.Migration.Snapshots;

/// <summary>
/// The right to write, held by at most one process. The operating system frees it when the process ends, however it ends;
/// the name of the owner is only for people.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream held;

    private StoreLock(FileStream held) => this.held = held;

    /// <exception cref="SnapshotException">Another process holds it, or the file cannot be written.</exception>
    public static StoreLock Take(StoreLayout layout)
    {
        try
        {
            var held = new FileStream(layout.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            Sign(layout);
            return new StoreLock(held);
        }
        catch (Exception failure) when (DiskFailure.Is(failure))
        {
            throw new SnapshotException(
                failure is IOException && Owner(layout) is { } owner
                    ? new SnapshotProblem(layout.Shown(layout.Lock), $"process {owner} works on this solution", "wait until it ends, or end it, then run again")
                    : new SnapshotProblem(layout.Shown(layout.Lock), $"the store cannot be locked: {failure.Message}", "wait for other runs to end and give yourself write permission"),
                failure);
        }
    }

    public void Dispose() => held.Dispose();

    // A file of its own, since nobody can read the one that is locked.
    private static void Sign(StoreLayout layout)
    {
        try
        {
            File.WriteAllText(layout.LockOwner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception failure) when (DiskFailure.Is(failure))
        {
            // A full disk is no reason to refuse a recovery or a rollback.
        }
    }

    private static int? Owner(StoreLayout layout)
    {
        try
        {
            if (!int.TryParse(File.ReadAllText(layout.LockOwner), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                return null;

            using var process = Process.GetProcessById(id);
            return id;
        }
        catch (Exception failure) when (DiskFailure.Is(failure) || failure is ArgumentException)
        {
            // The one that holds the lock has not written its name yet.
            return null;
        }
    }
}
