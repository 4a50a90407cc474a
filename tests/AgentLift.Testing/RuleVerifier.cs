using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.Testing;

/// <summary>Checks that a rule is reported where the source is marked, and nowhere else.</summary>
/// <param name="ruleId">The rule under test, which an unnamed mark stands for.</param>
public sealed class RuleVerifier(string ruleId)
{
    private const string Agl = "AGL";

    private ImmutableArray<MetadataReference> references = [];
    private ImmutableArray<(string Key, string Value)> settings = [];
    private ImmutableArray<(string Path, string Content)> additionalFiles = [];
    private OutputKind outputKind = OutputKind.DynamicallyLinkedLibrary;

    /// <summary>The same with another reference.</summary>
    public RuleVerifier WithReference(MetadataReference reference) => Changed(copy => copy.references = copy.references.Add(reference));

    /// <summary>The same with an .editorconfig key.</summary>
    public RuleVerifier With(string key, string value) => Changed(copy => copy.settings = copy.settings.Add((key, value)));

    /// <summary>The same with an additional file.</summary>
    public RuleVerifier WithFile(string path, string content) => Changed(copy => copy.additionalFiles = copy.additionalFiles.Add((path, content)));

    /// <summary>The same for a program, which may hold top-level statements.</summary>
    public RuleVerifier AsProgram() => Changed(copy => copy.outputKind = OutputKind.ConsoleApplication);

    /// <summary>The rule is reported at its marks and nowhere else; marks of other rules are met, and what else those report does not matter.</summary>
    /// <remarks>A source in which no agent is found fails: it would be silent for the wrong reason.</remarks>
    public Task Verify(params IEnumerable<string> sources) => Check(sources, exactly: false);

    /// <summary>As <see cref="Verify"/>, where every other rule of families 1 to 6 must be marked too.</summary>
    public Task VerifyExactly(params IEnumerable<string> sources) => Check(sources, exactly: true);

    /// <summary>No rule of any family is reported: the source holds no agent.</summary>
    public async Task FindsNothing(params IEnumerable<(string Path, string Text)> files)
    {
        var found = await Diagnostics([.. files.Select(file => MarkedSource.Parse(file.Path, file.Text, ruleId))]).ConfigureAwait(false);
        if (found.Length > 0)
            throw new VerificationException("Expected nothing, found:\n" + Lines(found.Select(Describe)));
    }

    /// <summary>As the other, with files named by their number.</summary>
    public Task FindsNothing(params IEnumerable<string> sources) => FindsNothing(Named(sources));

    private static IEnumerable<(string Path, string Text)> Named(IEnumerable<string> sources) =>
        sources.Select((text, index) => ($"Agent{index}.cs", text));

    private async Task Check(IEnumerable<string> sources, bool exactly)
    {
        var marked = Named(sources).Select(file => MarkedSource.Parse(file.Path, file.Text, ruleId)).ToImmutableArray();
        var found = await Diagnostics(marked).ConfigureAwait(false);
        if (found.IsEmpty)
            throw new VerificationException("No agent is found, so the rule had nothing to look at.");

        var expected = marked.SelectMany(source => source.Marks.Select(mark => (mark.RuleId, Place: PlaceOf(source, mark)))).ToList();
        var actual = found.Select(diagnostic => (RuleId: diagnostic.Id, Place: PlaceOf(diagnostic), Diagnostic: diagnostic)).ToList();
        var missing = new List<string>();
        foreach (var mark in expected)
        {
            var index = actual.FindIndex(finding => finding.RuleId == mark.RuleId && finding.Place == mark.Place);
            if (index < 0)
                missing.Add($"{mark.Place}: {mark.RuleId}");
            else
                actual.RemoveAt(index);
        }

        var unexpected = actual.Where(finding => exactly ? IsOfFamilies1To6(finding.RuleId) : finding.RuleId == ruleId).Select(finding => Describe(finding.Diagnostic)).ToList();
        if (missing.Count + unexpected.Count > 0)
            throw new VerificationException($"Missing:\n{Lines(missing)}\nUnexpected:\n{Lines(unexpected)}\nAll that was found:\n{Lines(found.Select(Describe))}");
    }

    private async Task<ImmutableArray<Diagnostic>> Diagnostics(ImmutableArray<MarkedSource> sources)
    {
        var compilation = TestCompilation.Create(sources.Select(source => (source.Path, source.Text)), references);
        compilation = compilation.WithOptions(compilation.Options.WithOutputKind(outputKind)).ThatCompiles();
        var run = new AnalyzerRun();
        foreach (var (key, value) in settings)
            run.With(key, value);
        foreach (var (path, content) in additionalFiles)
            run.WithFile(path, content);
        var found = await run.Diagnostics(compilation).ConfigureAwait(false);
        return [.. found.Where(diagnostic => diagnostic.Id.StartsWith(Agl, StringComparison.Ordinal))];
    }

    private static bool IsOfFamilies1To6(string id) => id[Agl.Length] is >= '1' and <= '6';

    private static string PlaceOf(MarkedSource source, Mark mark)
    {
        var before = source.Text[..mark.Start];
        return Place(source.Path, before.Count(character => character == '\n'), mark.Start - (before.LastIndexOf('\n') + 1));
    }

    private static string PlaceOf(Diagnostic diagnostic)
    {
        var span = diagnostic.Location.GetLineSpan();
        return Place(span.Path, span.StartLinePosition.Line, span.StartLinePosition.Character);
    }

    private static string Place(string path, int line, int column) =>
        string.Create(CultureInfo.InvariantCulture, $"{path}({line + 1},{column + 1})");

    private static string Describe(Diagnostic diagnostic) => $"{PlaceOf(diagnostic)}: {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";

    private static string Lines(IEnumerable<string> items) => string.Join("\n", items.Select(item => "  " + item).DefaultIfEmpty("  -"));

    private RuleVerifier Changed(Action<RuleVerifier> change)
    {
        var copy = (RuleVerifier)MemberwiseClone();
        change(copy);
        return copy;
    }
}
