using AgentLift.Migration.Assessment;

namespace AgentLift.Migration.Tests.Assessment;

public sealed class FileFilterTests
{
    [Theory]
    [InlineData("src/**/*.cs", "src/a/b/Agent.cs", true)]
    [InlineData("src/**/*.cs", "test/Agent.cs", false)]
    [InlineData("src", "src/a/Agent.cs", true)]
    [InlineData("./src/", "src/Agent.cs", true)]
    [InlineData("**/*Agent.cs", "Agent.cs", true)]
    [InlineData("src\\*.cs", "src/Agent.cs", true)]
    [InlineData("../shared/**", "../shared/Agent.cs", true)]
    public void An_include_lets_through_what_it_matches(string glob, string path, bool expected) =>
        FileFilter.Of([glob], []).Matches(path).ShouldBe(expected);

    [Fact]
    public void An_exclude_wins_over_an_include()
    {
        var filter = FileFilter.Of(["src/**"], ["**/Generated/**"]);

        filter.Matches("src/Agent.cs").ShouldBeTrue();
        filter.Matches("src/Generated/Agent.cs").ShouldBeFalse();
    }

    [Fact]
    public void An_exclude_alone_lets_the_rest_through()
    {
        FileFilter.Of([], ["old/**"]).Matches("new/Agent.cs").ShouldBeTrue();
        FileFilter.Of([], ["old/**"]).Matches("old/Agent.cs").ShouldBeFalse();
        FileFilter.Of([], ["old/**"]).Matches("../old/Agent.cs").ShouldBeTrue();
        FileFilter.All.Matches("anything").ShouldBeTrue();
    }
}
