using Microsoft.CodeAnalysis;

namespace AgentLift.Generators.Tests;

/// <summary>Looks up what one of several generators did.</summary>
internal static class GeneratorResults
{
    public static GeneratorRunResult ResultOf<TGenerator>(this GeneratorDriver driver)
        where TGenerator : IIncrementalGenerator =>
        driver.GetRunResult().Results.Single(result => result.Generator.GetGeneratorType() == typeof(TGenerator));
}
