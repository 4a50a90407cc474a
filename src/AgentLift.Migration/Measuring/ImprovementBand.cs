namespace AgentLift.Migration.Measuring;

/// <summary>What an improvement of the start-up is worth (SPEC section 4).</summary>
public enum ImprovementBand
{
    /// <summary>More than 5 % slower than before.</summary>
    Regression = 0,

    /// <summary>From 5 % slower to less than 20 % quicker.</summary>
    TooSmall = 1,

    /// <summary>At least 20 % quicker.</summary>
    Acceptable = 2,

    /// <summary>At least 40 % quicker.</summary>
    Target = 3,
}
