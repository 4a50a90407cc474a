namespace AgentLift.Runtime;

/// <summary>Which directory of agents this process uses, bound from <c>Directory</c> and validated at start.</summary>
public sealed class DirectoryOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Directory";

    /// <summary>Where agents are entered and looked up; <see cref="DirectoryKind.InProcess"/> by default.</summary>
    public DirectoryKind Kind { get; set; } = DirectoryKind.InProcess;

    /// <summary>The JSON file of <see cref="DirectoryKind.File"/>, required there; a relative path counts from the content root. <see langword="null"/> by default.</summary>
    public string? File { get; set; }

    /// <summary>
    /// The host name or IP address under which other machines reach this one. <see langword="null"/>, the default, stands for the address that an
    /// endpoint is bound to, or for the machine's name where it listens on all addresses.
    /// </summary>
    public string? AdvertisedHost { get; set; }

    /// <summary>The servers of <see cref="DirectoryKind.Etcd"/>, and how to talk to them.</summary>
    public EtcdDirectoryOptions Etcd { get; } = new();
}

/// <summary>Where agents are entered and looked up.</summary>
public enum DirectoryKind
{
    /// <summary>In memory: the agents of this process find each other, and nobody else does.</summary>
    InProcess = 0,

    /// <summary>In a JSON file that lists the agents of all machines. It is read again when it changes.</summary>
    File = 1,

    /// <summary>In etcd, version 3.4 or later: the agents of all machines, each for as long as its process lives.</summary>
    Etcd = 2,
}
