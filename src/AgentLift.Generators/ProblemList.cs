namespace AgentLift.Generators;

/// <summary>The problems of one place.</summary>
internal sealed class ProblemList(SourcePlace place)
{
    private readonly List<Problem> problems = [];

    public bool IsEmpty => problems.Count == 0;

    public void Add(string ruleId, params string[] arguments) => problems.Add(new Problem(ruleId, place, new([.. arguments])));

    public EquatableArray<Problem> ToArray() => new([.. problems]);
}
