using AgentLift.Runtime.Endpoints;

namespace AgentLift.Runtime.Messaging;

/// <summary>One question on its way.</summary>
/// <param name="Operation">What is asked, for messages and metrics.</param>
/// <param name="Framing">How question and answer are cut.</param>
/// <param name="Frame">The whole question.</param>
/// <param name="Repeatable">Whether asking twice does no harm.</param>
/// <param name="IsFarewell">Whether an answer is the last thing that the other side says on its connection.</param>
/// <param name="Check">Throws where the answer is a refusal, so that another instance can be asked.</param>
internal sealed record Question(string Operation, IFraming Framing, ReadOnlyMemory<byte> Frame, bool Repeatable, Func<byte[], bool> IsFarewell, Action<byte[]> Check);
