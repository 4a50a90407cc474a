namespace AgentLift.Runtime.Tests.Models;

/// <summary>What those may do who are told what the scheduler has done.</summary>
public class SchedulerListenerTests
{
    // Two loads, two waits that end with them, and one model that leaves.
    private const int Told = 5;

    private readonly SmallMachine machine = new();

    [Fact]
    public void They_are_told_outside_the_lock()
    {
        var held = new List<bool>();
        machine.Events.OnEach = () => held.Add(machine.Scheduler.Gate.IsHeldByCurrentThread);

        UseAll();

        held.ShouldBe(Enumerable.Repeat(false, Told));
    }

    [Fact]
    public void They_may_throw()
    {
        var told = 0;
        machine.Events.OnEach = () =>
        {
            told++;
            throw new InvalidOperationException("The disk of the log is full.");
        };

        UseAll();

        told.ShouldBe(Told);
        machine.Scheduler.Ledgers[0].Held.ShouldBe(8);
    }

    [Fact]
    public void They_may_call_back()
    {
        var (asked, _) = machine.Add("asked", 2);
        Task? load = null;
        machine.Events.OnEach = () => load ??= machine.Scheduler.LoadAsync(asked, newVersion: false, default);

        machine.Acquire(machine.Add("a", 2).Model).Dispose();
        machine.Advance(TimeSpan.FromSeconds(1));

        load!.IsCompletedSuccessfully.ShouldBeTrue();
        machine.Events.Lines.ShouldBe(["a loaded on cuda:0 AsStored", "asked loaded on cuda:0 AsStored"]);
    }

    private void UseAll()
    {
        machine.Acquire(machine.Add("a", 8).Model).Dispose();
        machine.Acquire(machine.Add("b", 8).Model).Dispose();
        machine.Advance(TimeSpan.FromSeconds(1));
    }
}
