using AgentLift.Migration.Assessment;
using AgentLift.Migration.StaysLegacy;

namespace AgentLift.Migration.Tests.StaysLegacy;

public sealed class ExemptionFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_added_is_read_and_one_agent_has_one_entry()
    {
        ExemptionFile.Add(folder.Path, new LegacyExemption("tutor", "later", new DateOnly(2030, 1, 31)));
        ExemptionFile.Add(folder.Path, new LegacyExemption("Tutor", "much later", new DateOnly(2031, 1, 31)));

        ExemptionFile.Read(folder.Path).ShouldBe([new LegacyExemption("Tutor", "much later", new DateOnly(2031, 1, 31))]);
    }

    [Fact]
    public void A_rule_has_one_entry_an_agent_and_an_agent_that_stays_as_a_whole_has_no_other()
    {
        var tutor = new LegacyExemption("tutor", "later", new DateOnly(2030, 1, 31));
        ExemptionFile.Add(folder.Path, tutor, tutor with { Rules = ["AGL1002", "AGL1003"] }, tutor with { Reason = "soon", Rules = ["AGL1003"] });
        var byRule = ExemptionFile.Read(folder.Path);
        ExemptionFile.Add(folder.Path, tutor);

        byRule.Select(exemption => $"{exemption.Reason}: {string.Join(" ", exemption.Rules!.Value)}").ShouldBe(["later: AGL1002", "soon: AGL1003"]);
        ExemptionFile.Read(folder.Path).ShouldHaveSingleItem().Rules.ShouldBeNull();
    }

    [Fact]
    public void Without_a_file_there_are_none() => ExemptionFile.Read(folder.Path).ShouldBeEmpty();

    [Theory]
    [InlineData("{ \"exceptions\": [ { \"agent\": \"a\", \"reason\": \"r\" } ] }")]
    [InlineData("{ \"exceptions\": [ { \"agent\": \"a\", \"reason\": \"r\", \"review\": \"soon\" } ] }")]
    [InlineData("{ \"exceptions\": [ { \"agent\": \"a\", \"reason\": \"r\", \"review\": \"2030-01-31\", \"rules\": [] } ] }")]
    [InlineData("{ \"exemptions\": [] }")]
    [InlineData("{")]
    public void A_file_that_is_wrong_is_named(string content)
    {
        folder.Write(ExemptionFile.Name, content);

        Should.Throw<UnusableInputException>(() => ExemptionFile.Read(folder.Path)).Error.File.ShouldBe(ExemptionFile.Name);
    }

    [Fact]
    public void A_review_is_overdue_from_the_day_after()
    {
        var exemption = new LegacyExemption("a", "r", new DateOnly(2026, 11, 21));

        exemption.IsOverdue(new DateOnly(2026, 11, 21)).ShouldBeFalse();
        exemption.IsOverdue(new DateOnly(2026, 11, 22)).ShouldBeTrue();
    }
}
