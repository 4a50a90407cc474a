namespace AgentLift.Runtime.Messaging;

/// <summary>The first byte of an answer; what follows is the answer in JSON, or a text that says what went wrong.</summary>
internal enum MessageStatus : byte
{
    Answered = 0,

    /// <summary>The handler threw.</summary>
    Failed = 1,

    /// <summary>The agent knows no operation of that name.</summary>
    UnknownOperation = 2,

    /// <summary>The question is not what the contract says.</summary>
    Malformed = 3,

    /// <summary>The agent drains: the question was not looked at.</summary>
    Draining = 4,
}
