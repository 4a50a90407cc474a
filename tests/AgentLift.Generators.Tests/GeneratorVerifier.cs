using AgentLift.Core.Rules;
using AgentLift.Testing;

namespace AgentLift.Generators.Tests;

/// <summary>Runs the generators over marked sources: what they report must stand at the marks, and nowhere else.</summary>
internal static class GeneratorVerifier
{
    /// <summary>Checks that a rule is reported at the marks, with a message.</summary>
    public static void Reports(string ruleId, string source, string message)
    {
        var (marked, run) = Run(ruleId, source);

        run.Diagnostics.Select(diagnostic => new Mark(diagnostic.Id, diagnostic.Location.SourceSpan.Start)).ShouldBe(marked.Marks, string.Join("\n", run.Diagnostics));
        run.Diagnostics.Select(diagnostic => diagnostic.GetMessage()).ShouldContain(message);
        run.Diagnostics.ShouldAllBe(diagnostic => diagnostic.Severity == RuleTable.Get(ruleId).Severity && diagnostic.Location.GetLineSpan().Path == marked.Path);
    }

    /// <summary>Checks that nothing is reported, and that all compiles without a warning.</summary>
    public static void Accepts(string source)
    {
        var run = Run(string.Empty, source).Run;

        run.Diagnostics.ShouldBeEmpty();
        run.Compilation.Complaints().ShouldBeEmpty();
    }

    /// <summary>Checks that nothing is reported where the compiler says what is wrong.</summary>
    public static void LeavesToTheCompiler(string source, string compilerError)
    {
        var run = Run(string.Empty, source).Run;

        run.Diagnostics.ShouldBeEmpty();
        run.Compilation.Complaints().ShouldContain(complaint => complaint.Contains(compilerError, StringComparison.Ordinal));
    }

    private static (MarkedSource Source, GeneratorRun Run) Run(string ruleId, string source)
    {
        var marked = MarkedSource.Parse("/fleet/File0.cs", source, ruleId);
        var compilation = AgentCompilation.Of(marked.Text);
        LazyReaders.ShouldAgreeOn(compilation);
        return (marked, GeneratorRun.Of(compilation));
    }
}
