using AgentLift.Runtime.Models.Memory.Host;

namespace AgentLift.Runtime.Tests.Models.Memory;

public sealed class HostMemoryTests : IDisposable
{
    private const long Gibibyte = 1024 * 1024 * 1024;
    private readonly string root = Directory.CreateTempSubdirectory("agentlift-").FullName;

    public HostMemoryTests() => Write("proc/meminfo", "MemTotal:       16777216 kB\nMemFree:          102400 kB\nMemAvailable:    8388608 kB\n");

    [Fact]
    public void Without_limits_it_is_the_memory_of_the_machine() => Measure().ShouldBe(new HostCapacity(16 * Gibibyte, 8 * Gibibyte));

    [Fact]
    public void The_limit_of_its_control_group_holds_and_idle_cache_counts_as_free()
    {
        Group("0::/app.slice/agent.service");
        Limit("app.slice/agent.service", 4 * Gibibyte, 3 * Gibibyte, cache: Gibibyte);

        Measure().ShouldBe(new HostCapacity(4 * Gibibyte, 2 * Gibibyte));
    }

    [Fact]
    public void The_limits_of_all_groups_around_it_hold()
    {
        Group("0::/app.slice/agent.service");
        Limit("app.slice", 6 * Gibibyte, 5 * Gibibyte, cache: 0);
        Limit("app.slice/agent.service", 8 * Gibibyte, 2 * Gibibyte, cache: 0);

        Measure().ShouldBe(new HostCapacity(6 * Gibibyte, Gibibyte));
    }

    [Fact]
    public void A_container_that_sees_its_group_as_the_root_is_limited_by_it()
    {
        Group("0::/../../docker/0123");
        Limit("", 2 * Gibibyte, Gibibyte, cache: 0);

        Measure().ShouldBe(new HostCapacity(2 * Gibibyte, Gibibyte));
    }

    [Fact]
    public void A_group_without_a_limit_limits_nothing()
    {
        Group("0::/agent");
        Write("sys/fs/cgroup/agent/memory.max", "max\n");
        Write("sys/fs/cgroup/agent/memory.current", "4096\n");

        Measure().ShouldBe(new HostCapacity(16 * Gibibyte, 8 * Gibibyte));
    }

    [Fact]
    public void A_group_with_room_on_a_machine_without_any_has_none()
    {
        Write("proc/meminfo", "MemTotal:       16777216 kB\nMemAvailable:    1048576 kB\n");
        Group("0::/agent");
        Limit("agent", 4 * Gibibyte, usage: 0, cache: 0);

        Measure().ShouldBe(new HostCapacity(4 * Gibibyte, Gibibyte));
    }

    [Fact]
    public void Control_groups_of_the_older_kind_hold_too()
    {
        Group("9:cpu,cpuacct:/docker/0123\n4:hugetlb,memory:/docker/0123\n0::/");
        Write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        Write("sys/fs/cgroup/memory/memory.usage_in_bytes", "1\n");
        Write("sys/fs/cgroup/memory/docker/0123/memory.limit_in_bytes", $"{4 * Gibibyte}\n");
        Write("sys/fs/cgroup/memory/docker/0123/memory.usage_in_bytes", $"{2 * Gibibyte}\n");
        Write("sys/fs/cgroup/memory/docker/0123/memory.stat", $"inactive_file 1\ntotal_inactive_file {Gibibyte}\n");

        Measure().ShouldBe(new HostCapacity(4 * Gibibyte, 3 * Gibibyte));
    }

    [Fact]
    public void A_group_over_its_limit_has_no_room_and_not_less()
    {
        Group("0::/agent");
        Limit("agent", Gibibyte, 2 * Gibibyte, cache: 0);

        Measure().ShouldBe(new HostCapacity(Gibibyte, 0));
    }

    [Fact]
    public void Where_the_kernel_tells_nothing_the_collector_does() =>
        new HostMemory(() => null).Read()!.Value.TotalBytes.ShouldBe(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    [Fact]
    public void What_cannot_be_read_is_not_told()
    {
        File.Delete(Path.Combine(root, "proc/meminfo"));

        new HostMemory(() => LinuxMemory.Measure(root)).Read().ShouldBeNull();
    }

    [Fact]
    public void This_machine_has_memory_of_which_this_process_holds_some()
    {
        var reading = HostMemory.OfThisMachine().Read()!.Value;

        reading.TotalBytes.ShouldBeGreaterThan(0);
        reading.UsedBytes.ShouldBeInRange(0, reading.TotalBytes);
        reading.UsedByThisProcess!.Value.ShouldBeGreaterThan(0);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private HostCapacity? Measure() => LinuxMemory.Measure(root);

    private void Group(string lines) => Write("proc/self/cgroup", lines + "\n");

    private void Limit(string group, long limit, long usage, long cache)
    {
        Write($"sys/fs/cgroup/{group}/memory.max", $"{limit}\n");
        Write($"sys/fs/cgroup/{group}/memory.current", $"{usage}\n");
        Write($"sys/fs/cgroup/{group}/memory.stat", $"anon 1\ninactive_file {cache}\n");
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
