using System.ComponentModel.DataAnnotations;
using AgentLift.Runtime;
using Microsoft.Extensions.Options;

namespace AgentLift.Generators.Tests.Behaviour;

/// <summary>An agent with an endpoint and options by convention, as a user writes it.</summary>
[Agent("echo")]
internal sealed class EchoAgent(AgentContext context, IOptions<EchoAgentOptions> options) : BaseAgent(context)
{
    public EchoAgentOptions Options => options.Value;

    protected override ValueTask OnStartingAsync(CancellationToken cancellationToken)
    {
        ListenLines("requests", line => $"{options.Value.Prefix}{line}");
        return ValueTask.CompletedTask;
    }
}

internal enum EchoPace
{
    Slow = 0,
    Fast = 1,
}

internal sealed class EchoAgentOptions
{
    [Required]
    public string Prefix { get; set; } = "echo ";

    [Range(1, 10)]
    public int Times { get; set; } = 1;

    public TimeSpan? Pause { get; set; }

    public EchoPace Pace { get; set; }

    public Uri? Registry { get; set; }
}

/// <summary>An agent that is not the host's to run.</summary>
[RunBy(typeof(EchoAgent))]
internal sealed class OwnedAgent(AgentContext context) : BaseAgent(context);
