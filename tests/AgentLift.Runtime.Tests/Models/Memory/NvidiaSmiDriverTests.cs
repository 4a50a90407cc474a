using AgentLift.Runtime.Models.Memory.NvidiaSmi;

namespace AgentLift.Runtime.Tests.Models.Memory;

public class NvidiaSmiDriverTests
{
    private const string OneGpu = "echo 'GPU-a, 00000000:01:00.0, 1000, 400, [N/A], NVIDIA A100'";
    private const long Mebibyte = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ManualTime time = new();

    [RequiresProgramFact("sh", "dash")]
    public void The_program_is_asked_for_the_fields_that_are_read_without_heads_and_units_in_plain_English()
    {
        using var fake = new FakeProgram("""echo "$@ $LC_ALL" > "$(dirname "$0")/asked"; """ + OneGpu);

        DriverOf(fake).List(out var problem)!.ShouldHaveSingleItem().Uuid.ShouldBe("GPU-a");

        problem.ShouldBeNull();
        File.ReadAllText(fake.File("asked")).Trim().ShouldBe($"--query-gpu={NvidiaSmiCsv.Fields} --format=csv,noheader,nounits C");
    }

    [RequiresProgramFact("sh", "dash")]
    public void A_reading_is_what_is_not_free_and_says_nothing_of_this_process()
    {
        using var fake = new FakeProgram(OneGpu);

        DriverOf(fake).Read("GPU-a", out _).ShouldBe(new DeviceMemoryReading(1_000 * Mebibyte, 600 * Mebibyte, UsedByThisProcess: null));
    }

    [RequiresProgramFact("sh", "dash")]
    public void Readings_within_a_second_share_one_run()
    {
        using var fake = new FakeProgram("""echo run >> "$(dirname "$0")/runs"; """ + OneGpu);
        var driver = DriverOf(fake);

        driver.List(out _);
        driver.Read("GPU-a", out _);
        time.Advance(TimeSpan.FromSeconds(0.9));
        driver.Read("GPU-a", out _);
        var within = File.ReadAllLines(fake.File("runs")).Length;
        time.Advance(TimeSpan.FromSeconds(0.1));
        driver.Read("GPU-a", out _);

        within.ShouldBe(1);
        File.ReadAllLines(fake.File("runs")).Length.ShouldBe(2);
    }

    [RequiresProgramFact("sh", "dash")]
    public void A_program_that_fails_gives_nothing_and_what_it_says()
    {
        using var fake = new FakeProgram("echo \"NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\"; exit 9");

        DriverOf(fake).List(out var problem).ShouldBeNull();

        problem.ShouldBe("it ended with 9: NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.");
    }

    [RequiresProgramFact("sh", "dash")]
    public void A_program_that_prints_something_else_gives_nothing_and_what_it_says()
    {
        using var fake = new FakeProgram("echo No devices were found");

        DriverOf(fake).List(out var problem).ShouldBeNull();

        problem.ShouldBe("it printed what is no list of GPUs: No devices were found");
    }

    [RequiresProgramFact("sh", "dash")]
    public void A_GPU_that_is_not_in_the_list_any_more_or_tells_no_memory_is_not_read()
    {
        using var fake = new FakeProgram("echo 'GPU-a, 00000000:01:00.0, [N/A], [N/A], [N/A], NVIDIA GB10'");
        var driver = DriverOf(fake);

        foreach (var uuid in new[] { "GPU-a", "GPU-b" })
        {
            driver.Read(uuid, out var problem).ShouldBeNull();
            problem.ShouldBe($"it does not tell the memory of {uuid}");
        }
    }

    [RequiresProgramFact("sh", "dash")]
    public async Task A_program_that_hangs_is_killed_with_what_it_started_and_asked_again_later()
    {
        using var fake = new FakeProgram("""
            cd "$(dirname "$0")"
            if [ -e hung ]; then echo 'GPU-a, 00000000:01:00.0, 1000, 400, [N/A], NVIDIA A100'; exit; fi
            touch hung
            tail -f /dev/null &
            echo $$ $! > pids.part
            mv pids.part pids
            wait
            """);
        var driver = DriverOf(fake);

        var reading = Task.Run(() => (Reading: driver.Read("GPU-a", out var problem), Problem: problem));
        SpinWait.SpinUntil(() => File.Exists(fake.File("pids")), Patience).ShouldBeTrue();
        (await time.PassNextWaitAsync()).ShouldBe(TimeSpan.FromSeconds(5));

        (await reading).ShouldBe((null, "it did not answer within 5 s"));
        foreach (var id in File.ReadAllText(fake.File("pids")).Split())
            SpinWait.SpinUntil(() => IsGone(id), Patience).ShouldBeTrue();
        time.Advance(TimeSpan.FromSeconds(1));
        driver.Read("GPU-a", out _).ShouldNotBeNull();
    }

    [Fact]
    public void A_program_that_cannot_be_started_gives_nothing_and_why()
    {
        var missing = new NvidiaSmiDriver(new NvidiaSmiProgram(Path.Combine(Path.GetTempPath(), "no-such-folder", "nvidia-smi"), time), time);

        missing.Read("GPU-a", out var problem).ShouldBeNull();

        problem.ShouldNotBeNullOrEmpty();
    }

    [RequiresProgramFact("sh", "dash")]
    public void The_program_is_the_first_on_the_path_that_may_be_run()
    {
        using var fake = new FakeProgram(OneGpu);
        using var other = new FakeProgram(OneGpu, mode: "644");

        NvidiaSmiProgram.Find($"relative:/nowhere::{other.Folder}:{fake.Folder}:{other.Folder}").ShouldBe(fake.Path);
        NvidiaSmiProgram.Find("/nowhere").ShouldBeNull();
        NvidiaSmiProgram.Find(null).ShouldBeNull();
    }

    private NvidiaSmiDriver DriverOf(FakeProgram fake) => new(new NvidiaSmiProgram(NvidiaSmiProgram.Find(fake.Folder)!, time), time);

    // A process that has ended and whose parent has not asked yet is still listed, as a zombie.
    private static bool IsGone(string id)
    {
        if (id.Length == 0)
            return true;
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].TrimStart().StartsWith('Z');
        }
        catch (IOException)
        {
            return true;
        }
    }
}
