namespace AgentLift.FleetGenerator.Drafting;

/// <summary>Where in a class a member stands when members are in order.</summary>
internal enum MemberKind
{
    Field,
    Constructor,
    Lifecycle,
    Method,
    Nested,
}

/// <summary>A member with the marks of its lines.</summary>
internal sealed record Member(MemberKind Kind, string Text);
