using System.Text.Json;
using AgentLift.Migration.Settings;

namespace AgentLift.Migration.Tests.Settings;

public class JsonSectionTests
{
    [Fact]
    public void A_new_file_has_the_section_and_nothing_else() =>
        JsonSection.New("\n", "Agents:Tutor:Port", 5611).ShouldBe("{\n  \"Agents\": {\n    \"Tutor\": {\n      \"Port\": 5611\n    }\n  }\n}\n");

    [Theory]
    [InlineData("{\n  \"Logging\": { \"Level\": 1 }\n}\n", "{\n  \"Logging\": { \"Level\": 1 },\n  \"A\": {\n    \"B\": 5\n  }\n}\n")]
    [InlineData("{\n\t\"A\": {\n\t\t\"X\": 1\n\t}\n}", "{\n\t\"A\": {\n\t\t\"X\": 1,\n\t\t\"B\": 5\n\t}\n}")]
    [InlineData("{\r\n    \"A\": {}\r\n}\r\n", "{\r\n    \"A\": {\r\n        \"B\": 5\r\n    }\r\n}\r\n")]
    [InlineData("{}", "{\n  \"A\": {\n    \"B\": 5\n  }\n}")]
    [InlineData("{ \"A\": { \"X\": [ 1 ] } }", "{ \"A\": { \"X\": [ 1 ], \"B\": 5 } }")]
    [InlineData("{ \"X\": 1 }\n", "{ \"X\": 1, \"A\": { \"B\": 5 } }\n")]
    [InlineData("{\n  \"a\": {\n    \"X\": 1\n  },\n  \"Z\": 2\n}", "{\n  \"a\": {\n    \"X\": 1,\n    \"B\": 5\n  },\n  \"Z\": 2\n}")]
    public void The_layout_of_the_file_is_kept_up(string before, string after) => JsonSection.Add(before, "A:B", 5).ShouldBe(after);

    [Theory]
    [InlineData("{\n  \"X\": 1, // one\n}", "{\n  \"X\": 1, // one\n  \"A\": {\n    \"B\": 5\n  },\n}")]
    [InlineData("{\n  \"X\": 1 // one, or { two\n}", "{\n  \"X\": 1, // one, or { two\n  \"A\": {\n    \"B\": 5\n  }\n}")]
    [InlineData("{\n  \"X\": 1 /* a */ /* b */\n  // \"A\": {}\n}", "{\n  \"X\": 1, /* a */ /* b */\n  \"A\": {\n    \"B\": 5\n  }\n  // \"A\": {}\n}")]
    [InlineData("// settings \"A\"\n{\n  // none yet\n}\n", "// settings \"A\"\n{\n  // none yet\n  \"A\": {\n    \"B\": 5\n  }\n}\n")]
    [InlineData("{ /* none */ }", "{ /* none */\n  \"A\": {\n    \"B\": 5\n  }\n}")]
    [InlineData("{\n  \"X\": \"//\" /* ,\n */ , \"Y\": 2 }", "{\n  \"X\": \"//\" /* ,\n */ , \"Y\": 2,\n  \"A\": {\n    \"B\": 5\n  } }")]
    [InlineData("{\n  \"X\": 1 /* , */\n  ,\n}", "{\n  \"X\": 1 /* , */\n  ,\n  \"A\": {\n    \"B\": 5\n  },\n}")]
    public void Comments_and_trailing_commas_stay_with_what_they_belong_to(string before, string after) => JsonSection.Add(before, "A:B", 5).ShouldBe(after);

    [Theory]
    [InlineData("{ \"A\": { \"B\": 7 } }")]
    [InlineData("{ \"agents\": 1, \"A:b\": 7 }")]
    [InlineData("{ \"a\": { \"b\": null } }")]
    public void What_is_set_already_stays_as_it_is(string text) => JsonSection.Add(text, "A:B", 5).ShouldBe(text);

    [Theory]
    [InlineData("{ \"A\": 1 }")]
    [InlineData("{ \"A\": [] }")]
    [InlineData("{ \"A\": null }")]
    [InlineData("{ \"A\": { \"B\": { \"C\": 1 } } }")]
    public void A_section_that_is_a_value_is_refused(string text) => JsonSection.Add(text, "A:B", 5).ShouldBeNull();

    [Theory]
    [InlineData("", 0)]
    [InlineData("[]", 0)]
    [InlineData("{\n  \"X\": 1\n  \"Y\": 2\n}", 2)]
    public void What_does_not_parse_is_refused_with_its_line(string text, long line) =>
        Should.Throw<JsonException>(() => JsonSection.Add(text, "A:B", 5)).LineNumber.ShouldBe(line);

    [Theory]
    [InlineData("say \"hi\" \\ ü\n", "\"say \\\"hi\\\" \\\\ ü\\n\"")]
    [InlineData(true, "true")]
    [InlineData(0.7, "0.7")]
    [InlineData(5000000000L, "5000000000")]
    public void Values_of_every_kind_are_written_as_json(object value, string written) => JsonSection.Add("{}", "A", value).ShouldBe($"{{\n  \"A\": {written}\n}}");

    [Fact]
    public void Whatever_the_layout_all_that_was_set_is_set_afterwards()
    {
        var random = new Random(20250611);
        for (var i = 0; i < 500; i++)
        {
            var text = Any(random, 3);
            var before = JsonSection.Read(text);

            var after = JsonSection.Read(JsonSection.Add(JsonSection.Add(text, "New:One", 1)!, "New:Two", "2")!);

            foreach (var (key, value) in before)
                after[key].ShouldBe(value, text);
            after.Count.ShouldBe(before.Count + 2, text);
        }
    }

    // An object with gaps of any kind between its parts; System.Text.Json takes no comment before a colon.
    private static string Any(Random random, int depth)
    {
        string[] gaps = ["", " ", "\n", "\r\n  ", " /* , } */ ", " // { \"\n", "\t"];
        string Gap() => gaps[random.Next(gaps.Length)];
        var members = Enumerable.Range(0, random.Next(4)).Select(i => $"\"m{i}\" :{Gap()}{Value()}{Gap()}").ToList();
        return "{" + Gap() + string.Join("," + Gap(), members) + (members.Count > 0 && random.Next(3) == 0 ? "," : string.Empty) + Gap() + "}";

        string Value() => random.Next(5) switch
        {
            0 when depth > 0 => Any(random, depth - 1),
            1 => "[ 1, \"],\" /* ] */ ]",
            2 => "\"a \\\" // b\"",
            3 => "null",
            _ => "-1.5e3",
        };
    }
}
