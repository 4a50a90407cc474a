using System.Collections.Immutable;
using AgentLift.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentLift.Testing;

/// <summary>Runs the analyzer over a compilation as a compiler would.</summary>
public sealed class AnalyzerRun
{
    private readonly Dictionary<string, string> settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<AdditionalText> additionalFiles = [];

    /// <summary>Sets an .editorconfig key for all files.</summary>
    public AnalyzerRun With(string key, string value)
    {
        settings[key] = value;
        return this;
    }

    /// <summary>Adds an additional file.</summary>
    public AnalyzerRun WithFile(string path, string content)
    {
        additionalFiles.Add(new AdditionalFile(path, content));
        return this;
    }

    /// <summary>Every AGL diagnostic, by position. An exception of the analyzer fails the run.</summary>
    public async Task<ImmutableArray<Diagnostic>> Diagnostics(CSharpCompilation compilation)
    {
        var options = new AnalyzerOptions([.. additionalFiles], new SameForAll(settings));
        var withAnalyzers = compilation.WithAnalyzers(
            [new AgentAnalyzer()],
            new CompilationWithAnalyzersOptions(
                options,
                onAnalyzerException: null,
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false));
        var diagnostics = await withAnalyzers.GetAnalyzerDiagnosticsAsync().ConfigureAwait(false);
        if (diagnostics.FirstOrDefault(diagnostic => diagnostic.Id == "AD0001") is { } failure)
            throw new InvalidOperationException(failure.ToString());
        return [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)];
    }

    private sealed class SameForAll(Dictionary<string, string> settings) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(settings);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Options(Dictionary<string, string> settings) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value) => settings.TryGetValue(key, out value!);
        }
    }
}
