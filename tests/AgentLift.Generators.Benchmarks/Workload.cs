using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.Generators.Benchmarks;

/// <summary>Some generators over a fleet that somebody edits.</summary>
/// <param name="Name">What they are called in the table.</param>
/// <param name="Generators">The generators.</param>
internal sealed record Workload(string Name, IReadOnlyList<IIncrementalGenerator> Generators)
{
    private readonly List<double> milliseconds = [];
    private CSharpCompilation? fleet;
    private GeneratorDriver? driver;

    public static CSharpParseOptions Options { get; } = new(LanguageVersion.CSharp13);

    /// <summary>The first run, in milliseconds.</summary>
    public double First { get; private set; }

    /// <summary>The median of the runs after edits, in milliseconds.</summary>
    public double Median => milliseconds.Order().ElementAt(milliseconds.Count / 2);

    /// <summary>The fleet after an edit of one agent.</summary>
    public static CSharpCompilation Edited(CSharpCompilation fleet, int agent, int edits)
    {
        var file = fleet.SyntaxTrees.Single(tree => tree.FilePath == $"/fleet/Worker{agent}Agent.cs");
        return fleet.ReplaceSyntaxTree(file, CSharpSyntaxTree.ParseText(AgentSources.Agent(agent, edits), Options, file.FilePath));
    }

    /// <summary>Runs for the first time, and a few edits more, so that what follows is compiled.</summary>
    public void WarmUp(CSharpCompilation before)
    {
        const int Edits = 10;
        fleet = before;
        driver = CSharpGeneratorDriver.Create(Generators.Select(GeneratorExtensions.AsSourceGenerator), parseOptions: Options);
        First = Run();
        for (var edit = 1; edit <= Edits; edit++)
            Edit(edit, edit);
        milliseconds.Clear();
    }

    /// <summary>Runs after an edit of one agent.</summary>
    public void Edit(int agent, int edits)
    {
        fleet = Edited(fleet!, agent, edits);
        milliseconds.Add(Run());
    }

    private double Run()
    {
        var began = Stopwatch.GetTimestamp();
        driver = driver!.RunGenerators(fleet!);
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        if (driver.GetRunResult().Results.FirstOrDefault(result => result.Exception is not null || result.GeneratedSources.IsEmpty) is { Generator: { } failed } result)
            throw new InvalidOperationException($"{failed.GetGeneratorType().Name} wrote nothing.", result.Exception);
        return took;
    }
}
