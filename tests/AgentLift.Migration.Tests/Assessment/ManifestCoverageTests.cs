using AgentLift.Core.Manifest;
using AgentLift.Migration.Assessment;

namespace AgentLift.Migration.Tests.Assessment;

public sealed class ManifestCoverageTests
{
    private static readonly ManifestAgent Known = Entry("known", "Fleet.Known", null, 3);

    [Fact]
    public void An_entry_that_no_class_answers_to_is_named_with_its_line()
    {
        var errors = ManifestCoverage.ErrorsOf(
            "agents.json", [Known, Entry("lost", "Fleet.Lost", null, 7), Entry("strayed", null, "Strayed.cs", 9)], [Known]).ToList();

        errors.Select(error => error.Line).ShouldBe([7, 9]);
        errors[0].Message.ShouldBe("agent 'lost' names the type 'Fleet.Lost', which no assessed project has");
        errors[1].Message.ShouldContain("'Strayed.cs'");
    }

    private static ManifestAgent Entry(string name, string? type, string? file, int line) =>
        new(name, type, file, null, null, null, Criticality.Unknown, [], line);
}
