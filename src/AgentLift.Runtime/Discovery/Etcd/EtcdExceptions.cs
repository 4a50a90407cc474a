namespace AgentLift.Runtime.Discovery;

/// <summary>One node did not answer, or not with what can be used; another one may.</summary>
/// <param name="message">What happened.</param>
/// <param name="present">Whether something answered at the address at all: a node that is present may do better in a moment, such as after an election.</param>
/// <param name="inner">The cause.</param>
internal sealed class EtcdNodeException(string message, bool present, Exception? inner = null) : Exception(message, inner)
{
    public bool Present { get; } = present;
}

/// <summary>No node answered.</summary>
internal sealed class EtcdUnreachableException(string message, Exception? inner) : Exception(message, inner);

/// <summary>etcd answered, and refused; every other node would do the same.</summary>
/// <param name="code">The gRPC status.</param>
/// <param name="message">Why, in etcd's words.</param>
internal sealed class EtcdRefusedException(int code, string message) : Exception(message)
{
    private const int NotFoundCode = 5;
    private const int UnauthenticatedCode = 16;

    public bool NotFound => code == NotFoundCode;

    public bool Unauthenticated => code == UnauthenticatedCode;
}

/// <summary>The watch cannot go on where it was: what happened in between must be read anew.</summary>
internal sealed class EtcdWatchBehindException(string message) : Exception(message);
