namespace AgentLift.Migration.Measuring;

/// <summary>One figure of an agent before and after.</summary>
/// <param name="Before">The form before.</param>
/// <param name="After">The form after.</param>
/// <param name="Improvement">How much less the form after takes; <see langword="null"/> where the form before takes nothing.</param>
public sealed record Effect(Spread Before, Spread After, Improvement? Improvement)
{
    /// <summary>Works out an effect from runs that were made in pairs.</summary>
    /// <param name="before">A value for each run of the form before.</param>
    /// <param name="after">A value for each run of the form after, as many.</param>
    /// <exception cref="ArgumentException">There are no runs, or not as many of the one as of the other.</exception>
    public static Effect Of(IEnumerable<double> before, IEnumerable<double> after)
    {
        double[] old = [.. before], @new = [.. after];
        return new Effect(Spread.Of(old), Spread.Of(@new), Improvement.Of(old, @new));
    }
}
