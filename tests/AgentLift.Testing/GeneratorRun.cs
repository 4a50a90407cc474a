using System.Collections.Immutable;
using AgentLift.Generators.AgentRegistration;
using AgentLift.Generators.LazyDependencies;
using AgentLift.Generators.ModelManagers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.Testing;

/// <summary>What the generators of AgentLift make of a compilation.</summary>
/// <param name="Compilation">The compilation with what was generated.</param>
/// <param name="Diagnostics">What the generators report, by position.</param>
/// <param name="Sources">What was generated: text by name, in the order of the names.</param>
public sealed record GeneratorRun(CSharpCompilation Compilation, ImmutableArray<Diagnostic> Diagnostics, ImmutableSortedDictionary<string, string> Sources)
{
    /// <summary>Runs every generator over a compilation and its additional files. An exception of a generator fails the run.</summary>
    public static GeneratorRun Of(CSharpCompilation compilation, params IEnumerable<AdditionalText> files)
    {
        var driver = NewDriver(compilation).AddAdditionalTexts([.. files]).RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        var results = driver.GetRunResult().Results;
        if (results.FirstOrDefault(result => result.Exception is not null) is { Exception: { } failure })
            throw new InvalidOperationException("A generator failed.", failure);
        return new GeneratorRun(
            (CSharpCompilation)generated,
            [.. results.SelectMany(result => result.Diagnostics)
                .OrderBy(diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)],
            results.SelectMany(result => result.GeneratedSources).ToImmutableSortedDictionary(source => source.HintName, source => source.SourceText.ToString(), StringComparer.Ordinal));
    }

    /// <summary>A driver for every generator.</summary>
    /// <param name="compilation">What it is for.</param>
    /// <param name="track">Whether it keeps what its steps did, with what they did it from.</param>
    public static GeneratorDriver NewDriver(CSharpCompilation compilation, bool track = true) => CSharpGeneratorDriver.Create(
        [new LazyDependencyGenerator().AsSourceGenerator(), new AgentRegistrationGenerator().AsSourceGenerator(), new ModelManagerGenerator().AsSourceGenerator()],
        parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: track));
}
