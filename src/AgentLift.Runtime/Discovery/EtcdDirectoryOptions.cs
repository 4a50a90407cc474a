namespace AgentLift.Runtime;

/// <summary>The etcd servers that hold the directory, bound from <c>Directory:Etcd</c> and validated at start.</summary>
public sealed class EtcdDirectoryOptions
{
    /// <summary>The nodes' client addresses, such as <c>https://etcd-1:2379</c>; http or https, at least one. Name all of them: a node that does not answer is passed over.</summary>
    public IList<string> Endpoints { get; } = [];

    /// <summary>What the keys begin with; it begins and ends with a slash. <c>/agentlift/</c> by default. Fleets that must not see each other use different ones.</summary>
    public string Prefix { get; set; } = "/agentlift/";

    /// <summary>How long an instance stays after its last renewal, so how long a dead one is still found; 2 s to 1 h in whole seconds, 5 s by default.</summary>
    public TimeSpan LeaseTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one node may take to answer before the next one is asked; 10 ms to 1 min, 2 s by default.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The user where etcd asks for one; <see langword="null"/>, the default, where it does not.</summary>
    public string? Username { get; set; }

    /// <summary>The password of <see cref="Username"/>. Keep it in a secret store, not in a settings file.</summary>
    public string? Password { get; set; }
}
