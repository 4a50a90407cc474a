using AgentLift.Core.Rules;

namespace AgentLift.Migration.Tests.Assessment;

public sealed class EvidenceFingerprintTests
{
    private const string Code =
        """
        class Agent
        {
            Thread worker = new Thread(Run);
            void Loop()
            {
                while (true)
                {
                    Thread.Sleep(100);
                }
            }
        }
        """;

    private static readonly string Known = FingerprintOf.One("Thread.Sleep(100)", Code);

    [Fact]
    public void Moved_lines_keep_it() =>
        FingerprintOf.One("Thread.Sleep(100)", "// licence\n\n\n" + Code.Replace("void Loop", "int other;\n\n    void Loop")).ShouldBe(Known);

    [Fact]
    public void A_renamed_file_keeps_it() => FingerprintOf.One("Thread.Sleep(100)", Code, file: "Renamed.cs").ShouldBe(Known);

    [Fact]
    public void Reformatting_and_comments_keep_it() =>
        FingerprintOf.One(
            "Thread.Sleep(",
            "class Agent{void Loop(){while(true)/* for ever */Thread.Sleep(  // wait\n100 );}}").ShouldBe(Known);

    [Fact]
    public void A_change_elsewhere_in_the_member_keeps_it() =>
        FingerprintOf.One("Thread.Sleep(100)", Code.Replace("while (true)\n        {", "while (true)\n        {\n            Work();")).ShouldBe(Known);

    [Fact]
    public void Another_rule_changes_it() => FingerprintOf.One("Thread.Sleep(100)", Code, RuleIds.BlockingOnTask).ShouldNotBe(Known);

    [Fact]
    public void Other_code_changes_it() => FingerprintOf.One("Thread.Sleep(200)", Code.Replace("100", "200")).ShouldNotBe(Known);

    [Fact]
    public void Another_member_or_class_changes_it()
    {
        FingerprintOf.One("Thread.Sleep(100)", Code.Replace("Loop", "Poll")).ShouldNotBe(Known);
        FingerprintOf.One("Thread.Sleep(100)", Code.Replace("class Agent", "class Other")).ShouldNotBe(Known);
    }

    [Fact]
    public void Equal_statements_in_one_member_are_told_apart_and_the_first_keeps_its_own()
    {
        var both = FingerprintOf.All("Thread.Sleep(100)", Code.Replace("Thread.Sleep(100);", "Thread.Sleep(100); Thread.Sleep(100);"));

        both.Distinct().Count().ShouldBe(2);
        both[0].ShouldBe(Known);
    }

    [Fact]
    public void The_head_of_a_loop_does_not_depend_on_its_body() =>
        FingerprintOf.One("while (true)", Code).ShouldBe(FingerprintOf.One("while (true)", Code.Replace("100", "200")));

    [Fact]
    public void The_body_of_a_lambda_does_not_belong_to_the_statement_that_starts_it()
    {
        const string Started = "class Agent { void Start() { Task.Run(() => { Work(1); }); } }";

        FingerprintOf.One("Task.Run", Started).ShouldBe(FingerprintOf.One("Task.Run", Started.Replace("Work(1)", "Work(2)")));
        FingerprintOf.One("Work(1)", Started).ShouldNotBe(FingerprintOf.One("Task.Run", Started));
    }

    [Fact]
    public void A_field_is_known_by_its_name_and_value()
    {
        var field = FingerprintOf.One("new Thread(Run)", Code);

        field.ShouldNotBe(FingerprintOf.One("new Thread(Run)", Code.Replace("worker", "other")));
        field.ShouldNotBe(FingerprintOf.One("new Thread(Else)", Code.Replace("(Run)", "(Else)")));
    }

    [Fact]
    public void The_name_of_a_class_does_not_depend_on_its_members() =>
        FingerprintOf.One("Agent", Code, RuleIds.NotABaseAgent).ShouldBe(
            FingerprintOf.One("Agent", "[Fast] public sealed class Agent : Thing { }", RuleIds.NotABaseAgent));
}
