using AgentLift.Cli.Reports;
using AgentLift.Migration.Assessment;

namespace AgentLift.Cli.Tests.Reports;

public class CodeMarkTests
{
    [Fact]
    public void Shared_indentation_is_taken_off_and_tabs_become_blanks()
    {
        var marks = CodeMark.Of(new CodeExcerpt(3, ["\tif (x)", "\t\tRun();", ""]), new SourcePlace("a.cs", 4, 3, 4, 6));
        marks.Select(mark => mark.Text).ShouldBe(["if (x)", "    Run();", ""]);
        marks[1].Marked.ShouldBe("Run");
        marks[1].Number.ShouldBe(4);
    }

    [Fact]
    public void A_place_over_several_lines_is_marked_from_ink_to_ink()
    {
        var marks = CodeMark.Of(new CodeExcerpt(1, ["while (true)", "{", "    Step();", "}"]), new SourcePlace("a.cs", 1, 1, 4, 2));
        marks.Select(mark => mark.Marked).ShouldBe(["while (true)", "{", "Step();", "}"]);
    }

    [Fact]
    public void Long_lines_are_cut_with_an_ellipsis()
    {
        var mark = CodeMark.Of(new CodeExcerpt(1, [new string('x', 500)]), new SourcePlace("a.cs", 1, 1, 1, 501), 80).ShouldHaveSingleItem();
        mark.Text.Length.ShouldBe(81);
        mark.Text.ShouldEndWith("\u2026");
    }

    [Fact]
    public void A_place_beyond_the_line_does_not_fail() =>
        CodeMark.Of(new CodeExcerpt(1, ["x"]), new SourcePlace("a.cs", 1, 9, 1, 40)).ShouldHaveSingleItem().Marked.ShouldBeEmpty();

    [Fact]
    public void Direction_overrides_and_control_characters_are_made_visible() =>
        OneLine.Of("a\u202Eb\u0007c\r\nd\te").ShouldBe("a\uFFFDb\uFFFDc d e");
}
