using System.Collections.Immutable;
using AgentLift.CodeFixes.Lifting;
using AgentLift.Core.Rules;
using AgentLift.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentLift.CodeFixes.Tests;

/// <summary>
/// The golden trees under tests/Scenarios/STAGE/CASE: <c>before</c> is lifted to the stage, from the bytes on disk, and must be <c>after</c>, byte for byte;
/// <c>left.txt</c> says what stays and why. A case whose name ends in <c>-assisted</c> includes assisted rewrites; one with <c>torch</c> in its name refers to the
/// stand-in for TorchSharp. With AGENTLIFT_ACCEPT=1 the result is
/// written instead, to be read in the diff.
/// </summary>
public class ScenarioTests
{
    private static readonly string Root = Path.Combine(Repository.Root, "tests", "Scenarios");

    public static TheoryData<string> Cases => [.. Directory.GetDirectories(Root).SelectMany(Directory.GetDirectories).Select(folder => Path.GetRelativePath(Root, folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_lifted_tree_is_the_one_that_was_reviewed(string name)
    {
        var folder = Path.Combine(Root, name);
        KebabCase.TryParse<MigrationStage>(Path.GetDirectoryName(name), out var stage).ShouldBeTrue("a scenario lies in a folder named like its stage");
        var options = LiftOptions.Everything with { IncludeAssisted = name.EndsWith("-assisted", StringComparison.Ordinal) };
        var before = Read(Path.Combine(folder, "before"), name.Contains("torch", StringComparison.Ordinal) ? [TorchSurface.Newest] : []);
        (await ProblemsAsync(before)).ShouldBeEmpty("the scenario must compile before");

        var lifted = await StageLift.ApplyAsync(before, stage, options, CancellationToken.None);

        var texts = await TextsAsync(lifted.Solution);
        var left = string.Concat(lifted.Agents.SelectMany(agent => agent.Obstacles).Select(Left).Order(StringComparer.Ordinal));
        if (Environment.GetEnvironmentVariable("AGENTLIFT_ACCEPT") == "1")
            Accept(folder, texts, left);
        (await ProblemsAsync(lifted.Solution)).ShouldBeEmpty(string.Join("\n", texts.Select(text => Shown(text.Value))));
        foreach (var text in texts)
            Shown(text.Value).ShouldBe(Shown(File.ReadAllBytes(Path.Combine(folder, "after", text.Key))), text.Key);
        texts.Keys.Order(StringComparer.Ordinal).ShouldBe(Directory.EnumerateFiles(Path.Combine(folder, "after")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        left.ShouldBe(File.Exists(Path.Combine(folder, "left.txt")) ? File.ReadAllText(Path.Combine(folder, "left.txt")) : string.Empty);

        var again = await StageLift.ApplyAsync(lifted.Solution, stage, options, CancellationToken.None);
        again.Agents.ShouldAllBe(agent => !agent.Changed, "a second run must write nothing");
    }

    private static Solution Read(string folder, IEnumerable<MetadataReference> more)
    {
        var solution = LiftVerifier.SolutionOf([], more);
        var project = solution.Projects.Single();
        var files = Directory.EnumerateFiles(folder, "*.cs").Order(StringComparer.Ordinal).ToList();
        var isProgram = files.Any(file => Path.GetFileName(file) == "Program.cs");
        solution = solution.WithProjectCompilationOptions(project.Id, new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary));
        foreach (var file in files)
        {
            using var stream = File.OpenRead(file);
            solution = solution.AddDocument(DocumentId.CreateNewId(project.Id), Path.GetFileName(file), Microsoft.CodeAnalysis.Text.SourceText.From(stream), filePath: "/fleet/" + Path.GetFileName(file));
        }

        return solution;
    }

    // Warnings count too, but for those of the legacy style of the sources.
    private static async Task<ImmutableArray<string>> ProblemsAsync(Solution solution) =>
    [
        .. (await PlatformGenerators.CompileAsync(solution.Projects.Single()))
            .Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error or DiagnosticSeverity.Warning && !diagnostic.Id.StartsWith("CS86", StringComparison.Ordinal))
            .Select(diagnostic => diagnostic.ToString()),
    ];

    private static async Task<SortedDictionary<string, byte[]>> TextsAsync(Solution solution)
    {
        var texts = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var document in solution.Projects.Single().Documents.Where(document => document.Name != "ImplicitUsings.cs"))
        {
            var text = await document.GetTextAsync();
            texts[document.Name] = [.. text.Encoding!.GetPreamble(), .. text.Encoding.GetBytes(text.ToString())];
        }

        return texts;
    }

    // Nothing of the bytes is hidden: neither the mark at the beginning nor the ends of lines.
    private static string Shown(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes).Replace("\uFEFF", "<BOM>", StringComparison.Ordinal).Replace("\r\n", "<CR>\n", StringComparison.Ordinal);

    private static string Left(Obstacle obstacle)
    {
        var place = obstacle.Location.GetLineSpan();
        return $"{obstacle.RuleId} {Path.GetFileName(place.Path)}: {obstacle.Reason}\n";
    }

    private static void Accept(string folder, SortedDictionary<string, byte[]> texts, string left)
    {
        var after = Path.Combine(folder, "after");
        if (Directory.Exists(after))
            Directory.Delete(after, recursive: true);
        Directory.CreateDirectory(after);
        foreach (var (file, bytes) in texts)
            File.WriteAllBytes(Path.Combine(after, file), bytes);
        File.Delete(Path.Combine(folder, "left.txt"));
        if (left.Length > 0)
            File.WriteAllText(Path.Combine(folder, "left.txt"), left);
    }
}
