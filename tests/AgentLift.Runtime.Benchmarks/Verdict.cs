namespace AgentLift.Runtime.Benchmarks;

/// <summary>The figures that must hold, and whether each did.</summary>
internal sealed class Verdict
{
    private bool missed;

    /// <summary>0 where all hold, 1 where one was missed.</summary>
    public int ExitCode => missed ? 1 : 0;

    public void MustHold(string figure, bool holds)
    {
        missed |= !holds;
        Console.WriteLine($"{(holds ? "holds " : "MISSED")}  {figure}");
    }
}
