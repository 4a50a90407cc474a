using AgentLift.Runtime.Models;

namespace AgentLift.Runtime.Tests.Models;

/// <summary>Keeps what a scheduler did, as counts and lines.</summary>
internal sealed class RecordedEvents : ISchedulerEvents
{
    public List<string> Lines { get; } = [];

    /// <summary>Whether lines are kept; counts are in any case.</summary>
    public bool KeepLines { get; set; } = true;

    /// <summary>What a listener does whenever it is told something.</summary>
    public Action? OnEach { get; set; }

    public int Evictions { get; private set; }

    public int OutOfMemoryCount { get; private set; }

    public int OverBudgetCount { get; private set; }

    public double ReloadSeconds { get; private set; }

    public int LoadCount { get; private set; }

    public void Loaded(ModelLoad load, ResidentModel resident, TimeSpan duration, bool isNewVersion)
    {
        LoadCount++;
        ReloadSeconds += duration.TotalSeconds;
        Note($"{resident.Slot.Name} loaded on {resident.Device} {resident.Precision}");
    }

    public void LoadFailed(ModelLoad load, ModelLoadException error, TimeSpan duration, bool keepsVersion) => Note($"{load.Slot.Name} failed: {error.Message}");

    public void Refused(ModelSlot slot, ModelLoadException error, bool keepsVersion) => Note($"{slot.Name} refused: {error.Message}");

    public void FellBack(ModelSlot slot, LoadRung from, LoadRung to, long bytes, Exception? error) =>
        Note($"{slot.Name} of {bytes} has no room on {string.Join(", ", from.Ledgers.Select(ledger => ledger.Device))}{(error is null ? string.Empty : $" ({error.GetType().Name})")}: {to.Fallback}");

    public void OutOfMemory(ModelLoad load, Exception error, OutOfMemoryRecovery next)
    {
        OutOfMemoryCount++;
        Note($"{load.Slot.Name} out of memory on {load.Device}: {next}");
    }

    public void Left(ResidentModel resident, TimeSpan idle)
    {
        Evictions++;
        Note($"{resident.Slot.Name} left: {resident.Reason}");
    }

    public void ReleaseFailed(ModelSlot slot, ModelDevice device, long bytes, Exception error) => Note($"{bytes} bytes of {slot.Name} on {device} not released: {error.Message}");

    public void RunOutOfMemory(ModelSlot slot, ModelDevice device, Exception error, int leaving) => Note($"{slot.Name} cannot run on {device}: {leaving} leave");

    public void OverBudget(ResidentModel resident, long taken, long limit)
    {
        OverBudgetCount++;
        Note($"{resident.Device} over budget after {resident.Slot.Name}: {taken} of {limit}");
    }

    public void WaitEnded(ModelSlot slot, TimeSpan duration, Exception? error) => OnEach?.Invoke();

    public void RoomTimedOut(ModelSlot slot, int callers) => Note($"{slot.Name}: {callers} got no room");

    private void Note(string line)
    {
        if (KeepLines)
            Lines.Add(line);
        OnEach?.Invoke();
    }
}
