using System.Collections.Concurrent;
using AgentLift.Runtime;

namespace AgentLift.Generators.Tests.Behaviour;

/// <summary>An agent whose heavy dependency is a service of the host.</summary>
internal sealed partial class ServiceAgent(AgentContext context) : BaseAgent(context)
{
    [LazyDependency(FromServices = true)]
    public partial Lexicon Words { get; }
}

/// <summary>A service that tells when it is made.</summary>
internal sealed class Journal : ConcurrentQueue<string>;
