using AgentLift.Runtime.Discovery;

namespace AgentLift.Runtime.Tests.Discovery;

public sealed class FileDirectoryTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();
    private readonly ManualTime time = new();
    private readonly RecordedLog<FileDirectory> log = new();

    public void Dispose() => File.Delete(path);

    [Fact]
    public async Task Agents_that_the_file_lists_are_found_with_their_endpoints()
    {
        Write(Listing("a", "b"));
        var directory = NewDirectory();

        (await directory.IdsAsync("tutor")).ShouldBe(["a", "b"]);
        (await directory.FindAsync("tutor", default))[0].Endpoints["requests"].ShouldBe("10.0.0.5:5611");
        (await directory.IdsAsync("nobody")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_changed_file_is_read_again_no_sooner_than_a_second_after_the_last_look()
    {
        Write(Listing("a"));
        var directory = NewDirectory();
        Write(Listing("a", "b"));
        time.Advance(TimeSpan.FromMilliseconds(999));
        (await directory.IdsAsync("tutor")).ShouldBe(["a"]);

        time.Advance(TimeSpan.FromMilliseconds(1));

        (await directory.IdsAsync("tutor")).ShouldBe(["a", "b"]);
        log.Lines.ShouldBe([$"Information: Directory file {path} was read again; it lists 2 instances"]);
    }

    [Fact]
    public async Task A_change_that_does_not_parse_keeps_the_old_content_and_is_told_once()
    {
        Write(Listing("a"));
        var directory = NewDirectory();
        Write("{\n  \"agents\": [ {\n");

        for (var i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            (await directory.IdsAsync("tutor")).ShouldBe(["a"]);
        }

        log.Lines.ShouldHaveSingleItem().ShouldStartWith($"Error: The changed directory file is ignored, what it said before stays valid: {path}(3): ");
        Write(Listing("c"));
        time.Advance(TimeSpan.FromSeconds(1));
        (await directory.IdsAsync("tutor")).ShouldBe(["c"]);
    }

    [Theory]
    [InlineData("", 1, "The input does not contain any JSON tokens")]
    [InlineData("{ \"agents\": [\n { \"nme\": \"tutor\" } ] }", 2, "The JSON property 'nme' could not be mapped")]
    [InlineData("{ \"agents\": [\n { \"name\": \"tutor\"\n } ] }", 3, "missing required properties including: 'instances'")]
    [InlineData("{ \"agents\": [ { \"name\": \"tutor\", \"instances\": [\n\n { \"id\": \"a\", \"endpoints\": { \"requests\": \"10.0.0.5\" } } ] } ] }", 3, "'10.0.0.5' is no address; it must be HOST:PORT.")]
    [InlineData("{ \"agents\": [ { \"name\": \"tutor\", \"instances\": [ { \"id\": \"a\", \"endpoints\": { \"requests\": \"10.0.0.5:99999\" } } ] } ] }", 1, "'10.0.0.5:99999' is no address")]
    public void Bad_content_at_the_start_names_file_and_line_and_says_what_to_do(string content, int line, string reason)
    {
        Write(content);

        var message = Should.Throw<AgentDirectoryException>(NewDirectory).Message;

        message.ShouldStartWith($"{path}({line}): ");
        message.ShouldContain(reason);
        message.ShouldEndWith("Write it as { \"agents\": [ { \"name\": \"tutor\", \"instances\": [ { \"id\": \"a\", \"endpoints\": { \"requests\": \"10.0.0.5:5611\" } } ] } ] }");
    }

    [Fact]
    public void Two_instances_of_one_id_are_refused()
    {
        Write(Listing("a", "a"));

        Should.Throw<AgentDirectoryException>(NewDirectory).Message.ShouldBe($"{path}: agent tutor has two instances a; give one of them another id.");
    }

    [Fact]
    public async Task An_agent_of_this_process_takes_the_place_of_what_the_file_says_of_its_address()
    {
        Write(Listing("a"));
        var directory = NewDirectory();

        var entry = await directory.RegisterAsync(Instances.Of("tutor", "own"), default);
        (await directory.IdsAsync("tutor")).ShouldBe(["own"]);
        await entry.DisposeAsync();

        (await directory.IdsAsync("tutor")).ShouldBe(["a"]);
        log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_agent_that_the_file_does_not_list_is_found_in_this_process_and_warned_of()
    {
        Write(Listing("a"));
        var directory = NewDirectory();

        await using var entry = await directory.RegisterAsync(Instances.Of("stranger", "own"), default);

        (await directory.IdsAsync("stranger")).ShouldBe(["own"]);
        log.Lines.ShouldBe([$"Warning: Agent stranger is not listed in {path}; only this process finds it. List it there"]);
    }

    private static string Listing(params string[] ids) =>
        $$"""{ "agents": [ { "name": "tutor", "instances": [ {{string.Join(", ", ids.Select(id => $$"""{ "id": "{{id}}", "endpoints": { "requests": "10.0.0.5:5611" } }"""))}} ] } ] }""";

    private FileDirectory NewDirectory() => new(path, time, log);

    private void Write(string content) => File.WriteAllText(path, content);
}
