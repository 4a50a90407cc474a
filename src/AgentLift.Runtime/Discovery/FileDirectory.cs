using AgentLift.Runtime.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AgentLift.Runtime.Discovery;

/// <summary>
/// The agents that a JSON file lists, and those of this process. The file is looked at no more than once a second and read again when its time
/// stamp or length changed; what it said last stays valid while it cannot be read.
/// </summary>
internal sealed class FileDirectory : IAgentDirectory
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);

    private readonly string path;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private readonly InstanceTable table = new();
    private readonly List<AgentInstance> own = [];
    private IReadOnlyList<AgentInstance> listed;
    private IReadOnlyCollection<string> agents;
    private (DateTime Written, long Length) version;
    private long looked;

    /// <exception cref="AgentDirectoryException">The file cannot be read; the message names file and line.</exception>
    public FileDirectory(string path, TimeProvider time, ILogger<FileDirectory> logger)
    {
        this.path = path;
        this.time = time;
        this.logger = logger;
        version = VersionNow();
        looked = time.GetTimestamp();
        (listed, agents, var problem) = DirectoryFile.Read(path);
        if (problem is not null)
            throw new AgentDirectoryException(problem);
        Merge();
    }

    public ValueTask<IDirectoryEntry> RegisterAsync(AgentInstance instance, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(instance);
        Look();
        if (!agents.Contains(instance.Agent, StringComparer.Ordinal))
            DirectoryLog.NotListed(logger, instance.Agent, path);
        Enter(instance);
        return ValueTask.FromResult<IDirectoryEntry>(new LocalEntry(instance, Enter, Leave));
    }

    public ValueTask<IReadOnlyList<AgentInstance>> FindAsync(string agent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(agent);
        Look();
        return ValueTask.FromResult(table.TryFind(agent, out var instances) ? instances : []);
    }

    private void Enter(AgentInstance instance)
    {
        lock (gate)
        {
            own.RemoveAll(other => Same(other, instance));
            own.Add(instance);
            Merge();
        }
    }

    private void Leave(AgentInstance instance)
    {
        lock (gate)
        {
            own.RemoveAll(other => Same(other, instance));
            Merge();
        }
    }

    private void Look()
    {
        if (time.GetElapsedTime(Volatile.Read(ref looked)) < LookPeriod)
            return;
        lock (gate)
        {
            if (time.GetElapsedTime(looked) < LookPeriod)
                return;
            Volatile.Write(ref looked, time.GetTimestamp());
            var now = VersionNow();
            if (now == version)
                return;
            version = now;
            var (instances, names, problem) = DirectoryFile.Read(path);
            if (problem is not null)
            {
                DirectoryLog.FileIgnored(logger, problem);
                return;
            }

            (listed, agents) = (instances, names);
            Merge();
            DirectoryLog.FileRead(logger, path, listed.Count);
        }
    }

    // An instance of this process knows its own health; what the file says of the same address would be that instance a second time.
    private void Merge() => table.Replace(listed.Where(instance => !own.Exists(known => Same(known, instance) || SharesAddress(known, instance))).Concat(own));

    private static bool Same(AgentInstance one, AgentInstance other) => one.Agent == other.Agent && one.Id == other.Id;

    private static bool SharesAddress(AgentInstance one, AgentInstance other) =>
        one.Agent == other.Agent && one.Endpoints.Any(endpoint => other.Endpoints.TryGetValue(endpoint.Key, out var address) && address == endpoint.Value);

    private (DateTime Written, long Length) VersionNow()
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }
}
