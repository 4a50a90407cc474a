using AgentLift.CodeFixes.Lifting.Searching;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AgentLift.CodeFixes.Tests.Searching;

public class FileGraphTests
{
    private const string Agent = """
        namespace Fleet;

        [Loud]
        public class Noon(IClock clock) : IWatch
        {
            public Helper Aid { get; } = new();

            public void Look() => Aid.Twin.Ring(clock.Now.Shout());
        }
        """;

    private static readonly (string Name, string Text)[] Others =
    [
        ("Loud", "namespace Fleet; public class LoudAttribute : System.Attribute { }"),
        ("Clock", "namespace Fleet; public interface IClock { string Now { get; } }"),
        ("Watch", "namespace Fleet; public interface IWatch { void Look(); }"),
        ("Helper", "namespace Fleet; public class Helper { public Bell Twin { get; } = new(); }"),
        ("Bell", "namespace Fleet; public class Bell { public void Ring(string text) { } }"),
        ("Shouting", "namespace Fleet; public static class Shouting { public static string Shout(this string text) => text + \"!\"; }"),
        ("Caller", "namespace Fleet; public class Caller { public void Call(Noon noon) => noon.Look(); }"),
        ("Watcher", "namespace Fleet; public class Watcher { public void Call(IWatch watch) => watch.Look(); }"),
        ("Maker", "namespace Fleet; public class Maker { public void Make(Caller caller) => caller.Call(null); }"),
        ("Stranger", "namespace Fleet; public class Stranger { public class Aid { } public void Look() { } }"),
    ];

    [Theory]
    [InlineData("Loud")]
    [InlineData("Clock")]
    [InlineData("Watch")]
    [InlineData("Helper")]
    [InlineData("Bell")]
    [InlineData("Shouting")]
    [InlineData("Caller")]
    [InlineData("Watcher")]
    [InlineData("Maker")]
    public async Task What_a_type_reaches_and_what_knows_it_is_around_it(string changed) => (await IsSameAfterAsync(changed, " // later")).ShouldBeFalse();

    [Theory]
    [InlineData(" // later")]
    [InlineData(" public class Foreigner { public class Helper { } }")]
    [InlineData(" public static class More { public static int Whisper(this string text) => 1; }")]
    public async Task What_a_stranger_does_is_nothing_to_it(string more) => (await IsSameAfterAsync("Stranger", more)).ShouldBeTrue();

    [Theory]
    [InlineData(" public class Now { }")]
    [InlineData(" public delegate void Ring();")]
    [InlineData(" public static class More { public static string Shout(this object text) => \"\"; }")]
    [InlineData(" public static class More { public static void GetAwaiter(this string text) { } }")]
    [InlineData(" namespace Inner { }")]
    [InlineData(null, "global using System.Text; ")]
    [InlineData(null, "[assembly: System.Reflection.AssemblyDescription(\"A fleet.\")] ")]
    public async Task A_stranger_that_declares_what_it_names_is_one_no_longer(string? more, string before = "") =>
        (await IsSameAfterAsync("Stranger", more ?? string.Empty, before)).ShouldBeFalse();

    [Fact]
    public async Task What_a_generator_wrote_leads_on_and_counts_for_nothing()
    {
        var before = Start();
        var after = AddGenerated(before, "namespace Fleet; partial class Bell { public Stranger Next { get; } }");

        (await IsSameAsync(before, AddGenerated(before, "namespace Fleet; partial class Bell { public void Toll() { } }"))).ShouldBeTrue();
        (await IsSameAsync(before, after)).ShouldBeFalse();
        (await IsSameAsync(after, Edit(after, "Stranger", " // later"))).ShouldBeFalse();
    }

    [Fact]
    public async Task What_a_project_refers_to_is_around_all_its_files()
    {
        var before = Start();

        (await IsSameAsync(before, before.RemoveMetadataReference(before.ProjectIds.Single(), before.Projects.Single().MetadataReferences[^1]))).ShouldBeFalse();
    }

    private static Task<bool> IsSameAfterAsync(string changed, string more, string before = "")
    {
        var start = Start();
        return IsSameAsync(start, Edit(start, changed, more, before));
    }

    private static Solution Start() => LiftVerifier.SolutionOf([("/fleet/Noon.cs", Agent), .. Others.Select(other => ($"/fleet/{other.Name}.cs", other.Text))]);

    private static Solution Edit(Solution solution, string file, string more, string before = "") =>
        solution.WithDocumentText(
            solution.GetDocumentIdsWithFilePath($"/fleet/{file}.cs").Single(),
            SourceText.From(before + Others.Single(other => other.Name == file).Text.Replace("namespace Fleet;", "namespace Fleet {", StringComparison.Ordinal) + more + " }"));

    private static Solution AddGenerated(Solution solution, string text) =>
        Lifting.GeneratedDocument.Add(solution, solution.ProjectIds.Single(), "/fleet/obj/generated/Bell.g.cs", SourceText.From(text));

    private static async Task<bool> IsSameAsync(Solution one, Solution other)
    {
        var agent = (await one.Projects.Single().GetCompilationAsync())!.GetTypeByMetadataName("Fleet.Noon")!;
        return (await FileGraph.OfAsync(one)).Around(agent).IsSame((await FileGraph.OfAsync(other)).Around(agent));
    }
}
