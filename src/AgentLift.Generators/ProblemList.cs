namespace AgentLift.Generators;

/// <summary>The problems of one place, and of places that belong to it.</summary>
internal sealed class ProblemList
{
    private readonly SourcePlace place;
    private readonly List<Problem> problems;

    public ProblemList(SourcePlace place)
        : this(place, [])
    {
    }

    private ProblemList(SourcePlace place, List<Problem> problems)
    {
        this.place = place;
        this.problems = problems;
    }

    public bool IsEmpty => problems.Count == 0;

    public int Count => problems.Count;

    /// <summary>The same problems, to which those of another place are added.</summary>
    public ProblemList At(SourcePlace other) => new(other, problems);

    public void Add(string ruleId, params string[] arguments) => problems.Add(new Problem(ruleId, place, new([.. arguments])));

    public EquatableArray<Problem> ToArray() => new([.. problems]);
}
